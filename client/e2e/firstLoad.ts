import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";

/** What the scripts of a first load may come to, compressed. */
export const FIRST_LOAD_BYTES = 250_000;

/** The screens that an address can open, by the names of their modules. */
export const FIRST_SCREENS = [
  "SignInScreen",
  "SignUpScreen",
  "JoinScreen",
  "TodayScreen",
  "BoardsScreen",
  "BoardScreen",
  "TrashScreen",
  "GoalsScreen",
  "GoalScreen",
  "SettingsScreen",
] as const;

const SCRIPT_OF_PAGE = /assets\/([^"]+\.js)"/g;
const IMPORT = /(?:from|import)\s*["']\.\/([^"']+\.js)["']/g;

const namesIn = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = ""]) => name);

export const textOfScript = (client: string, name: string): string => readFileSync(join(client, "assets", name), "utf8");

/** The names of all scripts that a screen needs before it shows: its own, the page's, and theirs. */
export function firstLoadScripts(client: string, screen: (typeof FIRST_SCREENS)[number]): ReadonlySet<string> {
  const assets = join(client, "assets");
  const own = readdirSync(assets).filter((name) => name.startsWith(`${screen}-`) && name.endsWith(".js"));
  if (own.length !== 1) throw new Error(`There are ${own.length} scripts of ${screen} in ${assets}.`);
  const needed = [...own, ...namesIn(readFileSync(join(client, "index.html"), "utf8"), SCRIPT_OF_PAGE)];
  const found = new Set<string>();
  for (let name = needed.pop(); name !== undefined; name = needed.pop()) {
    if (!found.has(name)) {
      found.add(name);
      needed.push(...namesIn(textOfScript(client, name), IMPORT));
    }
  }
  return found;
}

/** Their bytes, as they go over the wire. */
export function firstLoadBytes(client: string, screen: (typeof FIRST_SCREENS)[number]): number {
  const sizes = [...firstLoadScripts(client, screen)].map((name) => {
    const script = readFileSync(join(client, "assets", name));
    return gzipSync(script, { level: constants.Z_BEST_COMPRESSION }).length;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
