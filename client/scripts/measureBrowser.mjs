// Measures the client in a real browser: `npm run measure-browser -- [--json FILE]`. Playwright takes no options of ours.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { json: { type: "string" } } });
const env = { ...process.env };
if (values.json !== undefined) {
  // npm runs scripts in the folder of package.json; a path is meant from where it was typed.
  env.MEASURE_BROWSER_JSON = resolve(process.env.INIT_CWD ?? ".", values.json);
}
const { status } = spawnSync("playwright", ["test", "--project=benchmarks"], { env, stdio: "inherit" });
process.exit(status ?? 1);
