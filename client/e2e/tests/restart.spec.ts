import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { Installation } from "../installation";
import { BoardScreen } from "../screens/BoardScreen";
import { Shell } from "../screens/Shell";
import { signIn } from "../screens/accountScreens";

const STOPS = { "in good order": "stop", "without warning": "kill" } as const;

for (const [how, stop] of Object.entries(STOPS)) {
  test(`when everything stops ${how} and starts again, nothing is lost and all devices come back by themselves`, async ({ openDevice }) => {
    test.slow();
    const installation = await Installation.start();
    try {
      const { nodes } = installation;
      const { title, ada, bo } = await sharedBoard(nodes, { "To do": ["Run 5 km", "Buy shoes"], Done: [] });
      const laptop = await openDevice("laptop", nodes[0]);
      const phone = await openDevice("phone", nodes[1]);
      const browser = await openDevice("laptop", nodes[1]);
      const everyone = [laptop, phone, browser];
      await Promise.all([signIn(laptop, ada.person), signIn(phone, ada.person), signIn(browser, bo.person)]);
      await Promise.all(everyone.map((page) => new Shell(page).openBoard(title)));
      const boards = everyone.map((page) => new BoardScreen(page));
      const [onLaptop, onPhone, onBrowser] = boards as [BoardScreen, BoardScreen, BoardScreen];
      await onBrowser.addTasks("To do", "Before the restart");
      await Promise.all(boards.map((board) => expect(board.task("Before the restart")).toBeVisible()));

      await installation[stop]();
      await Promise.all(everyone.map((page) => expect(new Shell(page).status("Reconnecting")).toBeVisible()));
      await onPhone.check("Run 5 km").click();
      await expect(new Shell(phone).status("Reconnecting, 1 change waiting")).toBeVisible();
      await installation.startAgain();

      await Promise.all(everyone.map((page) => expect(new Shell(page).status("Reconnecting")).toBeHidden({ timeout: 60_000 })));
      await Promise.all(boards.map((board) => expect(board.check("Run 5 km")).toBeChecked()));
      await onLaptop.addTasks("To do", "After the restart");
      await Promise.all(boards.map((board) => expect(board.task("After the restart")).toBeVisible()));
      await Promise.all(boards.map((board) => expect(board.task("Before the restart")).toBeVisible()));
    } finally {
      await installation.remove();
    }
  });
}
