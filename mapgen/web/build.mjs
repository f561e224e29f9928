/**
 * Builds the page's script and stylesheet into mapgen/web/dist/: `npm run build`.
 *
 * Same sources, same bytes.  Licences of what is bundled stay in the files, as comments at their end.
 */
import { readdirSync, readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const dist = join(here, "dist");

/** The path data of each drawing in icons/, by its name: the page imports it, the static picture reads icons.json. */
const drawings = {};
for (const file of readdirSync(join(here, "icons")).sort()) {
  const found = /^<svg [^>]*><path d="([^"]+)"\/><\/svg>\s*$/.exec(readFileSync(join(here, "icons", file), "utf8"));
  if (!found) throw new Error(`icons/${file}: must be one <svg> with one <path d="…"/>`);
  drawings[file.replace(/\.svg$/, "")] = found[1];
}

/** `import { icons } from "virtual:icons"` */
const icons = {
  name: "icons",
  setup(build) {
    build.onResolve({ filter: /^virtual:icons$/ }, () => ({ path: "icons", namespace: "icons" }));
    build.onLoad({ filter: /.*/, namespace: "icons" }, () => ({ contents: `export const icons = ${JSON.stringify(drawings)};` }));
  },
};

const licence = readFileSync(join(root, "node_modules", "leaflet", "LICENSE"), "utf8").trim().replace(/\*\//g, "* /");
const result = await build({
  absWorkingDir: root,
  entryPoints: { mapgen: "mapgen/web/index.js", style: "mapgen/web/style.css" },
  outdir: dist,
  bundle: true,
  format: "iife",
  minify: true,
  target: ["chrome105", "firefox110", "safari16"],
  charset: "utf8",
  legalComments: "none",
  loader: { ".png": "empty" },
  footer: { js: `/* Leaflet 1.9.4, bundled under this licence:\n\n${licence}\n*/` },
  plugins: [icons],
  write: false,
  logLevel: "warning",
});
mkdirSync(dist, { recursive: true });
for (const file of result.outputFiles) writeFileSync(file.path, file.contents);
writeFileSync(join(dist, "icons.json"), JSON.stringify(drawings));
