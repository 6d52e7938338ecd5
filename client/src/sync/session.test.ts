import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createApi } from "./api";
import { ApiError } from "./apiError";
import { Session } from "./session";

const account = { id: "ada", email: "ada@example.org", name: "Ada", created_at: "2026-11-22T10:00:00.000Z" };

interface Call {
  method: string;
  path: string;
  authorization: string | null;
}

let calls: Call[];
let answer: (call: Call) => Response | Promise<Response>;
let ended: number;
let session: Session;

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status });
}

function signedIn(token: string, expiresIn = 600): Response {
  return json(200, { account, access_token: token, expires_in: expiresIn });
}

const refused = (code: string) => json(401, { error: { code, message: "No." } });

beforeEach(() => {
  localStorage.clear();
  calls = [];
  ended = 0;
  session = new Session(() => {
    ended += 1;
  });
  vi.stubGlobal("fetch", (path: string, options: RequestInit) => {
    const call = {
      method: options.method ?? "GET",
      path,
      authorization: new Headers(options.headers).get("authorization"),
    };
    calls.push(call);
    return Promise.resolve(answer(call));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("signing in", () => {
  it("keeps the access token in memory only and remembers whose it is", async () => {
    answer = () => signedIn("secret-token");
    await session.signIn({ email: "ada@example.org", password: "password" });
    expect((await session.accessToken()).value).toBe("secret-token");
    expect(JSON.stringify(localStorage)).not.toContain("secret-token");
    expect(new Session(() => undefined).resume()).toEqual(account);
  });

  it("that fails says why and leaves nobody signed in", async () => {
    answer = () => refused("wrong_credentials");
    await expect(session.signIn({ email: "a", password: "b" })).rejects.toMatchObject({ code: "wrong_credentials" });
    expect(session.resume()).toBeNull();
  });
});

describe("the access token", () => {
  it("is renewed once for all who ask at the same time", async () => {
    answer = () => signedIn("fresh");
    const tokens = await Promise.all([session.accessToken(), session.accessToken(), session.accessToken()]);
    expect(tokens.map(({ value }) => value)).toEqual(["fresh", "fresh", "fresh"]);
    expect(calls).toEqual([{ method: "POST", path: "/api/session/refresh", authorization: null }]);
  });

  it("is renewed before it ends", async () => {
    answer = () => signedIn("short", 0);
    await session.signIn({ email: "a", password: "b" });
    answer = () => signedIn("next");
    expect((await session.accessToken()).value).toBe("next");
  });

  it("that cannot be renewed because the session has ended ends it here", async () => {
    answer = () => signedIn("short", 0);
    await session.signIn({ email: "a", password: "b" });
    answer = () => refused("session_ended");
    await expect(session.accessToken()).rejects.toMatchObject({ status: 401 });
    expect(ended).toBe(1);
    expect(session.resume()).toBeNull();
  });

  it("that cannot be renewed for the moment ends nothing", async () => {
    answer = () => signedIn("short", 0);
    await session.signIn({ email: "a", password: "b" });
    answer = () => json(500, {});
    await expect(session.accessToken()).rejects.toMatchObject({ code: "unavailable", isTransient: true });
    expect(ended).toBe(0);
    expect(session.account).toEqual(account);
  });

  it.each([
    ["a page in place of the answer", () => new Response("<html>Please accept our terms.</html>", { status: 200 })],
    ["other JSON in place of the answer", () => json(200, { portal: "welcome" })],
    ["a refusal that is not the server's", () => new Response("<html>Sign in to our network.</html>", { status: 401 })],
    ["a refusal in other JSON", () => json(401, { login: "required" })],
  ])("that a foreign network answers for (%s) ends nothing (R-43)", async (_, portal) => {
    answer = () => signedIn("short", 0);
    await session.signIn({ email: "a", password: "b" });
    answer = portal;
    await expect(session.accessToken()).rejects.toMatchObject({ code: "offline", isTransient: true });
    expect(ended).toBe(0);
    expect(new Session(() => undefined).resume()).toEqual(account);
  });

  it("is given up when the network swallows the question, and can be asked for again (R-43)", async () => {
    const giveUp = new AbortController();
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(giveUp.signal);
    answer = () =>
      new Promise((_, reject) => giveUp.signal.addEventListener("abort", () => reject(new DOMException("Gave up.", "TimeoutError"))));
    const asked = session.accessToken();
    giveUp.abort();
    await expect(asked).rejects.toMatchObject({ code: "offline" });
    expect(AbortSignal.timeout).toHaveBeenCalledWith(10_000);
    answer = () => signedIn("late");
    expect((await session.accessToken()).value).toBe("late");
  });

  it("is renewed without the lock when a frozen tab does not let go of it", async () => {
    const giveUp = new AbortController();
    vi.spyOn(AbortSignal, "timeout").mockReturnValue(giveUp.signal);
    const request = (_name: string, { signal }: LockOptions) =>
      new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new DOMException("Gave up.", "TimeoutError"))));
    vi.stubGlobal("navigator", { locks: { request } });
    answer = () => signedIn("at last");
    const asked = session.accessToken();
    expect(calls).toHaveLength(0);
    giveUp.abort();
    expect((await asked).value).toBe("at last");
  });

  it("of somebody else, who signed in in another tab, ends this session here", async () => {
    answer = () => signedIn("short", 0);
    await session.signIn({ email: "a", password: "b" });
    answer = () => json(200, { account: { ...account, id: "bo" }, access_token: "bos", expires_in: 600 });
    await expect(session.accessToken()).rejects.toBeInstanceOf(ApiError);
    expect(ended).toBe(1);
  });
});

describe("signing out", () => {
  it("that the server did not hear of is told at the next start", async () => {
    answer = () => signedIn("token");
    await session.signIn({ email: "a", password: "b" });
    answer = () => {
      throw new TypeError("Failed to fetch");
    };
    await session.signOut();
    answer = () => new Response(null, { status: 204 });
    const next = new Session(() => undefined);
    expect(next.resume()).toBeNull();
    await vi.waitFor(() => expect(localStorage).toHaveLength(0));
    expect(calls.filter(({ method }) => method === "DELETE")).toHaveLength(2);
  });

  it("in another tab ends the session here", async () => {
    answer = () => signedIn("token");
    await session.signIn({ email: "a", password: "b" });
    const stop = session.followOtherTabs();
    localStorage.clear();
    window.dispatchEvent(new StorageEvent("storage", { key: "lockstep.account", newValue: null }));
    expect(ended).toBe(1);
    stop();
  });
});

describe("a call", () => {
  it("whose token is no longer taken is made again once with another", async () => {
    answer = () => signedIn("old");
    await session.signIn({ email: "a", password: "b" });
    answer = ({ path, authorization }) => {
      if (path.endsWith("/refresh")) {
        return signedIn("new");
      }
      return authorization === "Bearer new" ? json(200, { boards: [] }) : refused("not_authenticated");
    };
    expect(await createApi(session).readBoards()).toEqual([]);
    expect(calls.map(({ path }) => path)).toEqual([
      "/api/session",
      "/api/boards",
      "/api/session/refresh",
      "/api/boards",
    ]);
  });

  it("without a network is refused as offline", async () => {
    answer = () => {
      throw new TypeError("Failed to fetch");
    };
    const preview = createApi(session).previewInvitation({ board_id: "b", invitation_id: "i", token: "t" });
    await expect(preview).rejects.toMatchObject({ status: 0, code: "offline", isTransient: true });
  });

  it("answered by a proxy's page says that nothing usable came", async () => {
    answer = () => new Response("<html>Bad gateway</html>", { status: 502 });
    const preview = createApi(session).previewInvitation({ board_id: "b", invitation_id: "i", token: "t" });
    await expect(preview).rejects.toMatchObject({ status: 502, code: "unavailable" });
  });

  it("for a page of the log names only what was asked for", async () => {
    answer = ({ path }) => (path.endsWith("/refresh") ? signedIn("token") : json(200, {}));
    const api = createApi(session);
    await api.readChanges("b", { after: 3 });
    await api.readChanges("b", { after: 3, limit: 20, recordId: "t" });
    expect(calls.slice(1).map(({ path }) => path)).toEqual([
      "/api/boards/b/changes?after=3",
      "/api/boards/b/changes?after=3&limit=20&record_id=t",
    ]);
  });
});
