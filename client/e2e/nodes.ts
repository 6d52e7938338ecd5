import type { Nodes } from "./installation";

/** Playwright hands the environment of the setup on to its workers. */
const NAME = "LOCKSTEP_E2E_NODES";

export function announceNodes(nodes: Nodes): void {
  process.env[NAME] = nodes.join(" ");
}

/** The nodes that the run's setup started. */
export function runningNodes(): Nodes {
  const [first, second] = process.env[NAME]?.split(" ") ?? [];
  if (first === undefined || second === undefined) throw new Error("The run's setup has started no nodes.");
  return [first, second];
}
