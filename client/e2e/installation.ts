import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const ROOT = join(import.meta.dirname, "..", "..");
const PYTHON = join(ROOT, ".venv", "bin", "python");
export const CLIENT = process.env.CLIENT_DIR ?? join(ROOT, "client", "dist");
const LOGS = join(ROOT, "client", "test-results");

/** The first start makes a database and seeds the demo; on a busy machine that takes its time. */
const START_MS = 120_000;
const STOP_MS = 30_000;
const POLL_MS = 50;

/** The addresses of the two nodes. Both serve the same boards; pages of the one never speak to the other. */
export type Nodes = readonly [string, string];

/**
 * The whole program with two nodes and servers of its own, on free ports and in a data directory of its own. Whoever
 * starts one removes it.
 */
export class Installation {
  #process: ChildProcess | null = null;

  private constructor(
    readonly port: number,
    readonly dataDir: string,
    private readonly client: string,
  ) {}

  /** @param client the folder of the built client. */
  static async start(client = CLIENT): Promise<Installation> {
    if (!existsSync(join(client, "index.html"))) throw new Error(`There is no built client in ${client}: run make build first.`);
    const installation = new Installation(await freePortOfTwo(), await mkdtemp(join(tmpdir(), "lockstep-e2e-")), client);
    try {
      await installation.startAgain();
    } catch (error) {
      await installation.remove();
      throw error;
    }
    return installation;
  }

  get nodes(): Nodes {
    return [`http://127.0.0.1:${this.port}`, `http://127.0.0.1:${this.port + 1}`];
  }

  /** Starts what was stopped, on the same data and the same ports. Returns when both nodes serve. */
  async startAgain(): Promise<void> {
    mkdirSync(LOGS, { recursive: true });
    const log = createWriteStream(join(LOGS, `lockstep-${this.port}.log`), { flags: "a" });
    const child = spawn(PYTHON, [...leash(), PYTHON, "-m", "lockstep", "up", "--nodes", "2"], {
      cwd: ROOT,
      env: {
        ...process.env,
        DATABASE_URL: "",
        REDIS_URL: "",
        CLIENT_DIR: this.client,
        DATA_DIR: this.dataDir,
        PORT: String(this.port),
        RATE_LIMITS: "off",
        DRAIN_SECONDS: "2",
        LOG_LEVEL: "warning",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    child.stderr.pipe(log);
    child.stdout.pipe(log);
    await new Promise<void>((resolve, reject) => {
      const failed = (why: string) => reject(new Error(`Lockstep did not start: ${why}; see ${String(log.path)}.`));
      const timer = setTimeout(() => failed("it took too long"), START_MS);
      child.once("error", (error) => failed(error.message));
      child.once("exit", (code) => failed(`it ended with exit code ${code ?? "none"}`));
      child.stdout.on("data", (said: Buffer) => {
        if (!said.includes("Lockstep is running")) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Stops everything in good order, like Ctrl-C. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** Ends the program without a chance to say goodbye; returns when its nodes are gone, too. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
    await Promise.all([this.port, this.port + 1].map(untilFree));
  }

  async #end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    child.kill(signal);
    await ended;
    clearTimeout(timer);
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** Holds the program on a leash, so that it cannot outlive this process, however it ends. */
function leash(): string[] {
  const script = join(ROOT, "lockstep", "embedded", "leash.py");
  return [script, process.pid, constants.signals.SIGTERM, process.geteuid?.(), process.getegid?.()].map(String);
}

async function untilFree(port: number): Promise<void> {
  const deadline = Date.now() + STOP_MS;
  for (;;) {
    const probe = await listen(port).catch(() => null);
    probe?.close();
    if (probe !== null) return;
    if (Date.now() > deadline) throw new Error(`Something still listens on port ${port}.`);
    await delay(POLL_MS);
  }
}

/** Below the ports that systems hand out for outgoing connections, which come and go at any time. */
const PORTS = { first: 15_000, last: 32_000 } as const;

/** A free port whose next one is free, too. */
async function freePortOfTwo(): Promise<number> {
  for (;;) {
    const port = PORTS.first + Math.floor(Math.random() * (PORTS.last - PORTS.first));
    const probes = await Promise.all([port, port + 1].map((each) => listen(each).catch(() => null)));
    probes.forEach((probe) => probe?.close());
    if (!probes.includes(null)) return port;
  }
}

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}
