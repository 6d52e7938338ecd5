import { randomUUID } from "node:crypto";

import type { Command } from "../src/protocol/commands";
import type { BoardEntry, SignedIn, Snapshot } from "../src/protocol/http";
import type { Id, Task } from "../src/protocol/records";

/** Somebody who uses Lockstep. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The people of the demo that every installation of the embedded form has. */
export const DEMO_ADA: Person = { name: "Ada Brandt", email: "ada@example.org", password: "lockstep-demo" };
export const DEMO_BO: Person = { name: "Bo Lindqvist", email: "bo@example.org", password: "lockstep-demo" };

/** Somebody whom no other test knows. */
export function somebody(name: string): Person {
  const address = `${name.toLowerCase().replaceAll(" ", "-")}-${randomUUID()}@example.org`;
  return { name, email: address, password: `${name} rides a quiet blue train` };
}

/** An account over HTTP: what scripts do, and what furnishes boards before a browser looks at them. */
export class Account {
  private constructor(
    readonly node: string,
    readonly person: Person,
    readonly id: string,
    private readonly token: string,
  ) {}

  static signUp(node: string, person: Person): Promise<Account> {
    return Account.#enter(node, "/api/accounts", person, person);
  }

  static signIn(node: string, person: Person): Promise<Account> {
    const { email, password } = person;
    return Account.#enter(node, "/api/session", person, { email, password });
  }

  static async #enter(node: string, path: string, person: Person, body: object): Promise<Account> {
    const answer = await fetch(node + path, { method: "POST", headers: JSON_BODY, body: JSON.stringify(body) });
    const { account, access_token } = await read<SignedIn>(answer);
    return new Account(node, person, account.id, access_token);
  }

  async command(command: Command): Promise<void> {
    const body = JSON.stringify({ command_id: randomUUID(), command });
    const send = () => fetch(`${this.node}/api/commands`, { method: "POST", headers: { ...JSON_BODY, ...this.#bearer }, body });
    // A kept connection may be closed in the moment it is used. The command's id makes sending it twice harmless.
    await read(await send().catch(send));
  }

  /** Many at a time: the door takes what waits in one transaction. */
  async commands(commands: readonly Command[]): Promise<void> {
    for (let at = 0; at < commands.length; at += AT_ONCE) {
      await Promise.all(commands.slice(at, at + AT_ONCE).map((command) => this.command(command)));
    }
  }

  async tasks(boardId: Id): Promise<readonly Task[]> {
    const answer = await fetch(`${this.node}/api/boards/${boardId}/snapshot`, { headers: this.#bearer });
    return (await read<Snapshot>(answer)).records.filter((record) => record.type === "task");
  }

  async boards(): Promise<readonly BoardEntry[]> {
    const answer = await fetch(`${this.node}/api/boards`, { headers: this.#bearer });
    return (await read<{ boards: BoardEntry[] }>(answer)).boards;
  }

  get #bearer(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}

const AT_ONCE = 50;
const JSON_BODY = { "content-type": "application/json" };

async function read<Body>(answer: Response): Promise<Body> {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Body;
}
