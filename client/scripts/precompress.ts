import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { constants, gzipSync } from "node:zlib";

import type { Plugin } from "vite";

const WORTH_COMPRESSING = /\.(?:js|css|html|svg|json|webmanifest)$/;
const SMALLEST_BYTES = 1024;

/** Writes `name.gz` beside each text file of a build, so that a node sends ready bytes and compresses nothing itself. */
export function precompress(): Plugin {
  let folder = "";
  return {
    name: "lockstep-precompress",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      // The service worker is written last of all.
      order: "post",
      sequential: true,
      handler() {
        for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
          const path = join(folder, name);
          if (!WORTH_COMPRESSING.test(name) || statSync(path).size < SMALLEST_BYTES) {
            continue;
          }
          writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
        }
      },
    },
  };
}
