import { Installation } from "./installation";
import { announceNodes } from "./nodes";

/** One installation for the whole run. It ends with the run, also when tests fail. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const installation = await Installation.start();
  announceNodes(installation.nodes);
  return () => installation.remove();
}
