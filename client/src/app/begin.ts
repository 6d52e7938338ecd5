/**
 * What a page begins with. The device's own copy is asked for before the code that draws it is evaluated: the answers come
 * from another process, and meanwhile there is enough to do.
 */

import { startSync } from "../sync/start";
import { createStore } from "../sync/store";

export const store = createStore();
export const sync = startSync(store);
/** Fulfilled when it is known who is signed in, and all that this device keeps for them is in the store. */
export const resumed = sync.resume();
