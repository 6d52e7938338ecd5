import { expect, test } from "@playwright/test";

import { FIRST_LOAD_BYTES, FIRST_SCREENS, firstLoadBytes, firstLoadScripts, textOfScript } from "../firstLoad";
import { CLIENT } from "../installation";

/** Material UI's parts name themselves in what they put on the page; what file they come in may change. */
const withControls = (screen: (typeof FIRST_SCREENS)[number]): string[] =>
  [...firstLoadScripts(CLIENT, screen)].filter((name) => /\bMui[A-Z]/.test(textOfScript(CLIENT, name)));

for (const screen of FIRST_SCREENS) {
  test(`a first load of ${screen} is no heavier than it may be`, () => {
    expect(firstLoadBytes(CLIENT, screen)).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  });
}

for (const screen of ["TodayScreen", "BoardsScreen", "BoardScreen"] as const) {
  test(`${screen} waits for no library of controls`, () => {
    expect(withControls(screen)).toEqual([]);
  });
}

test("a screen of fields has it, and is seen to", () => {
  expect(withControls("SignInScreen")).not.toEqual([]);
});
