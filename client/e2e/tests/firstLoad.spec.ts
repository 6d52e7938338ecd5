import { expect, test } from "@playwright/test";

import { FIRST_LOAD_BYTES, FIRST_SCREENS, firstLoadBytes } from "../firstLoad";
import { CLIENT } from "../installation";

for (const screen of FIRST_SCREENS) {
  test(`a first load of ${screen} is no heavier than it may be`, () => {
    expect(firstLoadBytes(CLIENT, screen)).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  });
}
