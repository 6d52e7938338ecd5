/** What the tabs of one browser say to each other about one account. */

import type { UnknownAction } from "@reduxjs/toolkit";

import type { Id } from "../../protocol/records";
import type { Position } from "../boardWatch";
import type { Place } from "../presence";
import type { PendingCommand } from "../state";

/**
 * Tabs of different versions don't understand each other: each version has a leader of its own. So has each version of
 * the protocol, or a leader that the server finds too old would hold up the tabs that have been reloaded.
 *
 * Raise it when a message changes, and with each LAYOUT of the database: a leader of an older one has lost its store to
 * the newer tabs, and nothing would be kept any more.
 */
export const TABS_VERSION = 2;

export type TabMessage =
  /** Who leads? */
  | { readonly kind: "asked" }
  /** I do; also said by a new leader. A higher term is a later leader. */
  | { readonly kind: "leads"; readonly term: number }
  /** The leader saw this happen; `to`: told to one tab only, which has missed it. */
  | { readonly kind: "happened"; readonly term: number; readonly to: Id | null; readonly action: UnknownAction }
  /** The person did this in one of the tabs. */
  | { readonly kind: "did"; readonly action: UnknownAction }
  | TabHere
  | { readonly kind: "left"; readonly from: Id }
  /** Somebody looks at a tab, or asked to connect: the leader should not wait out a back-off. */
  | { readonly kind: "woke" };

/** A tab says all that the leader needs to know of it, and asks for all that it has missed. */
export interface TabHere {
  readonly kind: "here";
  readonly from: Id;
  /** Null: a board of which it has nothing confirmed. */
  readonly positions: Readonly<Record<Id, Position | null>>;
  readonly pending: readonly PendingCommand[];
  readonly places: readonly Place[];
}

/** Carries messages to all other tabs, in the order in which one tab says them. */
export interface TabChannel {
  post(message: TabMessage): void;
  /** Once. */
  listen(hear: (message: TabMessage) => void): void;
  close(): void;
}

/** The lock that one tab holds. */
export interface TabLock {
  /** Holds it until the callback's promise settles; rejects when it is stolen, or the wait for it given up. */
  request(options: { steal?: boolean; signal?: AbortSignal }, hold: () => Promise<void>): Promise<unknown>;
}

/** What tabs share. */
export interface TabGround {
  readonly channel: TabChannel;
  readonly lock: TabLock;
}
