import preact from "@preact/preset-vite";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Write the service worker's list of files, and a version that changes with any of them. */
function listForOffline(): Plugin {
  return {
    name: "list-for-offline",
    apply: "build",
    generateBundle(_, bundle) {
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk") return;
      const shown = Object.keys(bundle).filter((file) => file !== "sw.js" && !file.endsWith(".map"));
      const still = readdirSync("public");
      const files = ["/", ...[...shown, ...still].filter((file) => file !== "index.html").map((file) => `/${file}`)];
      const version = createHash("sha256");
      for (const file of shown) {
        const part = bundle[file];
        version.update(file).update(part?.type === "chunk" ? part.code : (part?.source ?? ""));
      }
      for (const file of still) version.update(readFileSync(join("public", file)));
      worker.code = worker.code
        .replace("__VERSION__", version.digest("hex").slice(0, 12))
        .replace(/["'`]__FILES__["'`]/, () => JSON.stringify(JSON.stringify(files)));
    },
  };
}

/**
 * The pieces of code: one for each journey, with the parts that it alone is made of (larger pieces shrink better), and
 * one of what two journeys or more are made of, which comes with the first load. A file that no list names still works:
 * it is a piece of its own.
 */
const JOURNEYS = {
  hip: "screens/(hip|emergency|where|interview|answers|result|words|who) parts/(body-map|pains) state/words",
  day: "screens/(check-in|after-run|session|exercise) offline/(cells|table) parts/figure state/(after-run|checkin|device|session)",
  plan: "screens/(plan|history|race|weekly|wishes) api/outlook parts/(calendar|chip|drag|length-field|locks|month|move|proposals|rests|stages|turn|why-plan) state/(lengths|weekly)",
  training: "screens/(training|import|charts|form|quality)",
  more: "screens/(more|progress|ask|share|pairing|settings) parts/(page|ring|take) state/(page|progress)",
};
const SHARED = { name: "parts", test: /src.(parts|state|api|offline|texts)./, minShareCount: 2, entriesAware: false };
const PIECES = [...Object.entries(JOURNEYS).map(([name, files]) => ({ name, test: within(files) })), SHARED];

/** Whether a file is one of FILES. */
function within(files: string): RegExp {
  return new RegExp(`/src/(${files.replaceAll(" ", "|")})\\.tsx?$`);
}

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false }), listForOffline()],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false, resolveDependencies: (_, files, { hostType }) => (hostType === "html" ? files : []) },
    assetsInlineLimit: 0, // the content policy of the server allows no data: addresses for code
    rollupOptions: {
      input: { index: "index.html", sw: "src/sw.ts" },
      output: {
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        codeSplitting: { includeDependenciesRecursively: false, groups: PIECES },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8470" } },
});
