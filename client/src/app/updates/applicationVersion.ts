import { TAKE_OVER } from "../../service-worker/takeOver";

const SCRIPT = "/sw.js";
/** How often a page that stays open asks for a new version. */
const CHECK_EVERY_MS = 3_600_000;

/**
 * The service worker of this page, and whether a newer version of the application waits.
 *
 * Where there is none (an insecure context, a browser that forbids it), the application works from the network alone.
 */
export class ApplicationVersion {
  #registration: ServiceWorkerRegistration | null = null;
  #isNewReady = false;
  #isReloading = false;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly workers: ServiceWorkerContainer | undefined,
    private readonly reloadPage: () => void,
  ) {}

  async register(): Promise<void> {
    const { workers } = this;
    if (workers === undefined) {
      return;
    }
    let isServed = workers.controller !== null;
    workers.addEventListener("controllerchange", () => {
      if (this.#isReloading) {
        this.reloadPage();
      } else if (isServed) {
        // Another tab has agreed to the new version: what this one has not loaded yet, is gone.
        this.#newIsReady();
      }
      isServed = true;
    });
    try {
      const registration = await workers.register(trusted(SCRIPT), { updateViaCache: "none" });
      this.#follow(registration, workers);
      this.#registration = registration;
    } catch {
      return;
    }
    setInterval(() => void this.#check(), CHECK_EVERY_MS);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly isNewReady = (): boolean => this.#isNewReady;

  /** Reloads into the newest version that can be had. */
  async reload(): Promise<void> {
    this.#isReloading = true;
    await this.#check();
    const newest = this.#registration?.installing ?? this.#registration?.waiting ?? null;
    if (newest === null || !(await isInstalled(newest))) {
      this.reloadPage();
    } else {
      newest.postMessage(TAKE_OVER);
    }
  }

  #follow(registration: ServiceWorkerRegistration, workers: ServiceWorkerContainer): void {
    if (registration.waiting !== null && workers.controller !== null) {
      this.#newIsReady();
    }
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && workers.controller !== null) {
          this.#newIsReady();
        }
      });
    });
  }

  /** Fails without a network; then what is here is the newest that can be had. */
  async #check(): Promise<void> {
    await this.#registration?.update().catch(() => undefined);
  }

  #newIsReady(): void {
    this.#isNewReady = true;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

function isInstalled(worker: ServiceWorker): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state !== "parsed" && worker.state !== "installing") {
        worker.removeEventListener("statechange", look);
        resolve(worker.state !== "redundant");
      }
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

interface ScriptPolicies {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): unknown };
}

/** The page's policy takes no plain text for a script's address (CSP `require-trusted-types-for`). */
function trusted(address: string): string {
  const { trustedTypes } = window as { trustedTypes?: ScriptPolicies };
  const policy = trustedTypes?.createPolicy("lockstep-service-worker", {
    createScriptURL: (url) => {
      if (url !== SCRIPT) throw new TypeError(`${url} is no service worker of this application.`);
      return url;
    },
  });
  // The types of the DOM know only text here.
  return (policy?.createScriptURL(address) ?? address) as string;
}
