import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { FakeClock } from "../testing/fakeClock";
import { everyFrame, settle } from "../testing/tab";
import { startSync } from "./start";
import { createStore } from "./store";
import type { Store } from "./store";
import type { Sync } from "./sync";

const ACCOUNT = { id: "ada", email: "ada@example.org", name: "Ada", created_at: "2026-11-22T10:00:00.000Z" };
const PASSWORD = { email: ACCOUNT.email, password: "password" };
const DATABASE = "lockstep-ada";
const OWED_WIPE = "lockstep.wipe.ada";
let store: Store;
let sync: Sync;
let clock: FakeClock;

function start(): Sync {
  return startSync(store, {
    openTransport: () => ({ send: () => undefined, close: () => undefined }),
    clock,
    random: () => 0.5,
    isOnline: () => false,
    nextFrame: everyFrame,
    openTabs: () => null,
    listen: () => () => undefined,
  });
}

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  vi.stubGlobal("fetch", () =>
    Promise.resolve(new Response(JSON.stringify({ account: ACCOUNT, access_token: "token", expires_in: 600 }))),
  );
  store = createStore();
  clock = new FakeClock();
  sync = start();
  await sync.signIn(PASSWORD);
});

afterEach(async () => {
  sync.stop();
  // A wipe ends after the tab that held it up: what is still owed then would go on in the next test, or after the last.
  await vi.waitFor(() => expect(Object.keys(localStorage)).not.toContain(OWED_WIPE));
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

describe("a tab that sleeps over the sign-out of its account and holds up the deletion", () => {
  let sleeping: IDBDatabase;

  beforeEach(async () => {
    sleeping = await sleepingTab();
    await sync.signOut();
    const signingIn = sync.signIn(PASSWORD);
    await settle();
    clock.advance(2_000);
    await signingIn;
  });

  it("does not hold up signing in again: the application works from memory, and says which tab is in the way", () => {
    expect(store.getState().sync).toMatchObject({ account: { status: "signed_in" }, storage: "blocked" });
    sleeping.close();
  });

  it("costs nothing once it is closed: what was asked meanwhile is kept then", async () => {
    void sync.sendCommand({ type: "list.create", board_id: "ada", list_id: "l1", title: "Later", position: "a0" });
    await sync.kept();
    sleeping.close();
    await vi.waitFor(() => expect(store.getState().sync.storage).toBe("kept"));
    await sync.kept();
    const database = await sleepingTab();
    expect(await countOutbox(database)).toBe(1);
    database.close();
  });

  it("does not hold up the next sign-out either", async () => {
    await sync.signOut();
    expect(store.getState().sync.account.status).toBe("signed_out");
    sleeping.close();
    await vi.waitFor(async () => expect(await indexedDB.databases()).toEqual([]));
  });
});

it("what a page that was closed too early has left of a sign-out is wiped at the next start", async () => {
  sync.stop();
  await settle();
  localStorage.setItem(OWED_WIPE, "yes");
  sync = start();
  await vi.waitFor(() => expect(localStorage.getItem(OWED_WIPE)).toBeNull());
  expect(await indexedDB.databases()).toEqual([]);
});

it("a session that ends while its store is opening does not start any more", async () => {
  const sleeping = await sleepingTab();
  await sync.signOut();
  const signingIn = sync.signIn(PASSWORD);
  await settle();
  const signingOut = sync.signOut();
  clock.advance(2_000);
  await Promise.all([signingIn, signingOut]);
  expect(store.getState().sync).toMatchObject({ account: { status: "signed_out" }, storage: "kept" });
  sleeping.close();
});
