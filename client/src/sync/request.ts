import { ApiError } from "./apiError";

export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below /api, with a leading slash. */
  readonly path: string;
  readonly body?: object;
}

/** Makes one REST call. Throws ApiError for everything but success; an empty answer is undefined. */
export async function request(call: Call, accessToken: string | null): Promise<unknown> {
  const response = await send(call, accessToken);
  if (response.ok) {
    return response.status === 204 ? undefined : await readJson(response);
  }
  throw await errorOf(response);
}

async function send({ method, path, body }: Call, accessToken: string | null): Promise<Response> {
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
  return new ApiError(
    response.status,
    code ?? "unavailable",
    message ?? `The server answered ${response.status} without a reason.`,
  );
}

function offline(cause: unknown): ApiError {
  const error = new ApiError(0, "offline", "There is no connection to the server.");
  error.cause = cause;
  return error;
}
