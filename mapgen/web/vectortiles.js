/**
 * Vector tiles in the page's quiet colours: the layers that the usual schemas name (Protomaps, OpenMapTiles, Shortbread),
 * and whatever an archive without any of those holds, as plain areas, lines and points.
 */
import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

/**
 * @typedef {import("./labels.js").Label} Label
 * @typedef {import("@mapbox/vector-tile").VectorTileFeature} Feature
 * @typedef {"land" | "green" | "water" | "building" | "region" | "border" | "road" | "river" | "place" | "own"} Role
 */

/** What the layers of the schemas are, in the order in which they are drawn. @type {[Role, string[]][]} */
const ROLES = [
  ["land", ["earth"]],
  ["green", ["landcover", "landuse", "park", "land", "natural", "globallandcover"]],
  ["water", ["water", "ocean", "water_polygons"]],
  ["river", ["waterway", "water_lines"]],
  ["building", ["building", "buildings"]],
  ["road", ["transportation", "roads", "streets"]],
  ["border", ["boundary", "boundaries"]],
  ["place", ["place", "places", "place_labels"]],
];
const KNOWN = new Map(ROLES.flatMap(([role, layers]) => layers.map((layer) => /** @type {const} */ ([layer, role]))));
const GREEN = /^(?:wood|forest|park|grass|grassland|nature_reserve|national_park|protected_area|meadow|scrub|garden|orchard|farmland|green)$/;
/** Classes of roads in the schemas ─► pixels of width at zoom 12, and from which zoom on. @type {[RegExp, number, number][]} */
const ROADS = [
  [/^(?:motorway|trunk|highway)/, 2.4, 5],
  [/^(?:primary|major_road)/, 1.8, 8],
  [/^(?:secondary|tertiary|medium_road)/, 1.3, 10],
  [/^(?:minor|residential|unclassified|street|living_street|service|minor_road|pedestrian)/, 0.8, 12],
];
const COLORS = {
  light: { green: "#e6eddd", building: "#e8e3da", road: "#ffffff", casing: "#ddd6ca" },
  dark: { green: "#1f2d2a", building: "#28323a", road: "#36424c", casing: "#141b21" },
};
const POINT = 1;
const LINE = 2;
const AREA = 3;
const BUILDINGS_FROM = 14;

export class Painter {
  /** @param {string} lang of the names, ISO 639-1 @param {{id?: string}[]} [layers] as the archive lists them */
  constructor(lang, layers = []) {
    const ids = layers.map(({ id }) => id ?? "");
    this.lang = lang;
    /** whether it is a basemap; else its layers are the user's own */
    this.base = ids.some((id) => KNOWN.has(id));
    this.ground = this.base && !ids.some((id) => KNOWN.get(id) === "land");
    this.names = ids.some((id) => KNOWN.get(id) === "place");
  }

  /** The colours of the page, as they are now. @returns {Record<string, string>} */
  colors() {
    const style = getComputedStyle(document.documentElement);
    const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? COLORS.dark : COLORS.light;
    const page = Object.fromEntries(["sea", "land", "border", "region", "river", "ink-2"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    return { ...scheme, ...page };
  }

  /**
   * Draw a tile, or the part of one above it, and give the names in it.
   * @param {CanvasRenderingContext2D} pen @param {import("./pmtiles.js").Found} found
   * @param {{z: number, x: number, y: number}} at of the tile that is wanted
   * @returns {Label[]}
   */
  paint(pen, { bytes, above, x, y }, at) {
    const { layers } = new VectorTile(new PbfReader(new Uint8Array(bytes)));
    const colors = this.colors();
    const side = pen.canvas.width;
    pen.lineJoin = pen.lineCap = "round";
    if (this.base) fillAll(pen, colors[this.ground ? "land" : "sea"] ?? "");
    for (const [name, role] of this.order(Object.keys(layers))) {
      const layer = layers[name];
      if (!layer || role === "place") continue;
      const scale = (side * 2 ** above) / layer.extent;
      const trace = tracer(pen, scale, x * side, y * side);
      for (let n = 0; n < layer.length; n++) draw(pen, role, layer.feature(n), trace, at.z, colors);
    }
    return Object.keys(layers).flatMap((name) => this.named(layers[name], name, { above, x, y }, at));
  }

  /** The layers of a tile that are drawn, each with what it is. @param {string[]} names @returns {[string, Role][]} */
  order(names) {
    if (!this.base) return names.map((name) => [name, "own"]);
    return ROLES.flatMap(([role, layers]) => names.filter((name) => layers.includes(name)).map((name) => /** @type {[string, Role]} */ ([name, role])));
  }

  /** @param {import("@mapbox/vector-tile").VectorTileLayer | undefined} layer @param {string} name @param {{above: number, x: number, y: number}} part @param {{z: number, x: number, y: number}} at @returns {Label[]} */
  named(layer, name, { above, x, y }, at) {
    if (!layer || (this.base && KNOWN.get(name) !== "place")) return [];
    const found = [];
    for (let n = 0; n < layer.length; n++) {
      const feature = layer.feature(n);
      const { properties } = feature;
      const text = properties[`name:${this.lang}`] ?? properties[`name_${this.lang}`] ?? properties["name"];
      const point = feature.type === POINT ? feature.loadGeometry()[0]?.[0] : undefined;
      if (!point || typeof text !== "string" || !text) continue;
      const [left, top] = [(point.x / layer.extent) * 2 ** above - x, (point.y / layer.extent) * 2 ** above - y];
      if (left < 0 || top < 0 || left >= 1 || top >= 1) continue; // of the tile beside it
      found.push({ text, ...standing(properties), ...degrees(at.x + left, at.y + top, at.z) });
    }
    return found;
  }
}

/** @param {CanvasRenderingContext2D} pen @param {string} color */
function fillAll(pen, color) {
  pen.fillStyle = color;
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
}

/** @param {CanvasRenderingContext2D} pen @param {number} scale @param {number} left @param {number} top */
function tracer(pen, scale, left, top) {
  /** @param {Feature} feature */
  return (feature) => {
    pen.beginPath();
    for (const line of feature.loadGeometry()) {
      line.forEach((point, n) => {
        const [px, py] = [point.x * scale - left, point.y * scale - top];
        if (feature.type === POINT) pen.moveTo(px + 5, py), pen.arc(px, py, 5, 0, 7);
        else if (n) pen.lineTo(px, py);
        else pen.moveTo(px, py);
      });
      if (feature.type === AREA) pen.closePath();
    }
  };
}

/**
 * @param {CanvasRenderingContext2D} pen @param {Role} role @param {Feature} feature @param {(feature: Feature) => void} trace
 * @param {number} zoom of tiles @param {Record<string, string>} colors
 */
function draw(pen, role, feature, trace, zoom, colors) {
  const { properties, type } = feature;
  /** @param {string | undefined} color */
  const fill = (color) => {
    if (type !== AREA || !color) return;
    pen.fillStyle = color;
    trace(feature);
    pen.fill("evenodd");
  };
  /** @param {string | undefined} color @param {number} width CSS pixels @param {number[]} [dashes] */
  const stroke = (color, width, dashes = []) => {
    pen.strokeStyle = color ?? "";
    pen.lineWidth = width * 2;
    pen.setLineDash(dashes);
    trace(feature);
    pen.stroke();
  };
  const kind = String(properties["class"] ?? properties["kind"] ?? properties["subclass"] ?? "");
  if (role === "land") return fill(colors["land"]);
  if (role === "green") return GREEN.test(kind) ? fill(colors["green"]) : undefined;
  if (role === "water") return type === LINE ? stroke(colors["river"], 1) : fill(colors["sea"]);
  if (role === "river") return type === LINE ? stroke(colors["river"], 1) : undefined;
  if (role === "building") return zoom >= BUILDINGS_FROM - 1 ? fill(colors["building"]) : undefined;
  if (role === "border") return border(properties, stroke, colors);
  if (role === "road") {
    const [, width = 0, from = 99] = ROADS.find(([classes]) => classes.test(kind)) ?? [];
    const broad = width * 2 ** ((zoom - 11) / 2);
    if (type !== LINE || zoom + 1 < from) return undefined;
    stroke(colors["casing"], broad + 1);
    return stroke(colors["road"], broad);
  }
  pen.globalAlpha = 0.14;
  fill(colors["ink-2"]);
  pen.globalAlpha = 0.75;
  if (type === POINT) (pen.fillStyle = colors["ink-2"] ?? ""), trace(feature), pen.fill();
  else stroke(colors["ink-2"], 1);
  pen.globalAlpha = 1;
  return undefined;
}

/** Countries' borders, disputed ones dashed; those of first-level regions fainter. @param {Record<string, any>} properties @param {(color: string | undefined, width: number, dashes?: number[]) => void} stroke @param {Record<string, string>} colors */
function border(properties, stroke, colors) {
  const level = Number(properties["admin_level"] ?? properties["kind_detail"] ?? (properties["kind"] === "country" ? 2 : 4));
  if (properties["maritime"] === 1 || properties["maritime"] === true || level > 4) return;
  const disputed = Number(properties["disputed"] ?? 0) > 0 || properties["disputed"] === true;
  stroke(level <= 2 ? colors["border"] : colors["region"], 1, disputed ? [8, 6] : []);
}

/** What a name is, and how it weighs beside others. @param {Record<string, any>} properties @returns {Pick<Label, "kind" | "weight">} */
function standing(properties) {
  const kind = String(properties["class"] ?? properties["kind"] ?? "");
  if (/^(?:country|continent)$/.test(kind)) return { kind: "country", weight: 500 };
  if (/^(?:state|region|province)$/.test(kind)) return { kind: "region", weight: 300 };
  const people = Number(properties["population_rank"] ?? NaN); // Protomaps: more is larger
  const rank = Number(properties["rank"] ?? NaN); // OpenMapTiles: less is larger
  return { kind: "city", weight: 380 + (Number.isFinite(people) ? people : Number.isFinite(rank) ? 17 - Math.min(rank, 17) : kind === "city" ? 10 : 0) };
}

/** Web Mercator. @param {number} x tiles @param {number} y tiles @param {number} z */
function degrees(x, y, z) {
  const turn = Math.PI * (1 - (2 * y) / 2 ** z);
  return { lon: (x / 2 ** z) * 360 - 180, lat: (Math.atan(Math.sinh(turn)) * 180) / Math.PI };
}
