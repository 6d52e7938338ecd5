import type { TabGround, TabMessage } from "../sync/tabs/tabMessages";

/** One tab's end of the channel and of the lock. */
export class FakeTab {
  hear: ((message: TabMessage) => void) | null = null;
  /** What came while it was frozen: events wait, and run when it thaws. */
  readonly waiting: (() => void)[] = [];
  isFrozen = false;
  /** Closed, or crashed: it says and hears nothing more. */
  isGone = false;

  run(event: () => void): void {
    if (this.isGone) {
      return;
    }
    if (this.isFrozen) {
      this.waiting.push(event);
    } else {
      event();
    }
  }
}

interface Wish {
  readonly tab: FakeTab;
  readonly hold: () => Promise<void>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** What a browser offers to its tabs, with tabs that freeze and crash. Messages arrive when `deliver` is called. */
export class FakeBrowser {
  readonly #tabs: FakeTab[] = [];
  readonly #mail: { to: FakeTab; message: TabMessage }[] = [];
  #holder: Wish | null = null;
  #queue: Wish[] = [];
  /** Which messages get lost: none, as a rule. */
  loses: (message: TabMessage) => boolean = () => false;

  openTab(): { tab: FakeTab; ground: TabGround } {
    const tab = new FakeTab();
    this.#tabs.push(tab);
    return {
      tab,
      ground: {
        channel: {
          post: (message) => this.#post(tab, message),
          listen: (hear) => {
            tab.hear = hear;
          },
          close: () => {
            tab.hear = null;
          },
        },
        lock: { request: (options, hold) => this.#request(tab, options, hold) },
      },
    };
  }

  freeze(tab: FakeTab): void {
    tab.isFrozen = true;
  }

  thaw(tab: FakeTab): void {
    tab.isFrozen = false;
    for (const event of tab.waiting.splice(0)) {
      event();
    }
  }

  /** Without a word. Its lock is free. */
  crash(tab: FakeTab): void {
    tab.isGone = true;
    this.#queue = this.#queue.filter((wish) => wish.tab !== tab);
    if (this.#holder?.tab === tab) {
      this.#passOn();
    }
  }

  /** A tab asks who leads, as it does every second. */
  askAs(tab: FakeTab): void {
    this.#post(tab, { kind: "asked" });
  }

  /** Delivers all messages, also those that are said in answer. */
  deliver(): void {
    for (let letter = this.#mail.shift(); letter !== undefined; letter = this.#mail.shift()) {
      const { to, message } = letter;
      to.run(() => to.hear?.(message));
    }
  }

  #post(from: FakeTab, message: TabMessage): void {
    if (from.isGone || this.loses(message)) {
      return;
    }
    for (const to of this.#tabs) {
      if (to !== from) {
        this.#mail.push({ to, message: structuredClone(message) });
      }
    }
  }

  #request(tab: FakeTab, { steal, signal }: { steal?: boolean; signal?: AbortSignal }, hold: () => Promise<void>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const wish: Wish = { tab, hold, resolve, reject };
      signal?.addEventListener("abort", () => {
        if (this.#queue.includes(wish)) {
          this.#queue = this.#queue.filter((other) => other !== wish);
          reject(new DOMException("Given up.", "AbortError"));
        }
      });
      if (steal === true) {
        const robbed = this.#holder;
        this.#queue.unshift(wish);
        this.#passOn();
        robbed?.tab.run(() => robbed.reject(new DOMException("Stolen.", "AbortError")));
      } else {
        this.#queue.push(wish);
        if (this.#holder === null) {
          this.#passOn();
        }
      }
    });
  }

  #passOn(): void {
    const wish = this.#queue.shift() ?? null;
    this.#holder = wish;
    if (wish === null) {
      return;
    }
    const grant = () => {
      void wish.hold().then(() => {
        wish.resolve(undefined);
        if (this.#holder === wish) {
          this.#passOn();
        }
      });
    };
    queueMicrotask(() => wish.tab.run(grant));
  }
}
