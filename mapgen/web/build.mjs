/**
 * Builds the page's script and stylesheet into mapgen/web/dist/: `npm run build`.
 *
 * Same sources, same bytes.  Licences of what is bundled stay in the files, as comments at their end.
 */
import { existsSync, readdirSync, readFileSync, mkdirSync, writeFileSync } from "node:fs";
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

/** What a package says of its licence; `text` where it comes with it. @param {string} name */
function licenceOf(name) {
  const folder = join(root, "node_modules", name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((file) => /^(mit-)?licen[cs]e/i.test(file));
  return { name, version, license, author: author?.name ?? author ?? `the authors of ${name}`, text: file && readFileSync(join(folder, file), "utf8").trim() };
}

/** Every package that the lock file names. */
const installed = Object.keys(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? []);

/** The licences of packages, as one comment of scripts and styles alike. @param {Iterable<string>} packages */
function licences(packages) {
  const told = [...new Set(packages)].sort().map((name) => {
    const { version, license, author, text } = licenceOf(name);
    if (text) return `${name} ${version}, bundled under this licence:\n\n${text}`;
    const same = installed.filter((other) => existsSync(join(root, "node_modules", other))).map(licenceOf).find((other) => other.text && other.license === license);
    if (!same) throw new Error(`${name} comes without the text of its licence`);
    return `${name} ${version}, bundled under this licence: ${license}, copyright ${author}; its conditions are those that ${same.name} comes with:\n\n${same.text}`;
  });
  return told.length ? `\n/* ${told.join("\n\n").replaceAll("*/", "* /")}\n*/\n` : "";
}

/** The packages that a bundle was made from. */
const packagesOf = (metafile) => Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);

/** Modules of Leaflet that no map of ours uses, if it draws no layers of others: what stands in for each. */
const UNUSED = {
  "layer/vector/Canvas": "export const Canvas = null; export const canvas = null;",
  "layer/vector/Rectangle": "export const Rectangle = null; export const rectangle = null;",
  "layer/vector/SVG.VML": "export const vmlMixin = {}; export const vmlCreate = null;",
  "layer/marker/Marker.Drag": "export const MarkerDrag = null;",
  "map/handler/Map.TapHold": "export const TapHold = null;",
};
/** Classes of Leaflet's stylesheet that stand on nothing of ours. */
const UNSEEN = /leaflet-(?:control|bar|top|right|bottom|left|touch |oldie|vml|retina|default-icon|div-icon|crosshair|image|marker-shadow|attribution|popup-close)|lvml|tooltip-\w+:before/;

/** Leaflet without what only layers of others need. @param {string} parts the module that names what is needed */
const lean = (parts) => ({
  name: "lean",
  setup(build) {
    build.onResolve({ filter: /^leaflet$/ }, () => ({ path: join(here, parts) }));
    for (const [module, contents] of Object.entries(UNUSED)) {
      const path = module.split("/").map((part) => part.replaceAll(".", "\\.")).join("[/\\\\]");
      build.onLoad({ filter: new RegExp(`leaflet[/\\\\]src[/\\\\]${path}\\.js$`) }, () => ({ contents }));
    }
    build.onLoad({ filter: /leaflet\.css$/ }, ({ path }) => ({ contents: seen(readFileSync(path, "utf8")), loader: "css" }));
  },
});

/** The rules of a stylesheet that may apply, before its first block of rules. @param {string} css */
function seen(css) {
  const [rules] = css.replace(/\/\*[^]*?\*\//g, "").split("@media");
  return rules.replace(/([^{}]+)(\{[^{}]*\})/g, (_, selectors, body) => {
    const kept = selectors.split(",").map((one) => one.trim()).filter((one) => !UNSEEN.test(one));
    return kept.length ? `${kept.join(",")}${body}` : "";
  });
}
const page = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  format: "iife",
  minify: true,
  target: ["chrome105", "firefox110", "safari16"],
  charset: "utf8",
  legalComments: "none",
  loader: { ".png": "empty" },
  metafile: true,
  write: false,
  logLevel: "warning",
};
const results = [
  await build({ ...page, entryPoints: { mapgen: "mapgen/web/index.js", style: "mapgen/web/style.css" }, plugins: [icons, lean("leaflet.mjs")] }),
  await build({ ...page, entryPoints: { "mapgen-large": "mapgen/web/large.js" }, plugins: [icons, lean("leaflet-large.mjs")] }),
  await build({ ...page, entryPoints: { "mapgen-open": "mapgen/web/open.js", "style-open": "mapgen/web/style.css" }, plugins: [icons] }),
  await build({ ...page, entryPoints: { pmtiles: "mapgen/web/pmtiles.js" } }),
];
/** Plugins of Leaflet that layers of folium use, under the names by which folium fetches them. */
const PLUGINS = {
  "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
  "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
  "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
  "leaflet_heat.min.js": "leaflet.heat/dist/leaflet-heat.js",
  "Control.MiniMap.js": "leaflet-minimap/dist/Control.MiniMap.min.js",
  "Control.MiniMap.css": "leaflet-minimap/dist/Control.MiniMap.min.css",
  "Control.FullScreen.min.js": "leaflet.fullscreen/Control.FullScreen.js",
  "Control.FullScreen.css": "leaflet.fullscreen/Control.FullScreen.css",
  "L.Control.MousePosition.min.js": "leaflet-mouse-position/src/L.Control.MousePosition.js",
  "L.Control.MousePosition.min.css": "leaflet-mouse-position/src/L.Control.MousePosition.css",
  "leaflet.draw.js": "leaflet-draw/dist/leaflet.draw.js",
  "leaflet.draw.css": "leaflet-draw/dist/leaflet.draw.css",
  "iso8601.min.js": "iso8601-js-period/iso8601.js",
  "moment.min.js": "moment/moment.js",
  "leaflet.timedimension.min.js": "leaflet-timedimension/dist/leaflet.timedimension.src.js",
  "leaflet.timedimension.control.css": "leaflet-timedimension/dist/leaflet.timedimension.control.css",
};
/** Signs that a plugin takes from a font on somebody's server: characters in their place. @type {Record<string, Record<string, string>>} */
const SIGNS = { "leaflet.timedimension.control.css": {
  backward: "\u25c2\u25c2", play: "\u25b6", "play.pause": "\u2016", forward: "\u25b8\u25b8", stop: "\u25a0", loop: "\u21bb", speed: "\u00bb", "date.loading": "\u2026",
} };
/** What folium names for TimestampedGeoJson, and nothing in it uses. */
const NEEDLESS = ["jquery.min.js", "jquery-ui.min.js", "default.min.css"];
const common = { absWorkingDir: root, tsconfigRaw: {}, minify: true, charset: "utf8", legalComments: "none", write: false, logLevel: "error", loader: { ".png": "dataurl", ".svg": "dataurl" } };
mkdirSync(dist, { recursive: true });
for (const [name, path] of Object.entries(PLUGINS)) {
  const styles = name.endsWith(".css");
  const [file] = (await build({ ...common, entryPoints: [join("node_modules", path)], bundle: styles, outfile: name })).outputFiles;
  const text = file.text.replace(/@font-face\{[^}]*\}/g, "") + Object.entries(SIGNS[name] ?? {}).map(([key, sign]) => `.timecontrol-${key}:before{content:"${sign}"}`).join("");
  writeFileSync(join(dist, `plugin-${name}`), text + licences([path.split("/")[0]]));
}
for (const name of NEEDLESS) writeFileSync(join(dist, `plugin-${name}`), "");
const [folium] = (await build({ ...common, entryPoints: ["mapgen/web/folium.js"], bundle: true, format: "iife", target: "es2022", outfile: "folium.js" })).outputFiles;
writeFileSync(join(dist, "folium.js"), folium.text + licences(["leaflet"]));
for (const { metafile, outputFiles } of results) {
  for (const file of outputFiles) writeFileSync(file.path, file.path.endsWith(".js") ? file.text + licences(packagesOf(metafile)) : file.contents);
}
writeFileSync(join(dist, "icons.json"), JSON.stringify(drawings));
