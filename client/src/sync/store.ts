import { combineReducers, configureStore } from "@reduxjs/toolkit";
import type { EnhancedStore } from "@reduxjs/toolkit";

import { replicasReducer } from "./replicaSlice";
import type { RootState } from "./state";
import {
  accountReducer,
  arrivalsReducer,
  connectionReducer,
  faultsReducer,
  lostValuesReducer,
  noticesReducer,
  peopleReducer,
  storageReducer,
  visitsReducer,
} from "./surroundings";

export type Store = EnhancedStore<RootState>;

const reducer = combineReducers({
  sync: combineReducers({
    account: accountReducer,
    connection: connectionReducer,
    replicas: replicasReducer,
    storage: storageReducer,
    notices: noticesReducer,
    lost_values: lostValuesReducer,
    faults: faultsReducer,
    visits: visitsReducer,
    people: peopleReducer,
    arrivals: arrivalsReducer,
  }),
});

/** The one store of the application. */
export function createStore(): Store {
  return configureStore({
    reducer,
    // Both checks walk the whole state after each action: on a board of 2,000 tasks that takes longer than a frame.
    middleware: (defaults) => defaults({ immutableCheck: false, serializableCheck: false }),
    // What screens hear later they hear in a task of its own, and not in that of the frame, which has its own work to do.
    enhancers: (defaults) => defaults({ autoBatch: { type: "timer", timeout: 0 } }),
  });
}
