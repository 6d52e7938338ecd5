import { beforeEach, describe, expect, it } from "vitest";

import type { ServerMessage } from "../protocol/messages";
import { FakeClock } from "../testing/fakeClock";
import { ApiError } from "./apiError";
import { Connection } from "./connection";
import type { AccessToken } from "./session";
import type { ConnectionState } from "./state";
import type { TransportEvents } from "./transport";

interface Socket {
  events: TransportEvents;
  sent: string[];
  isClosed: boolean;
}

const HOUR_MS = 3_600_000;

let clock: FakeClock;
let sockets: Socket[];
let states: ConnectionState["kind"][];
let messages: ServerMessage[];
let rejected: string[];
let accessToken: () => Promise<AccessToken>;
let connection: Connection;

function token(value: string, renewInMs = HOUR_MS): AccessToken {
  return { value, renew_at: clock.now() + renewInMs };
}

function say(socket: Socket, message: ServerMessage): void {
  socket.events.onText(JSON.stringify(message));
}

function welcome(socket: Socket): void {
  socket.events.onOpen();
  say(socket, {
    type: "welcome",
    connection_id: "c",
    account_id: "a",
    heartbeat_seconds: 15,
    expires_at: "2030-01-01T00:00:00.000Z",
  });
}

/** Lets the promise of a token come true. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await Promise.resolve();
  }
}

async function live(): Promise<Socket> {
  connection.start(true);
  await settle();
  const socket = sockets.at(-1)!;
  welcome(socket);
  return socket;
}

beforeEach(() => {
  clock = new FakeClock();
  sockets = [];
  states = [];
  messages = [];
  rejected = [];
  accessToken = () => Promise.resolve(token("first"));
  connection = new Connection({
    openTransport: (events) => {
      const socket: Socket = { events, sent: [], isClosed: false };
      sockets.push(socket);
      return {
        send: (text) => socket.sent.push(text),
        close: () => {
          socket.isClosed = true;
        },
      };
    },
    clock,
    random: () => 0.5,
    clientId: "client",
    accessToken: () => accessToken(),
    rejectToken: (value) => rejected.push(value),
    onState: (state) => states.push(state.kind),
    onMessage: (message) => messages.push(message),
  });
});

describe("connecting", () => {
  it("says hello with the token in the first frame and is live after the welcome", async () => {
    const socket = await live();
    expect(JSON.parse(socket.sent[0]!)).toEqual({ type: "hello", protocol: 1, token: "first", client_id: "client" });
    expect(states).toEqual(["connecting", "handshaking", "live"]);
  });

  it("sends nothing before it is live", async () => {
    connection.start(true);
    await settle();
    sockets[0]!.events.onOpen();
    expect(connection.send({ type: "unwatch", board_id: "b" })).toBe(false);
    expect(sockets[0]!.sent).toHaveLength(1);
  });

  it("gives up on a server that does not welcome", async () => {
    connection.start(true);
    await settle();
    clock.advance(10_000);
    expect(sockets[0]!.isClosed).toBe(true);
    expect(connection.state.kind).toBe("waiting");
  });

  it("starts offline where there is no network, and connects when there is", async () => {
    connection.start(false);
    expect(connection.state).toEqual({ kind: "offline" });
    connection.wentOnline();
    await settle();
    expect(sockets).toHaveLength(1);
  });

  it("goes on trying while tokens cannot be renewed for a while", async () => {
    let failures = 2;
    accessToken = () =>
      failures-- > 0 ? Promise.reject(new ApiError(500, "unavailable", "Oops.")) : Promise.resolve(token("third"));
    connection.start(true);
    await settle();
    expect(connection.state.kind).toBe("waiting");
    clock.advance(500);
    await settle();
    clock.advance(1_000);
    await settle();
    expect(sockets).toHaveLength(1);
  });

  it("stops when the session has ended", async () => {
    accessToken = () => Promise.reject(new ApiError(401, "session_ended", "Sign in again."));
    connection.start(true);
    await settle();
    expect(connection.state).toEqual({ kind: "stopped", reason: "signed_out" });
    expect(clock.waiting).toBe(0);
  });
});

describe("coming back", () => {
  it.each([1001, 1006, 1012, 4408, 4409, 4413])("after close %i, by back-off with jitter", async (code) => {
    const socket = await live();
    socket.events.onClose(code);
    expect(connection.state).toEqual({ kind: "waiting", until: clock.now() + 500 });
    clock.advance(500);
    await settle();
    expect(sockets).toHaveLength(2);
  });

  it("waits longer each time, up to a limit, until a connection has worked (R-36)", async () => {
    connection.start(true);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      await settle();
      sockets.at(-1)!.events.onClose(1006);
      const { until } = connection.state as { until: number };
      waits.push(until - clock.now());
      clock.advance(until - clock.now());
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
    await settle();
    welcome(sockets.at(-1)!);
    clock.advance(5_000);
    sockets.at(-1)!.events.onClose(1006);
    expect(connection.state).toEqual({ kind: "waiting", until: clock.now() + 500 });
  });

  it("when the server asks to, at the moment it names (R-36)", async () => {
    const socket = await live();
    say(socket, { type: "bye", code: 1012, reconnect_ms: 7_300 });
    socket.events.onClose(1012);
    expect(connection.state).toEqual({ kind: "waiting", until: clock.now() + 7_300 });
  });

  it("later than usual after too many connections", async () => {
    const socket = await live();
    socket.events.onClose(4429);
    expect(connection.state).toEqual({ kind: "waiting", until: clock.now() + 5_500 });
  });

  it("at once with another token when this one is not taken, then by back-off", async () => {
    const socket = await live();
    clock.advance(5_000);
    accessToken = () => Promise.resolve(token("second"));
    socket.events.onClose(4401);
    expect(rejected).toEqual(["first"]);
    clock.advance(0);
    await settle();
    sockets[1]!.events.onOpen();
    expect(sockets[1]!.sent[0]).toContain("second");
    sockets[1]!.events.onClose(4401);
    expect(connection.state).toEqual({ kind: "waiting", until: clock.now() + 1_000 });
  });

  it.each([
    [4400, "misuse"],
    [4426, "outdated"],
  ])("not after close %i", async (code, reason) => {
    const socket = await live();
    socket.events.onClose(code);
    expect(connection.state).toEqual({ kind: "stopped", reason });
    expect(clock.waiting).toBe(0);
  });

  it("at once when the network is back or somebody looks", async () => {
    const socket = await live();
    socket.events.onClose(1006);
    connection.wake();
    await settle();
    expect(sockets).toHaveLength(2);
    connection.wentOffline();
    expect(sockets[1]!.isClosed).toBe(true);
    connection.wentOnline();
    await settle();
    expect(sockets).toHaveLength(3);
  });

  it("and then ignores what an older socket still says (R-37)", async () => {
    const socket = await live();
    socket.events.onClose(1006);
    clock.advance(500);
    await settle();
    const before = messages.length;
    say(socket, { type: "heads", heads: {} });
    socket.events.onClose(4426);
    expect(messages).toHaveLength(before);
    expect(connection.state.kind).toBe("connecting");
  });
});

describe("a device that thinks it is offline", () => {
  it("is not believed when somebody looks or asks", async () => {
    connection.start(false);
    connection.wake();
    await settle();
    expect(sockets).toHaveLength(1);
  });
});

describe("somebody else on the line", () => {
  it("who says what is no message, is not listened to (R-42)", async () => {
    const socket = await live();
    socket.events.onText("<html>Please accept our terms.</html>");
    expect(socket.isClosed).toBe(true);
    expect(connection.state.kind).toBe("waiting");
    expect(messages.map(({ type }) => type)).toEqual(["welcome"]);
  });
});

describe("a server that hears nothing", () => {
  it("gets another socket, when whoever waits for an answer gives up", async () => {
    const socket = await live();
    connection.giveUp();
    expect(socket.isClosed).toBe(true);
    clock.advance(500);
    await settle();
    expect(sockets).toHaveLength(2);
    connection.giveUp();
    expect(connection.state.kind).toBe("connecting");
  });
});

describe("a hidden tab, whose timers come late", () => {
  it("does what is due when another tab asks", async () => {
    const socket = await live();
    clock.passUnnoticed(29_000);
    connection.look();
    expect(connection.state.kind).toBe("live");
    clock.passUnnoticed(1_000);
    connection.look();
    expect(socket.isClosed).toBe(true);
    clock.passUnnoticed(500);
    connection.look();
    await settle();
    expect(sockets).toHaveLength(2);
    expect(clock.waiting).toBe(1);
  });
});

describe("a silent server", () => {
  it("counts as gone after two missed beats (R-38)", async () => {
    const socket = await live();
    clock.advance(29_999);
    expect(connection.state.kind).toBe("live");
    clock.advance(1);
    expect(socket.isClosed).toBe(true);
    expect(connection.state.kind).toBe("waiting");
  });

  it("is alive while anything comes, beats or not (R-38)", async () => {
    const socket = await live();
    for (let second = 0; second < 120; second += 20) {
      clock.advance(20_000);
      say(socket, { type: "changes", board_id: "b", changes: [] });
    }
    expect(connection.state.kind).toBe("live");
  });

  it("is not silent while so much comes that the timers fall behind", async () => {
    const socket = await live();
    for (let second = 0; second < 300; second += 1) {
      clock.passUnnoticed(1_000);
      say(socket, { type: "changes", board_id: "b", changes: [] });
    }
    clock.advance(0);
    expect(connection.state.kind).toBe("live");
  });

  it("gets a moment after the device slept, because what came is not read yet", async () => {
    const socket = await live();
    clock.sleep(600_000);
    expect(connection.state.kind).toBe("live");
    say(socket, { type: "heads", heads: {} });
    clock.advance(1_000);
    expect(connection.state.kind).toBe("live");
    clock.sleep(600_000);
    clock.advance(1_000);
    expect(connection.state.kind).toBe("waiting");
  });
});

describe("a token that ends", () => {
  it("is renewed in place", async () => {
    accessToken = () => Promise.resolve(token("first", 60_000));
    const socket = await live();
    accessToken = () => Promise.resolve(token("second"));
    for (let beat = 0; beat < 4; beat += 1) {
      clock.advance(15_000);
      say(socket, { type: "heads", heads: {} });
    }
    await settle();
    expect(JSON.parse(socket.sent.at(-1)!)).toEqual({ type: "authenticate", token: "second" });
    expect(sockets).toHaveLength(1);
  });

  it("is asked for again while the server cannot renew it", async () => {
    accessToken = () => Promise.resolve(token("first", 10_000));
    const socket = await live();
    accessToken = () => Promise.reject(new ApiError(500, "unavailable", "Oops."));
    clock.advance(10_000);
    await settle();
    accessToken = () => Promise.resolve(token("second"));
    clock.advance(8_000);
    await settle();
    expect(socket.sent.at(-1)).toContain("second");
  });

  it("stops the connection when the session has ended", async () => {
    accessToken = () => Promise.resolve(token("first", 10_000));
    await live();
    accessToken = () => Promise.reject(new ApiError(401, "session_ended", "Sign in again."));
    clock.advance(10_000);
    await settle();
    expect(connection.state).toEqual({ kind: "stopped", reason: "signed_out" });
  });
});
