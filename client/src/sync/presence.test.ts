import { beforeEach, describe, expect, it } from "vitest";

import type { ClientMessage } from "../protocol/messages";
import { Presence } from "./presence";

let told: unknown[];
let presence: Presence;

beforeEach(() => {
  told = [];
  presence = new Presence((message: ClientMessage) => {
    told.push("state" in message ? message.state : message);
    return true;
  });
});

describe("presence", () => {
  it("is the newest place of a board, then the one before, then none", () => {
    const leaveBoard = presence.show("b", null);
    const closeTask = presence.show("b", "t");
    closeTask();
    leaveBoard();
    expect(told).toEqual([{ task_id: null }, { task_id: "t" }, { task_id: null }, null]);
  });

  it("ends with the last screen, whichever closes first", () => {
    const leaveBoard = presence.show("b", null);
    const closeTask = presence.show("b", "t");
    leaveBoard();
    closeTask();
    expect(told.at(-1)).toBeNull();
  });

  it("is told again to a server that has just begun to watch, only for boards where I am", () => {
    presence.show("b", "t");
    told.length = 0;
    presence.watching("b");
    presence.watching("other");
    expect(told).toEqual([{ task_id: "t" }]);
  });
});
