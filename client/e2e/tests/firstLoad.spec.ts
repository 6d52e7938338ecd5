import { expect, test } from "@playwright/test";

import { FIRST_LOAD_BYTES, FIRST_SCREENS, firstLoadBytes, firstLoadScripts } from "../firstLoad";
import { CLIENT } from "../installation";

for (const screen of FIRST_SCREENS) {
  test(`a first load of ${screen} is no heavier than it may be`, () => {
    expect(firstLoadBytes(CLIENT, screen)).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  });
}

for (const screen of ["TodayScreen", "BoardsScreen", "BoardScreen"] as const) {
  test(`${screen} waits for no library of controls`, () => {
    const libraries = [...firstLoadScripts(CLIENT, screen)].filter((name) => name.startsWith("mui-"));
    expect(libraries).toEqual([]);
  });
}
