import type { UnknownAction } from "@reduxjs/toolkit";

import type { Id } from "../../protocol/records";
import type { Clock } from "../clock";
import { Leadership } from "./leadership";
import type { TabGround, TabHere, TabMessage } from "./tabMessages";

export interface TabsParts {
  /** This tab. */
  readonly id: Id;
  readonly ground: TabGround;
  readonly clock: Clock;
  readonly onLead: () => void;
  readonly onLost: () => void;
  /** The leader saw something happen. */
  readonly onHappened: (action: UnknownAction) => void;
  /** This tab leads, and the person did something in another one. */
  readonly onDid: (action: UnknownAction) => void;
  /** This tab leads, and another one says where it is. The answer is all that it may have missed. */
  readonly onHere: (here: TabHere) => readonly UnknownAction[];
  readonly onLeft: (tab: Id) => void;
  readonly onWoke: () => void;
  /** This tab leads, and another one has asked whether it still does: every second, while that one is looked at. */
  readonly onAsked: () => void;
  readonly here: () => TabHere;
}

/** The tabs of one browser as one client: the leader speaks with the server and tells the others what happens. */
export class Tabs {
  readonly #leadership: Leadership;

  constructor(private readonly parts: TabsParts) {
    const { ground, clock, onLead, onLost } = parts;
    this.#leadership = new Leadership({ ...ground, clock, onLead, onLost });
  }

  start(): void {
    this.parts.ground.channel.listen((message) => this.#hear(message));
    this.#leadership.start();
  }

  stop(): void {
    this.#leadership.stop();
    this.#post({ kind: "left", from: this.parts.id });
    this.parts.ground.channel.close();
  }

  /** Only the leader says it. */
  happened(action: UnknownAction): void {
    this.#post({ kind: "happened", term: this.#leadership.term, to: null, action });
  }

  did(action: UnknownAction): void {
    this.#post({ kind: "did", action });
  }

  /** Tells the leader all about this tab, and asks for what it has missed. */
  tellHere(): void {
    this.#post(this.parts.here());
  }

  left(): void {
    this.#post({ kind: "left", from: this.parts.id });
  }

  woke(): void {
    this.#post({ kind: "woke" });
  }

  #post(message: TabMessage): void {
    this.parts.ground.channel.post(message);
  }

  #hear(message: TabMessage): void {
    const { parts } = this;
    const leadership = this.#leadership;
    switch (message.kind) {
      case "leads":
        if (message.term > leadership.term && leadership.heard(message.term)) {
          this.tellHere();
        } else {
          leadership.heard(message.term);
        }
        break;
      case "happened":
        if (leadership.heard(message.term) && (message.to === null || message.to === parts.id)) {
          parts.onHappened(message.action);
        }
        break;
      case "asked":
        leadership.asked();
        if (leadership.isLeading) {
          parts.onAsked();
        }
        break;
      case "did":
        if (leadership.isLeading) {
          parts.onDid(message.action);
        }
        break;
      case "here":
        if (leadership.isLeading) {
          for (const action of parts.onHere(message)) {
            this.#post({ kind: "happened", term: leadership.term, to: message.from, action });
          }
        }
        break;
      case "left":
        if (leadership.isLeading) {
          parts.onLeft(message.from);
        }
        break;
      case "woke":
        if (leadership.isLeading) {
          parts.onWoke();
        }
        break;
    }
  }
}
