import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { FakeClock } from "../testing/fakeClock";
import { settle } from "../testing/tab";
import { startSync } from "./start";
import { createStore } from "./store";
import type { Store } from "./store";
import type { Sync } from "./sync";

const ACCOUNT = { id: "ada", email: "ada@example.org", name: "Ada", created_at: "2026-11-22T10:00:00.000Z" };
const DATABASE = "lockstep-ada";
let store: Store;
let sync: Sync;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  vi.stubGlobal("fetch", () =>
    Promise.resolve(new Response(JSON.stringify({ account: ACCOUNT, access_token: "token", expires_in: 600 }))),
  );
  store = createStore();
  sync = startSync(store, {
    openTransport: () => ({ send: () => undefined, close: () => undefined }),
    clock: new FakeClock(),
    random: () => 0.5,
    isOnline: () => false,
    openTabs: () => null,
    listen: () => () => undefined,
  });
  await sync.signIn({ email: ACCOUNT.email, password: "password" });
});

afterEach(() => {
  sync.stop();
  vi.unstubAllGlobals();
});

/** A tab that sleeps: it has the database open, and hears nobody. */
function sleepingTab(): Promise<IDBDatabase> {
  return new Promise((resolve) => {
    const request = indexedDB.open(DATABASE);
    request.addEventListener("success", () => resolve(request.result));
  });
}

function countOutbox(database: IDBDatabase): Promise<number> {
  return new Promise((resolve) => {
    const request = database.transaction("outbox").objectStore("outbox").count();
    request.addEventListener("success", () => resolve(request.result));
  });
}

it("signing out waits for no other tab: the screen is left at once, and nothing is left in the database", async () => {
  void sync.sendCommand({ type: "list.create", board_id: "ada", list_id: "l1", title: "Secret", position: "a0" });
  await sync.kept();
  const sleeping = await sleepingTab();
  expect(await countOutbox(sleeping)).toBe(1);

  const signingOut = sync.signOut();
  expect(store.getState().sync).toMatchObject({ account: { status: "signed_out" }, replicas: {} });
  await signingOut;
  expect(await countOutbox(sleeping)).toBe(0);
  sleeping.close();
  await settle();
  expect(await indexedDB.databases()).toEqual([]);
});
