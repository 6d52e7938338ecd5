import type { Snapshot } from "../protocol/http";
import type { Id } from "../protocol/records";
import { noticesRead, outboxRead, storageBlocked, storageFailed, storageUnblocked, storedReplicaRead } from "./actions";
import type { Clock } from "./clock";
import { emptyDatabase, forgetMemories, keyOf, openDatabase, readMemories } from "./database";
import type { Database, Memories, Memory, MemoryName } from "./database";
import { Outbox } from "./outbox";
import { isWipeOwed, oweWipe, wiped, wipeOwed } from "./owedWipes";
import { undecidedOf } from "./replicaSlice";
import type { FieldWrite, LookBack, PendingCommand, Replica } from "./state";
import type { Store } from "./store";
import { forgetStoredReplica, readStoredReplicas, storeReplica } from "./storedReplica";

/** Changes of this long are stored together. A reload within it only means that a little more is caught up. */
const STORE_AFTER_MS = 300;

/**
 * So long somebody waits for the store to open. A tab that sleeps holds it up without end: one with an older layout, or
 * one that still has open what was to be deleted when its account signed out.
 */
const OPEN_MS = 2_000;

/** Who wrote last where this device did, and what of the log is still to be read. */
export interface LossMemories {
  readonly field_writes: readonly FieldWrite[];
  readonly look_backs: readonly LookBack[];
}

type Work = (database: Database) => Promise<unknown>;

const NO_MEMORIES: LossMemories = { field_writes: [], look_backs: [] };

/**
 * What this device keeps of one account: the boards' records and the outbox.
 *
 * Where nothing can be kept (storage is full, forbidden or held up), the application works from memory and says so.
 */
export class DeviceStorage {
  /** Whether it is read and written. */
  #isOpen = false;
  #isClosed = false;
  /** While the opening is held up: what is to be done to the database then, one thing under a key. Null: it is not. */
  #held: Map<string, Work> | null = null;
  /** Null: to be opened. */
  #connection: Promise<Database> | null = null;
  readonly #stored = new Map<Id, Replica>();
  /** One write after the other: a later state must not be overtaken by an earlier one. */
  #writing: Promise<void> = Promise.resolve();
  #cancelStore: (() => void) | null = null;
  /** Commands whose removal from the outbox is under way: a read that began before it still finds them. */
  readonly #dropping = new Set<Id>();
  /** Called for each board when what is known of it is safe on this device. */
  onStored: (replica: Replica) => void = () => undefined;
  /** Called when the store has opened late: what it remembers, and the boards in it that have moved on here meanwhile. */
  onCaughtUp: (memories: LossMemories, behind: readonly Snapshot[]) => void = () => undefined;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly accountId: Id,
  ) {}

  /** Reads all that is kept into the store; the answer is the outbox. */
  async open(): Promise<PendingCommand[]> {
    try {
      const database = await this.#connected();
      if (this.#isClosed) {
        return [];
      }
      this.#isOpen = true;
      // Asked for together: each answer comes from another process, and the first screen waits for all of them.
      const [boards, outbox, memories] = await Promise.all([
        readStoredReplicas(database),
        new Outbox(database).read(),
        readMemories(database),
      ]);
      this.#takeBoards(boards);
      this.store.dispatch(outboxRead(outbox));
      this.#takeMemories(memories);
      return outbox;
    } catch {
      this.#failed();
      return [];
    }
  }

  /** All pending commands of this account, those of other tabs too. */
  async readOutbox(): Promise<PendingCommand[]> {
    // What is answered already, must not come back.
    await this.#writing;
    if (!this.#isOpen) {
      return [];
    }
    try {
      const kept = await new Outbox(await this.#connected()).read();
      const outbox = kept.filter(({ command_id }) => !this.#dropping.has(command_id));
      this.store.dispatch(outboxRead(outbox));
      return outbox;
    } catch {
      this.#failed();
      return [];
    }
  }

  /** What was refused and what was lost, into the store; the answer is what finding such values goes by. */
  async readMemories(): Promise<LossMemories> {
    await this.#writing;
    if (!this.#isOpen) {
      return NO_MEMORIES;
    }
    try {
      return this.#takeMemories(await readMemories(await this.#connected()));
    } catch {
      this.#failed();
      return NO_MEMORIES;
    }
  }

  remember<Name extends MemoryName>(name: Name, memory: Memory<Name>): void {
    this.#writeOrHold(`${name} ${keyOf(name, memory)}`, async (database) => database.put(name, memory));
  }

  forget(name: MemoryName, key: string): void {
    this.#writeOrHold(`${name} ${key}`, async (database) => database.delete(name, key));
  }

  keepCommand(pending: PendingCommand): void {
    this.#write(async (database) => new Outbox(database).add(pending));
  }

  dropCommand(commandId: Id): void {
    if (!this.#isOpen && this.#held === null) {
      return;
    }
    this.#dropping.add(commandId);
    this.#writeOrHold(`command ${commandId}`, async (database) => {
      await new Outbox(database).remove(commandId);
      this.#dropping.delete(commandId);
    });
  }

  /** Nothing of a board may be read here any more by somebody who does not belong to it. */
  forgetBoard(boardId: Id): void {
    this.#stored.delete(boardId);
    this.#writeOrHold(`board ${boardId}`, async (database) => {
      await forgetStoredReplica(database, boardId);
      await forgetMemories(database, boardId);
    });
  }

  /** The replicas have moved on: store them soon. */
  replicasMoved(): void {
    this.#cancelStore ??= this.clock.after(STORE_AFTER_MS, () => this.storeNow());
  }

  storeNow(): void {
    this.#cancelStore?.();
    this.#cancelStore = null;
    for (const replica of Object.values(this.store.getState().sync.replicas)) {
      const stored = this.#stored.get(replica.board_id);
      if (replica.epoch !== null && (stored?.confirmed !== replica.confirmed || stored.seq !== replica.seq)) {
        this.#write(async (database) => {
          await storeReplica(database, this.#stored.get(replica.board_id) ?? null, replica);
          this.#stored.set(replica.board_id, replica);
          this.onStored(replica);
        });
      }
    }
  }

  /** The boards as they are safe on this device. */
  get stored(): readonly Replica[] {
    return [...this.#stored.values()];
  }

  /** When all writes so far are done. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#isClosed = true;
    this.#cancelStore?.();
    await this.#writing;
    const connection = this.#connection;
    this.#connection = null;
    await connection?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  /** Keeps nothing any more. The emptied database itself goes as soon as no other tab has it open. */
  async wipe(): Promise<void> {
    oweWipe(this.accountId);
    this.#held?.clear();
    // If it can't be emptied, deleting does it.
    this.#write((database) => emptyDatabase(database).catch(() => undefined));
    await this.close();
    wipeOwed(this.accountId);
  }

  /** A board that came from the server meanwhile stays as it is here, and is stored anew. */
  #takeBoards(snapshots: readonly Snapshot[]): void {
    for (const snapshot of snapshots) {
      const known = this.store.getState().sync.replicas[snapshot.board_id];
      if (known === undefined || known.epoch === null) {
        this.store.dispatch(storedReplicaRead(snapshot));
        this.#remember(snapshot.board_id);
      }
    }
  }

  #takeMemories({ field_writes, look_backs, ...shown }: Memories): LossMemories {
    this.store.dispatch(noticesRead(shown));
    return { field_writes, look_backs };
  }

  #remember(boardId: Id): void {
    const replica = this.store.getState().sync.replicas[boardId];
    if (replica !== undefined) {
      this.#stored.set(boardId, replica);
    }
  }

  /** What is held up is no failure yet, and what is closed concerns nobody any more. */
  #failed(): void {
    if (!this.#isClosed && this.store.getState().sync.storage !== "blocked") {
      this.store.dispatch(storageFailed());
    }
  }

  #write(run: Work): void {
    if (!this.#isOpen) {
      return;
    }
    this.#writing = this.#writing
      .then(async () => {
        await run(await this.#connected());
      })
      .catch(() => this.#failed());
  }

  #writeOrHold(key: string, run: Work): void {
    // What came later is done later.
    this.#held?.delete(key);
    this.#held?.set(key, run);
    this.#write(run);
  }

  /** A browser may end a connection at any time: the next use opens another. */
  #connected(): Promise<Database> {
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  async #connect(): Promise<Database> {
    const disconnected = () => {
      this.#connection = null;
    };
    const opening = this.#openWiped(disconnected);
    let cancel: () => void = () => undefined;
    const blocked = new Promise<never>((_, reject) => {
      cancel = this.clock.after(OPEN_MS, () => {
        this.#blocked(opening);
        reject(new Error("Another tab holds up the opening."));
      });
    });
    try {
      return await Promise.race([opening, blocked]);
    } catch (error) {
      disconnected();
      throw error;
    } finally {
      cancel();
    }
  }

  /** What should have been gone with an earlier sign-out is not read. */
  async #openWiped(onTerminated: () => void): Promise<Database> {
    const database = await openDatabase(this.accountId, onTerminated);
    if (isWipeOwed(this.accountId)) {
      await emptyDatabase(database);
      wiped(this.accountId);
    }
    return database;
  }

  #blocked(opening: Promise<Database>): void {
    if (!this.#isClosed) {
      this.store.dispatch(storageBlocked());
    }
    this.#isOpen = false;
    const held = new Map<string, Work>();
    this.#held = held;
    opening
      .then((database) => this.#unblocked(database, held))
      .catch(() => {
        this.#held = null;
        if (!this.#isClosed) {
          this.store.dispatch(storageFailed());
        }
      });
  }

  /** Takes over what was done from memory until now. */
  async #unblocked(database: Database, held: Map<string, Work>): Promise<void> {
    for (const [key, run] of held) {
      held.delete(key);
      await run(database);
    }
    const snapshots = await readStoredReplicas(database);
    if (this.#isClosed) {
      database.close();
      return;
    }
    this.#connection = Promise.resolve(database);
    this.#isOpen = true;
    this.#held = null;
    this.store.dispatch(storageUnblocked());
    held.forEach((run) => this.#write(run));
    undecidedOf(this.store.getState().sync.replicas).forEach((pending) => this.keepCommand(pending));
    const left = snapshots.filter(({ board_id }) => !this.#mayBeMine(board_id));
    left.forEach(({ board_id }) => this.forgetBoard(board_id));
    this.#takeBoards(snapshots.filter((snapshot) => !left.includes(snapshot)));
    await this.readOutbox();
    this.onCaughtUp(await this.readMemories(), snapshots.filter((snapshot) => this.#isBehind(snapshot)));
    this.storeNow();
  }

  #isBehind({ board_id, epoch, seq }: Snapshot): boolean {
    const now = this.store.getState().sync.replicas[board_id];
    return now?.epoch === epoch && now.seq > seq;
  }

  /** Nobody tells again that I no longer belong to a board of which nothing was known here when it was told. */
  #mayBeMine(boardId: Id): boolean {
    const home = this.store.getState().sync.replicas[this.accountId];
    return boardId === this.accountId || home === undefined || home.epoch === null || boardId in home.confirmed.membership;
  }
}
