import type { Command } from "../protocol/commands";
import type { ChangesPage, Snapshot } from "../protocol/http";
import type { Change, ClientMessage, RecordPut, RecordRemoval, RefusalCode, ServerMessage } from "../protocol/messages";
import type { AnyRecord, Id } from "../protocol/records";
import { ApiError } from "../sync/apiError";
import { Draft } from "../sync/optimistic/draft";
import { guess } from "../sync/optimistic/guess";
import { edited, recordsOf } from "../sync/records";
import type { Records } from "../sync/records";
import type { OpenTransport, TransportEvents } from "../sync/transport";

interface FakeBoard {
  epoch: Id;
  records: Records;
  log: Change[];
  /** The log holds seqs above this. */
  floor: number;
  /** What the log held below. */
  trimmed: Change[];
}

/** One socket: what was sent and has not arrived yet, in both directions. */
export interface FakeSocket {
  readonly account_id: Id;
  readonly events: TransportEvents;
  readonly up: string[];
  readonly down: string[];
  readonly watched: Set<Id>;
  isOpen: boolean;
  isClosed: boolean;
}

type Answer = { status: "done"; seq: number } | { status: "refused"; code: RefusalCode };

/**
 * Enough of a server for tests: a log per board that its records are folded from, commands done once, watches from a
 * position. Nothing arrives by itself; tests move the messages, or lose them.
 */
export class FakeServer {
  readonly boards = new Map<Id, FakeBoard>();
  readonly sockets = new Set<FakeSocket>();
  readonly done = new Map<Id, Answer>();
  /** What the next commands are answered with, where a test wants a refusal. */
  refuse: (command: Command) => RefusalCode | null = () => null;
  /** Hears where clients say that they are. */
  onPresence: (message: Extract<ClientMessage, { type: "presence" }>) => void = () => undefined;
  /** Whether the log can be read, and how often somebody has tried. */
  isLogDown = false;
  logReads = 0;
  #seconds = 0;

  addBoard(boardId: Id, records: AnyRecord[]): void {
    this.boards.set(boardId, { epoch: `${boardId}-epoch-1`, records: recordsOf(records), log: [], floor: 0, trimmed: [] });
  }

  openTransport(accountId: Id): OpenTransport {
    return (events) => {
      const socket: FakeSocket = {
        account_id: accountId,
        events,
        up: [],
        down: [],
        watched: new Set(),
        isOpen: false,
        isClosed: false,
      };
      this.sockets.add(socket);
      return {
        send: (text) => socket.up.push(text),
        close: () => {
          socket.isClosed = true;
          this.sockets.delete(socket);
        },
      };
    };
  }

  readSnapshot(accountId: Id, boardId: Id): Snapshot {
    const board = this.#boardOf(accountId, boardId);
    if (board === null) {
      throw new ApiError(404, "not_found", "No such board.");
    }
    const records = Object.values(board.records).flatMap((ofType) => Object.values(ofType) as AnyRecord[]);
    return { board_id: boardId, epoch: board.epoch, seq: headOf(board), records };
  }

  /** The whole log of one record, also from before the floor, as the server keeps it. */
  readChanges(accountId: Id, boardId: Id, { after, recordId }: { after: number; recordId?: Id }): ChangesPage {
    this.logReads += 1;
    if (this.isLogDown) {
      throw new ApiError(503, "unavailable", "Not now.");
    }
    const board = this.#boardOf(accountId, boardId);
    if (board === null) {
      throw new ApiError(404, "not_found", "No such board.");
    }
    const changes = [...board.trimmed, ...board.log].filter(
      ({ seq, put }) => seq > after && (recordId === undefined || put.some(({ id }) => id === recordId)),
    );
    return { board_id: boardId, epoch: board.epoch, seq: headOf(board), changes };
  }

  /** Watches below the head are of no use any more. */
  trim(boardId: Id): void {
    const board = this.boards.get(boardId);
    if (board !== undefined) {
      board.floor = headOf(board);
      board.trimmed.push(...board.log.splice(0));
    }
  }

  /** The network takes a socket away; what was on its way is lost. */
  cut(socket: FakeSocket, code = 1006): void {
    this.sockets.delete(socket);
    if (!socket.isClosed) {
      socket.isClosed = true;
      socket.events.onClose(code);
    }
  }

  /** Moves one thing on: opens the socket, or takes its oldest message in or out. Whether there was one. */
  step(socket: FakeSocket, direction: "up" | "down"): boolean {
    if (socket.isClosed) {
      return false;
    }
    if (!socket.isOpen) {
      socket.isOpen = true;
      socket.events.onOpen();
      return true;
    }
    const text = socket[direction].shift();
    if (text === undefined) {
      return false;
    }
    if (direction === "down") {
      socket.events.onText(text);
    } else {
      this.#take(socket, JSON.parse(text) as ClientMessage);
    }
    return true;
  }

  /** Moves everything until nothing is on its way. */
  deliverAll(): void {
    let moved = true;
    while (moved) {
      moved = false;
      for (const socket of [...this.sockets]) {
        moved = this.step(socket, "up") || moved;
        moved = this.step(socket, "down") || moved;
      }
    }
  }

  say(socket: FakeSocket, message: ServerMessage): void {
    socket.down.push(JSON.stringify(message));
  }

  /** Does a command in somebody's name; what a handler would refuse changes nothing here. */
  command(accountId: Id, commandId: Id, command: Command): Answer {
    const known = this.done.get(commandId);
    if (known !== undefined) {
      return known;
    }
    const board = this.#boardOf(accountId, command.board_id);
    if (board === null || isOfUnknownTask(board, command)) {
      return { status: "refused", code: "not_found" };
    }
    const code = this.refuse(command);
    if (code !== null) {
      return { status: "refused", code };
    }
    const draft = new Draft(board.records);
    this.#seconds += 1;
    const at = new Date(Date.UTC(2026, 10, 22, 12, 0, this.#seconds)).toISOString();
    guess(draft, command, { at, by: accountId, name: accountId, color: 0 });
    const change = { seq: headOf(board) + 1, at, by: accountId, command_id: commandId, ...deltaOf(board.records, draft) };
    board.records = edited(board.records, draft.edits());
    board.log.push(change);
    const answer: Answer = { status: "done", seq: change.seq };
    this.done.set(commandId, answer);
    for (const socket of this.sockets) {
      if (socket.watched.has(command.board_id)) {
        this.say(socket, { type: "changes", board_id: command.board_id, changes: [change] });
      }
    }
    return answer;
  }

  #boardOf(accountId: Id, boardId: Id): FakeBoard | null {
    const board = this.boards.get(boardId);
    return board?.records.member[accountId] === undefined ? null : board;
  }

  #take(socket: FakeSocket, message: ClientMessage): void {
    switch (message.type) {
      case "hello":
        this.say(socket, {
          type: "welcome",
          connection_id: "connection",
          account_id: socket.account_id,
          heartbeat_seconds: 15,
          expires_at: "2030-01-01T00:00:00.000Z",
        });
        break;
      case "watch":
        this.#watch(socket, message.board_id, message.epoch, message.seq);
        break;
      case "unwatch":
        socket.watched.delete(message.board_id);
        break;
      case "command":
        this.#answer(socket, message.command_id, message.command);
        break;
      case "presence":
        this.onPresence(message);
        break;
      case "authenticate":
      case "confirmed":
        break;
    }
  }

  #answer(socket: FakeSocket, commandId: Id, command: Command): void {
    const isRepeated = this.done.has(commandId);
    const answer = this.command(socket.account_id, commandId, command);
    if (answer.status === "refused") {
      this.say(socket, { type: "refused", command_id: commandId, code: answer.code, message: "No." });
    } else if (isRepeated || !socket.watched.has(command.board_id)) {
      this.say(socket, { type: "done", command_id: commandId, board_id: command.board_id, seq: answer.seq });
    }
  }

  #watch(socket: FakeSocket, boardId: Id, epoch: Id | null, seq: number | null): void {
    const board = this.#boardOf(socket.account_id, boardId);
    if (board === null) {
      this.say(socket, { type: "resync", board_id: boardId, reason: "not_found" });
      return;
    }
    const from = seq ?? headOf(board);
    if (epoch !== null && epoch !== board.epoch) {
      this.say(socket, { type: "resync", board_id: boardId, reason: "epoch" });
    } else if (from > headOf(board)) {
      this.say(socket, { type: "resync", board_id: boardId, reason: "ahead" });
    } else if (from < board.floor) {
      this.say(socket, { type: "resync", board_id: boardId, reason: "trimmed" });
    } else {
      socket.watched.add(boardId);
      this.say(socket, { type: "watching", board_id: boardId, epoch: board.epoch, seq: from });
      const changes = board.log.filter((change) => change.seq > from);
      if (changes.length > 0) {
        this.say(socket, { type: "changes", board_id: boardId, changes });
      }
    }
  }
}

function isOfUnknownTask(board: FakeBoard, command: Command): boolean {
  const isOfTask = "task_id" in command && command.type !== "task.create" && typeof command.task_id === "string";
  return isOfTask && board.records.task[command.task_id ?? ""] === undefined;
}

function headOf(board: FakeBoard): number {
  return board.log.at(-1)?.seq ?? board.floor;
}

/** As the server's log says it: all fields of a new record, else those that changed. */
function deltaOf(before: Records, draft: Draft): { put: RecordPut[]; remove: RecordRemoval[] } {
  const put: RecordPut[] = [];
  const remove: RecordRemoval[] = [];
  for (const [type, ofType] of draft.edits()) {
    for (const [id, record] of ofType) {
      const known: AnyRecord | undefined = before[type][id];
      if (record === null) {
        remove.push({ type, id });
      } else if (known === undefined) {
        put.push(record);
      } else {
        const fields = Object.entries(record).filter(
          ([field, value]) => JSON.stringify(value) !== JSON.stringify(known[field as keyof AnyRecord]),
        );
        if (fields.length > 0) {
          put.push({ type, id, ...Object.fromEntries(fields) });
        }
      }
    }
  }
  return { put, remove };
}
