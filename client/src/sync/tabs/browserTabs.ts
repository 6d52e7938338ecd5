import type { TabChannel, TabGround, TabMessage } from "./tabMessages";

/** What the tabs of this browser share under a name; null where it offers no such thing, as in an insecure context. */
export function browserTabs(name: string): TabGround | null {
  const { locks } = navigator as { locks?: LockManager };
  if (locks === undefined || typeof BroadcastChannel === "undefined") {
    return null;
  }
  return { channel: openChannel(name), lock: { request: (options, hold) => locks.request(name, options, hold) } };
}

function openChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (hear) => channel.addEventListener("message", (event: MessageEvent<TabMessage>) => hear(event.data)),
    close: () => channel.close(),
  };
}
