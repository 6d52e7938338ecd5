/**
 * A REST call that was not done: a code for machines and a sentence for people.
 *
 * `status` is the HTTP status; 0 with the code `offline`: no answer came at all.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** Whether the same call may succeed a little later without anybody doing anything. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}
