import type { Id } from "../protocol/records";
import type { Database } from "./database";
import type { PendingCommand } from "./state";

/** The pending commands, kept across reloads and offline time in the order in which they were asked. */
export class Outbox {
  constructor(private readonly database: Database) {}

  async read(): Promise<PendingCommand[]> {
    const stored = await this.database.getAll("outbox");
    return stored.map((command) => ({ seen: [], ...command, done_at_seq: null }));
  }

  /** Takes each command once. */
  async add({ done_at_seq: _done, ...stored }: PendingCommand): Promise<void> {
    const transaction = this.database.transaction("outbox", "readwrite");
    if ((await transaction.store.index("command_id").getKey(stored.command_id)) === undefined) {
      await transaction.store.add(stored);
    }
    await transaction.done;
  }

  async remove(commandId: Id): Promise<void> {
    const transaction = this.database.transaction("outbox", "readwrite");
    const key = await transaction.store.index("command_id").getKey(commandId);
    if (key !== undefined) {
      await transaction.store.delete(key);
    }
    await transaction.done;
  }
}
