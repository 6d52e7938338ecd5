import "fake-indexeddb/auto";
import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";

import { preloadOverlays } from "../ui/layout/later";

// As a moment after the start of the application: what lies over a page opens at once.
beforeAll(preloadOverlays);

afterEach(() => {
  cleanup();
});
