import { beforeEach, describe, expect, it } from "vitest";

import { TAKE_OVER } from "../../service-worker/takeOver";
import { ApplicationVersion } from "./applicationVersion";

class FakeWorker extends EventTarget {
  readonly heard: unknown[] = [];

  constructor(public state: ServiceWorkerState) {
    super();
  }

  postMessage(message: unknown): void {
    this.heard.push(message);
  }

  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  /** What the server has that is newer. */
  newer: FakeWorker | null = null;

  update(): Promise<void> {
    if (this.newer !== null) {
      this.found(this.newer);
      this.newer = null;
    }
    return Promise.resolve();
  }

  found(worker: FakeWorker): void {
    this.installing = worker;
    this.dispatchEvent(new Event("updatefound"));
  }

  installed(): void {
    [this.waiting, this.installing] = [this.installing, null];
    this.waiting?.become("installed");
  }
}

class FakeWorkers extends EventTarget {
  controller: FakeWorker | null = null;
  readonly registration = new FakeRegistration();
  mayRegister = true;

  register(): Promise<FakeRegistration> {
    return this.mayRegister ? Promise.resolve(this.registration) : Promise.reject(new DOMException("Blocked.", "SecurityError"));
  }

  takeOver(worker: FakeWorker): void {
    this.controller = worker;
    this.dispatchEvent(new Event("controllerchange"));
  }
}

let workers: FakeWorkers;
let reloads: number;
let version: ApplicationVersion;

beforeEach(() => {
  workers = new FakeWorkers();
  reloads = 0;
  version = new ApplicationVersion(workers as unknown as ServiceWorkerContainer, () => (reloads += 1));
});

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("a new version", () => {
  it("is offered when it is ready, and waits until the person agrees", async () => {
    workers.controller = new FakeWorker("activated");
    await version.register();
    workers.registration.found(new FakeWorker("installing"));
    expect(version.isNewReady()).toBe(false);
    workers.registration.installed();
    expect(version.isNewReady()).toBe(true);
    const waiting = workers.registration.waiting!;
    expect(waiting.heard).toEqual([]);

    await version.reload();
    expect(waiting.heard).toEqual([TAKE_OVER]);
    expect(reloads).toBe(0);
    workers.takeOver(waiting);
    expect(reloads).toBe(1);
  });

  it("that has been waiting since an earlier visit is offered at once", async () => {
    workers.controller = new FakeWorker("activated");
    workers.registration.waiting = new FakeWorker("installed");
    await version.register();
    expect(version.isNewReady()).toBe(true);
  });

  it("that another tab agreed to is offered here, not forced", async () => {
    workers.controller = new FakeWorker("activated");
    await version.register();
    workers.takeOver(new FakeWorker("activated"));
    expect(version.isNewReady()).toBe(true);
    expect(reloads).toBe(0);
  });

  it("is not what the very first worker is", async () => {
    await version.register();
    workers.registration.found(new FakeWorker("installing"));
    workers.registration.installed();
    workers.takeOver(workers.registration.waiting!);
    expect(version.isNewReady()).toBe(false);
  });

  it("that the page does not know yet is fetched before the reload, or the old one would come back", async () => {
    workers.controller = new FakeWorker("activated");
    await version.register();
    const newer = (workers.registration.newer = new FakeWorker("installing"));
    const reloading = version.reload();
    await settle();
    expect(newer.heard).toEqual([]);
    workers.registration.installed();
    await reloading;
    expect(newer.heard).toEqual([TAKE_OVER]);
  });

  it("that can't be installed leaves a plain reload", async () => {
    workers.controller = new FakeWorker("activated");
    await version.register();
    const newer = (workers.registration.newer = new FakeWorker("installing"));
    const reloading = version.reload();
    await settle();
    newer.become("redundant");
    await reloading;
    expect(reloads).toBe(1);
  });
});

describe("without a service worker", () => {
  it.each(["none", "forbidden"])("(%s) the application works, and reloads plainly", async (why) => {
    workers.mayRegister = false;
    const without = why === "none" ? new ApplicationVersion(undefined, () => (reloads += 1)) : version;
    await without.register();
    expect(without.isNewReady()).toBe(false);
    await without.reload();
    expect(reloads).toBe(1);
  });
});
