import { expect } from "@playwright/test";

import { test } from "../devices";
import { sharedBoard } from "../furnish";
import { BoardScreen } from "../screens/BoardScreen";
import { signIn } from "../screens/accountScreens";

/** What moves in the check right after it has been pressed, and what began to move once that frame was there. */
interface Moves {
  readonly inAnswer: number;
  readonly after: string;
}

test("the frame that answers a tick shows the check as it is to stand, and it lands after that", async ({ nodes, openDevice }) => {
  const { id, ada } = await sharedBoard(nodes, { "To do": ["Run 5 km"] });
  const page = await openDevice("laptop", nodes[0]);
  await signIn(page, ada.person);
  await page.goto(`/boards/${id}`);
  const check = new BoardScreen(page).check("Run 5 km");
  const moves = await check.evaluate(
    (element) =>
      new Promise<Moves>((resolve) => {
        let inAnswer = -1;
        const onStart = ({ animationName }: AnimationEvent) => resolve({ inAnswer, after: animationName });
        (element as HTMLElement).addEventListener("animationstart", onStart, { once: true });
        (element as HTMLElement).click();
        // React draws at the end of the event, in a microtask of its own.
        queueMicrotask(() => {
          inAnswer = element.getAnimations({ subtree: true }).length;
        });
      }),
  );
  await expect(check).toBeChecked();
  expect(moves.inAnswer).toBe(0);
  expect(moves.after).toMatch(/land/);
});
