import { describe, expect, it } from "vitest";

import type { Command } from "../../protocol/commands";
import type { RecordPut, RecordRemoval } from "../../protocol/messages";
import type { AnyRecord, Id, Moment } from "../../protocol/records";
import { readVectors, vectorFiles } from "../../testing/vectors";
import { edited, recordsOf } from "../records";
import type { Records } from "../records";
import { Draft } from "./draft";
import { guess } from "./guess";

interface Case {
  name: string;
  given?: RecordPut[];
  by: Id;
  command: Command;
  put?: RecordPut[];
  remove?: RecordRemoval[];
  refused?: string;
}

const world = readVectors<{ at: Moment; board_id: Id; records: AnyRecord[] }>("world.json");

function changed(records: Records, puts: RecordPut[], removals: RecordRemoval[] = []): Records {
  const draft = new Draft(records);
  for (const put of puts) {
    draft.put({ ...draft.get(put.type, put.id), ...put } as AnyRecord);
  }
  for (const { type, id } of removals) {
    draft.remove(type, id);
  }
  return edited(records, draft.edits());
}

/** See tests/vectors/README.md: the server's handlers run the same cases. */
describe.each(vectorFiles("commands"))("guesses of %s", (file) => {
  it.each(readVectors<{ cases: Case[] }>(file).cases)("$name", ({ given = [], by, command, put, remove }) => {
    const before = changed(recordsOf(world.records), given);
    const draft = new Draft(before);
    guess(draft, command, { at: world.at, by, name: "Somebody", color: 0 });
    expect(edited(before, draft.edits())).toEqual(changed(before, put ?? [], remove));
  });
});

describe("commands that only name a board of their own", () => {
  const context = { at: world.at, by: "somebody", name: "Ada", color: 3 };

  it("a new board has its author as its owner", () => {
    const draft = new Draft(recordsOf([]));
    guess(draft, { type: "board.create", board_id: "new", title: "Spring" }, context);
    expect(draft.get("board", "new")).toMatchObject({ kind: "shared", title: "Spring", created_by: "somebody" });
    expect(draft.every("member")).toEqual([
      { type: "member", id: "somebody", name: "Ada", color: 3, role: "owner", joined_at: world.at },
    ]);
  });

  it("a board that is there already is left alone", () => {
    const draft = new Draft(recordsOf(world.records));
    guess(draft, { type: "board.create", board_id: world.board_id, title: "Mine" }, context);
    expect(draft.edits().size).toBe(0);
  });

  it("a profile's name and color go to its owner's member record", () => {
    const me = "somebody";
    const records = recordsOf([
      { type: "board", id: me, kind: "personal", title: "Personal", created_at: world.at, created_by: me, deleted_at: null },
      { type: "member", id: me, name: "Ada", color: 3, role: "owner", joined_at: world.at },
      { type: "profile", id: me, name: "Ada", color: 3, time_zone: "UTC", week_start: "monday", day_start_hour: 0 },
    ]);
    const draft = new Draft(records);
    guess(draft, { type: "profile.edit", board_id: me, name: "Ada L.", day_start_hour: 4 }, context);
    expect(draft.get("profile", me)).toMatchObject({ name: "Ada L.", color: 3, day_start_hour: 4 });
    expect(draft.get("member", me)).toMatchObject({ name: "Ada L.", color: 3 });
  });
});
