import { ApiError } from "./apiError";

export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below /api, with a leading slash. */
  readonly path: string;
  readonly body?: object;
  /** When to give up; a network that swallows everything never says so itself. */
  readonly timeout_ms?: number;
}

/** Long enough for a large snapshot over a slow line. */
const TIMEOUT_MS = 60_000;

/** Makes one REST call. Throws ApiError for everything but success; an empty answer is undefined. */
export async function request(call: Call, accessToken: string | null): Promise<unknown> {
  const response = await send(call, accessToken);
  if (response.ok) {
    return response.status === 204 ? undefined : await readJson(response);
  }
  throw await errorOf(response);
}

async function send({ method, path, body, timeout_ms = TIMEOUT_MS }: Call, accessToken: string | null): Promise<Response> {
  const headers: Record<string, string> = {};
  if (accessToken !== null) {
    headers.authorization = `Bearer ${accessToken}`;
  }
  if (body !== undefined) {
    headers["content-type"] = "application/json";
  }
  try {
    // The replica is the cache; an answer kept by the browser could only be older.
    return await fetch(`/api${path}`, {
      method,
      headers,
      cache: "no-store",
      signal: AbortSignal.timeout(timeout_ms),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw offline(cause);
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    // Cut off in the middle, or a proxy's page in place of the answer.
    throw offline(cause);
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const { code, message } = (body as { error?: { code?: string; message?: string } } | null)?.error ?? {};
  if (code !== undefined) {
    return new ApiError(response.status, code, message ?? `The server answered ${response.status} without a reason.`);
  }
  // Without a code it is not the server that speaks. A gateway may know that the server is away; what a hotel's network
  // refuses, the server has never heard of: such a 401 must not sign anybody out.
  return response.status === 429 || response.status >= 500
    ? new ApiError(response.status, "unavailable", `The server answered ${response.status} without a reason.`)
    : offline(response.status);
}

function offline(cause: unknown): ApiError {
  const error = new ApiError(0, "offline", "There is no connection to the server.");
  error.cause = cause;
  return error;
}
