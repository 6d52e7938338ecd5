import type { ChangesPage, Snapshot } from "../../protocol/http";
import type { Change } from "../../protocol/messages";
import type { Id } from "../../protocol/records";
import { ApiError } from "../apiError";
import { recordsOf } from "../records";
import type { FieldWrite, LookBack, LostValue, PendingCommand, Replica } from "../state";
import type { Confirmed } from "../storedReplica";
import { valueAt } from "./fieldEdits";
import { findLosses } from "./findLosses";
import type { LossesContext } from "./findLosses";
import { recordsInName } from "./recordNames";

/** So many of the newest writes are remembered: beyond them, who was overwritten first is told by the author alone. */
const MOST_WRITES = 300;
/** In a longer gap the server tells each record once, in its newest state: who wrote what is lost in that. */
const FOLDED_FROM = 64;
/** The longest page of the log. */
const PAGE = 500;

export interface LostValuesParts {
  readonly accountId: Id;
  /** The changes of one record after a seq; throws ApiError. */
  readonly readChanges: (boardId: Id, options: { after: number; limit: number; recordId: Id }) => Promise<ChangesPage>;
  readonly onLost: (losses: readonly LostValue[]) => void;
  readonly keepWrite: (write: FieldWrite) => void;
  readonly dropWrite: (key: string) => void;
  /** The log may be out of reach until after a reload. */
  readonly keepLookBack: (lookBack: LookBack) => void;
  readonly dropLookBack: (id: string) => void;
}

/** Watches for values that are replaced unseen: mine by others, and theirs by mine. */
export class LostValues {
  readonly #writes = new Map<string, FieldWrite>();
  readonly #left = new Map<Id, Replica>();
  readonly #lookBacks = new Map<string, LookBack>();

  constructor(private readonly parts: LostValuesParts) {}

  /** What this device remembers from before. */
  remember(known: { readonly field_writes: readonly FieldWrite[]; readonly look_backs: readonly LookBack[] }): void {
    for (const write of [...known.field_writes].sort((a, b) => (a.at < b.at ? -1 : 1))) {
      this.#writes.set(write.key, write);
    }
    for (const lookBack of known.look_backs) {
      this.#lookBacks.set(lookBack.id, lookBack);
    }
  }

  /** Before a replica takes changes. */
  changesCome(before: Replica, changes: readonly Change[]): void {
    if (before.epoch === null) {
      return;
    }
    const next = nextOf(changes, before.seq);
    if (next.length > FOLDED_FROM) {
      this.#jumpOver(before, before.pending, before.seq + next.length);
    } else {
      this.#follow(before, next);
    }
  }

  /** Before a replica gives up its position in a log that is still the same. */
  resyncComes(before: Replica): void {
    if (before.epoch !== null) {
      this.#left.set(before.board_id, before);
    }
  }

  /** Before a replica takes a snapshot. */
  snapshotComes(now: Replica | undefined, snapshot: Snapshot): void {
    const before = this.#left.get(snapshot.board_id);
    this.#left.delete(snapshot.board_id);
    if (now === undefined || before?.epoch !== snapshot.epoch || snapshot.seq <= before.seq) {
      return;
    }
    this.#jumpOver(before, now.pending, snapshot.seq);
  }

  /** What this device had stored of a board is older than what was read of it from the server. */
  movedOn(stored: Snapshot, now: Replica | undefined): void {
    if (now?.epoch === stored.epoch) {
      this.#jumpOver({ ...stored, confirmed: recordsOf(stored.records) }, now.pending, now.seq);
    }
  }

  /** Reads from the log what could not be read yet. Call it again when there is a connection. */
  async lookBack(): Promise<void> {
    const lookBacks = [...this.#lookBacks.values()];
    this.#lookBacks.clear();
    for (const lookBack of lookBacks) {
      try {
        for (const recordId of lookBack.record_ids) {
          await this.#lookBackAt(lookBack, recordId);
        }
      } catch (error) {
        if (!(error instanceof ApiError)) {
          throw error;
        }
        if (error.isTransient) {
          this.#lookBacks.set(lookBack.id, lookBack);
          continue;
        }
      }
      this.parts.dropLookBack(lookBack.id);
    }
  }

  /** Between the two seqs not every step is told here: the log has them. */
  #jumpOver(before: Confirmed, pending: readonly PendingCommand[], to_seq: number): void {
    const { board_id, epoch, seq: after_seq, confirmed } = before;
    const mine = [...this.#writes.values()].filter((write) => write.by === this.parts.accountId && isInPlace(write, before));
    const record_ids = [...new Set([...pending.flatMap(({ seen }) => seen), ...mine].map(({ record_id }) => record_id))];
    if (epoch === null || record_ids.length === 0) {
      return;
    }
    const records = record_ids.flatMap((id) => recordsInName(confirmed, id));
    const lookBack = { id: `${board_id}.${epoch}.${after_seq}`, board_id, epoch, after_seq, to_seq, record_ids, records, pending };
    this.#lookBacks.set(lookBack.id, lookBack);
    this.parts.keepLookBack(lookBack);
    void this.lookBack();
  }

  async #lookBackAt({ board_id, epoch, after_seq, to_seq, records, pending }: LookBack, recordId: Id): Promise<void> {
    const missed: Change[] = [];
    for (let after = after_seq; ; ) {
      const page = await this.parts.readChanges(board_id, { after, limit: PAGE, recordId });
      if (page.epoch !== epoch) {
        return;
      }
      missed.push(...page.changes.filter(({ seq }) => seq <= to_seq));
      after = page.changes.at(-1)?.seq ?? to_seq;
      if (page.changes.length < PAGE || after >= to_seq) {
        break;
      }
    }
    this.#follow({ board_id, confirmed: recordsOf(records), pending }, missed);
  }

  #follow(before: Pick<LossesContext, "board_id" | "confirmed" | "pending">, changes: readonly Change[]): void {
    const { losses, writes } = findLosses(
      {
        board_id: before.board_id,
        confirmed: before.confirmed,
        pending: before.pending,
        account_id: this.parts.accountId,
        writeOf: (key) => this.#writes.get(key),
      },
      changes,
    );
    for (const write of writes) {
      this.#keep(write);
    }
    if (losses.length > 0) {
      this.parts.onLost(losses);
    }
  }

  #keep(write: FieldWrite): void {
    this.#writes.delete(write.key);
    this.#writes.set(write.key, write);
    this.parts.keepWrite(write);
    for (const key of this.#writes.keys()) {
      if (this.#writes.size <= MOST_WRITES) {
        return;
      }
      this.#writes.delete(key);
      this.parts.dropWrite(key);
    }
  }
}

/** Those of the changes that come next after a seq, up to a hole. */
function nextOf(changes: readonly Change[], seq: number): Change[] {
  const next: Change[] = [];
  for (const change of changes) {
    if (change.seq === seq + next.length + 1) {
      next.push(change);
    }
  }
  return next;
}

function isInPlace(write: FieldWrite, { board_id, confirmed }: Confirmed): boolean {
  return write.board_id === board_id && valueAt(confirmed, write) === write.value;
}
