import type { Account, SignedIn } from "../protocol/http";
import { ApiError } from "./apiError";
import { request } from "./request";

export interface AccessToken {
  readonly value: string;
  /** By this device's clock, in milliseconds since 1970: the server's own clock may differ. */
  readonly renew_at: number;
}

/** A token is renewed after this share of its life, so that none expires on the way. */
const RENEW_AFTER_SHARE = 0.75;
const REFRESH_LOCK = "lockstep-refresh";
const REFRESH_MS = 10_000;
/** A tab that was frozen in the middle of a refresh holds its lock for ever. */
const LOCK_MS = 12_000;
const ACCOUNT_KEY = "lockstep.account";
/** A sign-out that the server has not heard of: its cookie is still in this browser. */
const UNTOLD_KEY = "lockstep.sign_out_untold";

/**
 * Who is signed in on this device.
 *
 * The access token lives in memory only, the refresh token in a cookie that scripts can't read. Which account it is, is
 * remembered, so that the application opens without a network.
 */
export class Session {
  account: Account | null = null;
  #token: AccessToken | null = null;
  #refreshing: Promise<AccessToken> | null = null;

  /** @param onEnded called when the server says that this session is over. */
  constructor(private readonly onEnded: () => void) {}

  async signUp(input: { email: string; name: string; password: string }): Promise<Account> {
    return this.#begin(await request({ method: "POST", path: "/accounts", body: input }, null)).account;
  }

  async signIn(input: { email: string; password: string }): Promise<Account> {
    return this.#begin(await request({ method: "POST", path: "/session", body: input }, null)).account;
  }

  /** The account that is signed in on this device; null: sign in first. Asks nobody, so it works offline. */
  resume(): Account | null {
    this.account = rememberedAccount();
    if (localStorage.getItem(UNTOLD_KEY) !== null) {
      void this.#tellSignOut(null);
    }
    return this.account;
  }

  /** Forgets this session here at once; the server is told now, or at a later start if it can't be reached. */
  async signOut(): Promise<void> {
    const token = this.#token;
    this.#forget();
    localStorage.setItem(UNTOLD_KEY, "yes");
    await this.#tellSignOut(token);
  }

  /** Signing out in one tab ends the session in all of them. The answer stops following. */
  followOtherTabs(): () => void {
    const follow = (event: StorageEvent) => {
      if (event.key === ACCOUNT_KEY && this.account !== null && rememberedAccount()?.id !== this.account.id) {
        this.account = null;
        this.#token = null;
        this.onEnded();
      }
    };
    window.addEventListener("storage", follow);
    return () => {
      window.removeEventListener("storage", follow);
    };
  }

  /** A token that holds for a while yet. Throws ApiError; `session_ended` has told `onEnded` before. */
  async accessToken(): Promise<AccessToken> {
    if (this.#token !== null && Date.now() < this.#token.renew_at) {
      return this.#token;
    }
    return this.#refresh();
  }

  /** The server doesn't take the token any more, whatever its time says. */
  rejectToken(rejected: string): void {
    if (this.#token?.value === rejected) {
      this.#token = null;
    }
  }

  #begin(answer: unknown): { account: Account; token: AccessToken } {
    const { account, access_token, expires_in } = signedIn(answer);
    const token = { value: access_token, renew_at: Date.now() + expires_in * 1000 * RENEW_AFTER_SHARE };
    this.account = account;
    this.#token = token;
    localStorage.setItem(ACCOUNT_KEY, JSON.stringify(account));
    localStorage.removeItem(UNTOLD_KEY);
    return { account, token };
  }

  #forget(): void {
    this.account = null;
    this.#token = null;
    localStorage.removeItem(ACCOUNT_KEY);
  }

  async #tellSignOut(token: AccessToken | null): Promise<void> {
    try {
      await request({ method: "DELETE", path: "/session" }, token?.value ?? null);
    } catch (error) {
      if (!(error instanceof ApiError) || error.isTransient) {
        return;
      }
      // Any other refusal says that there is no such session any more.
    }
    localStorage.removeItem(UNTOLD_KEY);
  }

  #refresh(): Promise<AccessToken> {
    this.#refreshing ??= this.#rotate().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #rotate(): Promise<AccessToken> {
    const before = this.account;
    try {
      // One tab at a time: two that send the same refresh token look like a thief to the server.
      const answer = await withLock(() => request({ method: "POST", path: "/session/refresh", timeout_ms: REFRESH_MS }, null));
      const { account } = signedIn(answer);
      if (before !== null && (this.account === null || before.id !== account.id)) {
        // Signed out meanwhile, or another tab signed in as somebody else.
        throw new ApiError(401, "session_ended", "This session has ended. Please sign in again.");
      }
      return this.#begin(answer).token;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.#forget();
        this.onEnded();
      }
      throw error;
    }
  }
}

function rememberedAccount(): Account | null {
  const text = localStorage.getItem(ACCOUNT_KEY);
  return text === null ? null : (JSON.parse(text) as Account);
}

/** What a foreign network puts in place of the answer may be JSON, too. */
function signedIn(answer: unknown): SignedIn {
  const { account, access_token, expires_in } = (answer ?? {}) as Partial<SignedIn>;
  if (account === undefined || access_token === undefined || expires_in === undefined) {
    throw new ApiError(0, "offline", "There is no connection to the server.");
  }
  return { account, access_token, expires_in };
}

/**
 * Where nobody can be waited for, the server's grace for a doubled refresh has to do: without Web Locks (they exist only
 * in secure contexts), and when the tab that holds the lock does not let go.
 */
async function withLock<Answer>(run: () => Promise<Answer>): Promise<Answer> {
  const { locks } = navigator as { locks?: LockManager | null };
  if (!locks) {
    return run();
  }
  const waiting = AbortSignal.timeout(LOCK_MS);
  let isRunning = false as boolean;
  try {
    return await locks.request(REFRESH_LOCK, { signal: waiting }, () => {
      isRunning = true;
      return run();
    });
  } catch (error) {
    if (isRunning || !waiting.aborted) {
      throw error;
    }
    return run();
  }
}
