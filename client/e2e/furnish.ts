import { generateNKeysBetween } from "fractional-indexing";

import type { TaskCreate } from "../src/protocol/commands";
import type { Id } from "../src/protocol/records";
import { newId, newToken } from "../src/sync/ids";
import { Account, somebody } from "./account";
import type { Nodes } from "./installation";

/** A board that Ada owns and Bo edits, made over HTTP, for tests that begin where the story of joining ends. */
export interface SharedBoard {
  readonly title: string;
  readonly id: Id;
  readonly ada: Account;
  readonly bo: Account;
  readonly list_ids: Readonly<Record<string, Id>>;
}

/** The lists of a board from left to right, each with the titles of its tasks. */
export type Lists = Readonly<Record<string, readonly string[]>>;

/** What all tasks of a board have in common. */
export type TaskFields = Partial<Pick<TaskCreate, "scheduled_on" | "assignee_ids">>;

/** A board of one's own with lists and tasks. */
export async function makeBoard(
  owner: Account,
  title: string,
  lists: Lists,
  fields: TaskFields = {},
): Promise<Omit<SharedBoard, "ada" | "bo">> {
  const board_id = newId();
  await owner.command({ type: "board.create", board_id, title });
  const entries = Object.entries(lists);
  const positions = generateNKeysBetween(null, null, entries.length);
  const listIds: Record<string, Id> = {};
  for (const [index, [listTitle, tasks]] of entries.entries()) {
    const list_id = (listIds[listTitle] = newId());
    await owner.command({ type: "list.create", board_id, list_id, title: listTitle, position: positions[index] ?? "" });
    await addTasks(owner, { board_id, list_id, ...fields }, tasks);
  }
  return { title, id: board_id, list_ids: listIds };
}

type Place = Pick<TaskCreate, "board_id" | "list_id"> & TaskFields;

async function addTasks(owner: Account, place: Place, titles: readonly string[]): Promise<void> {
  const positions = generateNKeysBetween(null, null, titles.length);
  const commands = titles.map((title, index) => ({
    type: "task.create" as const,
    ...place,
    task_id: newId(),
    title,
    position: positions[index] ?? "",
  }));
  await owner.commands(commands);
}

export async function join(host: Account, guest: Account, board_id: Id): Promise<void> {
  const invitation = { board_id, invitation_id: newId(), token: newToken() };
  await host.command({ type: "invitation.create", role: "editor", ...invitation });
  await guest.command({ type: "invitation.accept", ...invitation });
}

export async function sharedBoard(nodes: Nodes, lists: Lists): Promise<SharedBoard> {
  const [ada, bo] = await Promise.all([Account.signUp(nodes[0], somebody("Ada")), Account.signUp(nodes[1], somebody("Bo"))]);
  const board = await makeBoard(ada, "Our spring", lists);
  await join(ada, bo, board.id);
  return { ...board, ada, bo };
}

export interface NewGoal {
  readonly title: string;
  readonly keyResult: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

/** A goal with one key result that is measured by hand. Returns the goal's id. */
export async function addGoal(owner: Account, board_id: Id, { title, keyResult, unit, from, to }: NewGoal): Promise<Id> {
  const goal_id = newId();
  const position = generateNKeysBetween(null, null, 1)[0] ?? "";
  await owner.command({ type: "goal.create", board_id, goal_id, title, position, owner_id: owner.id });
  const measure = { title: keyResult, unit, start_value: from, target_value: to };
  await owner.command({ type: "key_result.create", board_id, key_result_id: newId(), goal_id, position, ...measure });
  return goal_id;
}
