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

/** The bytes of all scripts that a screen needs before it shows, as they go over the wire: its own, the page's, and theirs. */
export function firstLoadBytes(client: string, screen: (typeof FIRST_SCREENS)[number]): number {
  const assets = join(client, "assets");
  const own = readdirSync(assets).filter((name) => name.startsWith(`${screen}-`) && name.endsWith(".js"));
  if (own.length !== 1) throw new Error(`There are ${own.length} scripts of ${screen} in ${assets}.`);
  const needed = [...own, ...namesIn(readFileSync(join(client, "index.html"), "utf8"), SCRIPT_OF_PAGE)];
  const sizes = new Map<string, number>();
  for (let name = needed.pop(); name !== undefined; name = needed.pop()) {
    if (!sizes.has(name)) {
      const script = readFileSync(join(assets, name));
      sizes.set(name, gzipSync(script, { level: constants.Z_BEST_COMPRESSION }).length);
      needed.push(...namesIn(script.toString(), IMPORT));
    }
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
