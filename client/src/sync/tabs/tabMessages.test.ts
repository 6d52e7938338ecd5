import { expect, it } from "vitest";

import { LAYOUT } from "../database";
import { TABS_VERSION } from "./tabMessages";

it("tabs with another layout of the database have a leader of their own: raise both together", () => {
  expect({ LAYOUT, TABS_VERSION }).toEqual({ LAYOUT: 4, TABS_VERSION: 2 });
});
