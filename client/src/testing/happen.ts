import { act } from "@testing-library/react";

import type { Store } from "../sync/store";

/** Something happens, and all screens have heard of it: of some things they hear in a task of its own. */
export async function happen(store: Store, action: Parameters<Store["dispatch"]>[0]): Promise<void> {
  await act(async () => {
    store.dispatch(action);
    await new Promise((resolve) => setTimeout(resolve));
  });
}
