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

/** What two screens or more are made of comes with the first load, in one piece; each other screen is a piece of its own. */
const SHARED = { name: "parts", test: /src.(parts|state|api|offline|texts)./, minShareCount: 2, entriesAware: false };

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
        codeSplitting: { groups: [SHARED] },
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8470" } },
});
