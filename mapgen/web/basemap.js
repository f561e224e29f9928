/**
 * The offline basemap: land, borders, regions, lakes, rivers, drawn as SVG paths that the stylesheet colours.
 *
 * The payload, as `mapgen/exporters/basemap.py` packs it (all coordinates are integers, longitude first):
 *
 *     {
 *       "scale": 0.001,                     // degrees in one unit
 *       "box": [west, south, east, north],  // units; what the basemap covers: the reader cannot pan beyond it
 *       "land", "lakes": [ring, …],         // filled and never stroked, so that edges cut at the box do not show
 *       "borders", "disputed", "regions", "rivers": [line, …],     // between countries, not coasts; first-level regions
 *       "names": {"country", "region", "city": {"text": [name, …], "at": points, "rank": "1132…"}},    // 1 the largest
 *       "attribution": ["Natural Earth", …]
 *     }
 *
 * A ring, line or list of points is one text of packed integers: five bits a character, the lowest first, with the sign
 * as the very lowest bit.  Rings and lines hold their first point, then the steps from point to point.  Longitudes may
 * run beyond ±180, so that a box across the antimeridian is one piece.
 */
import * as L from "leaflet";

/**
 * @typedef {import("./types.js").Base} Base
 * @typedef {import("./types.js").Path} Path
 * @typedef {import("./labels.js").Label} Label
 */

/** From which zoom on a town of each rank may be named. */
const CITY_ZOOM = [0, 0, 4, 5.5, 7];
const REGION_ZOOM = 5.5;
const COUNTRY_ZOOM_MAX = 8;

const DIGITS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((char, n) => [char, n]));

/** @param {string} text packed integers */
export function unpack(text) {
  /** @type {number[]} */
  const numbers = [];
  let [value, weight] = [0, 1];
  for (const char of text) {
    const digit = DIGITS.get(char) ?? 0;
    value += (digit & 31) * weight;
    weight *= 32;
    if (digit > 31) continue;
    numbers.push(value % 2 ? -(value + 1) / 2 : value / 2);
    [value, weight] = [0, 1];
  }
  return numbers;
}

/** @param {Path} path @param {number} scale @returns {[number, number][]} lat, lon, as Leaflet wants them */
export function decode(path, scale) {
  let [x, y] = [0, 0];
  const steps = unpack(path);
  /** @type {[number, number][]} */
  const points = [];
  for (let n = 0; n + 1 < steps.length; n += 2) {
    x += steps[n] ?? 0;
    y += steps[n + 1] ?? 0;
    points.push([y * scale, x * scale]);
  }
  return points;
}

/** @param {L.Map} map @param {Base} base */
export function drawBase(map, base) {
  const pane = map.createPane("base");
  const renderer = L.svg({ pane: "base", padding: 0.6 });
  /** @param {string} className */
  const options = (className) => ({ renderer, className, interactive: false, smoothFactor: 0.7 });
  /** @param {Path[]} paths @param {string} className */
  const fill = (paths, className) => paths.length && L.polygon(paths.map((path) => [decode(path, base.scale)]), options(className)).addTo(map);
  /** @param {Path[]} paths @param {string} className */
  const line = (paths, className) => paths.length && L.polyline(paths.map((path) => decode(path, base.scale)), options(className)).addTo(map);
  pane.setAttribute("aria-hidden", "true");
  fill(base.land, "base-land");
  line(base.regions, "base-region");
  line(base.rivers, "base-river");
  fill(base.lakes, "base-water");
  line(base.borders, "base-border");
  line(base.disputed, "base-border is-disputed");
}

/** @param {Base} base @returns {L.LatLngBounds} */
export function coverage(base) {
  const [west, south, east, north] = /** @type {[number, number, number, number]} */ (base.box.map((value) => value * base.scale));
  return L.latLngBounds([south, west], [north, east]);
}

/** @type {WeakMap<Base, Label[]>} all names of a base, the heaviest first; `from` and `to`: at which zooms they stand */
const known = new WeakMap();

/** @param {Base} base @returns {Label[]} */
function allLabels(base) {
  /** @param {"country" | "region" | "city"} kind @param {(rank: number) => {weight: number, from: number, to: number}} standing */
  const labels = (kind, standing) => {
    const { text, at, rank } = base.names[kind];
    const points = unpack(at);
    return text.map((name, n) => ({ text: name, kind, lat: (points[2 * n + 1] ?? 0) * base.scale, lon: (points[2 * n] ?? 0) * base.scale, ...standing(Number(rank[n])) }));
  };
  return [
    ...labels("country", (rank) => ({ weight: 500 - rank, from: 0, to: COUNTRY_ZOOM_MAX })),
    ...labels("city", (rank) => ({ weight: 400 - rank, from: CITY_ZOOM[rank] ?? 8, to: 99 })),
    ...labels("region", () => ({ weight: 300, from: REGION_ZOOM, to: 99 })),
  ];
}

/** The names on the basemap, as far as they matter at a zoom. @param {Base} base @param {number} zoom @returns {Label[]} */
export function baseLabels(base, zoom) {
  const labels = known.get(base) ?? allLabels(base);
  known.set(base, labels);
  return labels.filter(({ from = 0, to = 99 }) => zoom >= from && zoom < to);
}
