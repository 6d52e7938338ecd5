import type { StopReason } from "./state";

/** What a close asks of the client: see the table in docs/protocol.md. */
export type CloseAdvice =
  | { readonly kind: "stop"; readonly reason: StopReason }
  | { readonly kind: "renew" }
  | { readonly kind: "come_back"; readonly at_least_ms: number };

const TOO_MANY_MS = 5_000;

export function afterClose(code: number): CloseAdvice {
  switch (code) {
    case 4400:
      return { kind: "stop", reason: "misuse" };
    case 4426:
      return { kind: "stop", reason: "outdated" };
    case 4401:
      return { kind: "renew" };
    case 4429:
      return { kind: "come_back", at_least_ms: TOO_MANY_MS };
    default:
      return { kind: "come_back", at_least_ms: 0 };
  }
}
