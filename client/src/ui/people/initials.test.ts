import { expect, test } from "vitest";

import { initials } from "./initials";

test.each([
  ["Ada Lind", "AL"],
  ["ada", "A"],
  ["Ada Maria Lind", "AL"],
  ["  Bo  ", "B"],
  ["👩‍👩‍👧 Family", "👩‍👩‍👧F"],
  ["é́ole", "É́"],
  ["", "?"],
])("%j is %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});
