import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Tests run in client/; the vectors are shared with the server's tests. */
const VECTORS = join(process.cwd(), "../tests/vectors");

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows the file it names
export function readVectors<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(VECTORS, name), "utf8")) as Content;
}

export function vectorFiles(folder: string): string[] {
  return readdirSync(join(VECTORS, folder)).map((name) => `${folder}/${name}`);
}
