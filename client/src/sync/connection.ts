import { PROTOCOL_VERSION } from "../protocol/messages";
import type { ClientMessage, ServerMessage } from "../protocol/messages";
import type { Id } from "../protocol/records";
import { ApiError } from "./apiError";
import { backoffMs } from "./backoff";
import type { Clock } from "./clock";
import { afterClose } from "./closeCodes";
import type { AccessToken } from "./session";
import type { ConnectionState, StopReason } from "./state";
import type { OpenTransport, Transport } from "./transport";

/** From opening the socket to the welcome. A server that takes longer is not reachable in any useful sense. */
const WELCOME_MS = 10_000;
/** So many beats may be missing before the other side counts as gone. */
const MISSED_BEATS = 2;
/** A timer that fires this late slept with its tab: what came meanwhile is still to be read. */
const SLEPT_MS = 1_000;
/** After so long a connection counts as having worked, and back-off starts over. */
const WORKED_MS = 5_000;
/** A token whose renewal failed is tried again within this many milliseconds, full jitter. */
const RENEW_AGAIN_MS = 8_000;

export interface ConnectionParts {
  readonly openTransport: OpenTransport;
  readonly clock: Clock;
  readonly random: () => number;
  /** Tells the devices and tabs of one person apart. */
  readonly clientId: Id;
  /** A token that holds for a while; throws ApiError. */
  readonly accessToken: () => Promise<AccessToken>;
  readonly rejectToken: (value: string) => void;
  readonly onState: (state: ConnectionState) => void;
  readonly onMessage: (message: ServerMessage) => void;
}

interface Timer {
  readonly due: number;
  readonly run: () => void;
  readonly cancel: () => void;
}

/** The socket of one account: opens it, keeps it alive, brings it back. Knows nothing of boards. */
export class Connection {
  #state: ConnectionState = { kind: "stopped", reason: null };
  #transport: Transport | null = null;
  #token: AccessToken | null = null;
  /** Results of older attempts are ignored: each attempt has its number. */
  #attempt = 0;
  #failures = 0;
  #byeReconnectMs: number | null = null;
  #heartbeatMs = 0;
  #heardAt = 0;
  readonly #timers = new Set<Timer>();

  constructor(private readonly parts: ConnectionParts) {}

  get state(): ConnectionState {
    return this.#state;
  }

  start(isOnline: boolean): void {
    this.#failures = 0;
    if (isOnline) {
      this.#connect();
    } else {
      this.#enter({ kind: "offline" });
    }
  }

  stop(reason: StopReason | null): void {
    this.#tearDown();
    this.#enter({ kind: "stopped", reason });
  }

  /** Whether it went out; only a live connection takes messages. */
  send(message: ClientMessage): boolean {
    if (this.#state.kind !== "live" || this.#transport === null) {
      return false;
    }
    this.#transport.send(JSON.stringify(message));
    return true;
  }

  wentOffline(): void {
    if (this.#state.kind !== "stopped") {
      this.#tearDown();
      this.#enter({ kind: "offline" });
    }
  }

  wentOnline(): void {
    if (this.#state.kind === "offline" || this.#state.kind === "waiting") {
      this.#failures = 0;
      this.#connect();
    }
  }

  /** Somebody looks again: don't let them wait out a back-off, nor believe a device that only thinks it is offline. */
  wake(): void {
    if (this.#state.kind === "waiting" || this.#state.kind === "offline") {
      this.#connect();
    }
  }

  /** Runs what is due: timers of a hidden tab come late, by up to a minute. */
  look(): void {
    const now = this.parts.clock.now();
    for (const timer of [...this.#timers]) {
      if (timer.due <= now && this.#timers.delete(timer)) {
        timer.cancel();
        timer.run();
      }
    }
  }

  /** The server hears nothing any more, though it is heard: only another socket helps. */
  giveUp(): void {
    if (this.#state.kind === "live") {
      this.#comeBack(null);
    }
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    this.parts.onState(state);
  }

  #connect(): void {
    this.#tearDown();
    const attempt = this.#attempt;
    this.#enter({ kind: "connecting" });
    this.parts.accessToken().then(
      (token) => {
        if (attempt === this.#attempt) {
          this.#open(attempt, token);
        }
      },
      (error: unknown) => {
        if (attempt === this.#attempt) {
          this.#tokenRefused(error);
        }
      },
    );
  }

  #tokenRefused(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) {
      this.stop("signed_out");
    } else {
      this.#comeBack(null);
    }
  }

  #open(attempt: number, token: AccessToken): void {
    const isCurrent = () => attempt === this.#attempt;
    this.#token = token;
    this.#after(WELCOME_MS, () => this.#comeBack(null));
    this.#transport = this.parts.openTransport({
      onOpen: () => {
        if (isCurrent()) {
          this.#enter({ kind: "handshaking" });
          this.#hello(token);
        }
      },
      onText: (text) => {
        if (isCurrent()) {
          this.#heardAt = this.parts.clock.now();
          this.#read(text);
        }
      },
      onClose: (code) => {
        if (isCurrent()) {
          this.#closed(code, token);
        }
      },
    });
  }

  #hello(token: AccessToken): void {
    const hello: ClientMessage = {
      type: "hello",
      protocol: PROTOCOL_VERSION,
      token: token.value,
      client_id: this.parts.clientId,
    };
    this.#transport?.send(JSON.stringify(hello));
  }

  #read(text: string): void {
    let message: ServerMessage;
    try {
      message = JSON.parse(text) as ServerMessage;
    } catch {
      // Whoever speaks there, it is not the server.
      this.#comeBack(null);
      return;
    }
    this.#take(message);
  }

  #take(message: ServerMessage): void {
    if (message.type === "welcome") {
      this.#welcomed(message.connection_id, message.heartbeat_seconds * 1000);
    } else if (message.type === "bye") {
      this.#byeReconnectMs = message.reconnect_ms;
    }
    this.parts.onMessage(message);
  }

  #welcomed(connectionId: Id, heartbeatMs: number): void {
    this.#cancelTimers();
    this.#heartbeatMs = heartbeatMs;
    this.#listen(MISSED_BEATS * heartbeatMs);
    this.#after(WORKED_MS, () => {
      this.#failures = 0;
    });
    this.#renewInTime();
    this.#enter({ kind: "live", connection_id: connectionId });
  }

  /** Any message is a sign of life, not only a beat: a busy socket is a healthy one. */
  #listen(ms: number): void {
    const due = this.parts.clock.now() + ms;
    this.#after(ms, () => {
      const now = this.parts.clock.now();
      const silentMs = now - this.#heardAt;
      const longest = MISSED_BEATS * this.#heartbeatMs;
      if (silentMs < longest) {
        this.#listen(longest - silentMs);
      } else if (now - due > SLEPT_MS) {
        this.#listen(SLEPT_MS);
      } else {
        this.#comeBack(null);
      }
    });
  }

  #renewInTime(): void {
    if (this.#token !== null) {
      this.#renewAfter(this.#token.renew_at - this.parts.clock.now());
    }
  }

  #renewAfter(ms: number): void {
    this.#after(Math.max(0, ms), () => {
      const attempt = this.#attempt;
      this.parts.accessToken().then(
        (token) => {
          if (attempt === this.#attempt) {
            this.#token = token;
            this.send({ type: "authenticate", token: token.value });
            this.#renewInTime();
          }
        },
        (error: unknown) => {
          if (attempt !== this.#attempt) {
            return;
          }
          if (error instanceof ApiError && error.status === 401) {
            this.stop("signed_out");
          } else {
            this.#renewAfter(this.parts.random() * RENEW_AGAIN_MS);
          }
        },
      );
    });
  }

  #closed(code: number, token: AccessToken): void {
    const advice = afterClose(code);
    switch (advice.kind) {
      case "stop":
        this.stop(advice.reason);
        break;
      case "renew":
        this.parts.rejectToken(token.value);
        this.#comeBack(this.#failures === 0 ? 0 : null);
        break;
      case "come_back":
        this.#comeBack(this.#byeReconnectMs, advice.at_least_ms);
        break;
    }
  }

  /** @param ms when; null: by back-off, after `atLeastMs`. */
  #comeBack(ms: number | null, atLeastMs = 0): void {
    this.#tearDown();
    this.#failures += 1;
    const wait = ms ?? atLeastMs + backoffMs(this.#failures, this.parts.random);
    this.#enter({ kind: "waiting", until: this.parts.clock.now() + wait });
    this.#after(wait, () => this.#connect());
  }

  #after(ms: number, run: () => void): void {
    const timer: Timer = {
      due: this.parts.clock.now() + ms,
      run,
      cancel: this.parts.clock.after(ms, () => {
        this.#timers.delete(timer);
        run();
      }),
    };
    this.#timers.add(timer);
  }

  #cancelTimers(): void {
    for (const { cancel } of this.#timers) {
      cancel();
    }
    this.#timers.clear();
  }

  #tearDown(): void {
    this.#attempt += 1;
    this.#cancelTimers();
    const transport = this.#transport;
    this.#transport = null;
    this.#byeReconnectMs = null;
    transport?.close();
  }
}
