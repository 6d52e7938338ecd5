import { readdirSync } from "node:fs";

import { createNodeResolver, importX } from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y-x";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const LAYERS = ["protocol", "sync", "ui", "features", "app"];

/** What may be imported points one way: protocol <- sync <- ui <- features <- app. */
const layerZones = LAYERS.map((layer, height) => ({
  target: `./src/${layer}`,
  from: LAYERS.slice(height + 1).map((above) => `./src/${above}`),
  message: `${layer} may import only what stands below it: ${LAYERS.slice(0, height).join(", ") || "nothing"}.`,
})).filter((zone) => zone.from.length > 0);

/** Features are closed rooms: they meet only in app. */
function featureZones() {
  let features;
  try {
    features = readdirSync(new URL("src/features", import.meta.url));
  } catch {
    return [];
  }
  return features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: "./src/features",
    except: [`./${feature}`],
    message: "Features never import each other; what two of them need belongs in ui or sync.",
  }));
}

export default defineConfig(
  globalIgnores(["dist", "coverage", "test-results", "playwright-report", "src/protocol/*.gen.ts"]),
  {
    files: ["**/*.{ts,tsx}"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat["recommended-latest"],
      jsxA11y.configs.recommended,
    ],
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js", ".json"] })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
    },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: [...layerZones, ...featureZones()] }],
      "import-x/no-cycle": "error",
      "import-x/no-duplicates": "error",
      "import-x/order": [
        "error",
        {
          groups: ["builtin", "external", ["parent", "sibling", "index"]],
          "newlines-between": "always",
          alphabetize: { order: "asc" },
        },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      // A leading underscore or a rest sibling says: named only to be left out.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      // Maps of records are plain objects (Redux), so a record is removed by its key.
      "@typescript-eslint/no-dynamic-delete": "off",
      eqeqeq: "error",
      "no-console": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true }],
    },
  },
  {
    // The contract knows neither a browser nor a network.
    files: ["src/protocol/**"],
    rules: { "no-restricted-globals": ["error", "document", "window", "fetch", "WebSocket"] },
  },
  {
    files: ["**/*.test.{ts,tsx}", "src/testing/**"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
