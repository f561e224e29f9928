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

/** The licences of the packages that a bundle was made from, as one comment. */
function licences(metafile) {
  const names = Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const told = [...new Set(names.filter(Boolean))].sort().map((name) => {
    const folder = join(root, "node_modules", name);
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
    if (!file) throw new Error(`${name} comes without the text of its licence`);
    return `${name} ${version}, bundled under this licence:\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
  });
  return `\n/* ${told.join("\n\n").replaceAll("*/", "* /")}\n*/\n`;
}

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
  metafile: true,
  plugins: [icons],
  write: false,
  logLevel: "warning",
});
mkdirSync(dist, { recursive: true });
for (const file of result.outputFiles) {
  writeFileSync(file.path, file.path.endsWith(".js") ? file.text + licences(result.metafile) : file.contents);
}
writeFileSync(join(dist, "icons.json"), JSON.stringify(drawings));
