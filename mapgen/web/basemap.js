/**
 * The offline basemap: land, borders, regions, lakes, rivers, drawn as SVG paths that the stylesheet colours.
 *
 * The payload, as `mapgen/exporters/basemap.py` writes it (all coordinates are integers, longitude first):
 *
 *     {
 *       "scale": 0.001,                     // degrees in one unit
 *       "box": [west, south, east, north],  // units; what the basemap covers: the reader cannot pan beyond it
 *       "countries": [{"id": "KZ", "name": "Kazakhstan", "label": [x, y], "rank": 1, "rings": [[x, y, dx, dy, …], …]}],
 *       "borders":   [{"disputed": false, "lines": [[x, y, dx, dy, …], …]}],   // between countries; not coasts
 *       "regions":   [{"name": "Orenburg Oblast", "label": [x, y], "lines": [[…], …]}],  // first-level borders
 *       "lakes":     [{"name": "Balkhash", "rings": [[…], …]}],
 *       "rivers":    [{"name": "Ural", "lines": [[…], …]}],
 *       "cities":    [{"name": "Almaty", "at": [x, y], "rank": 1}],             // 1 the largest … 4 small towns
 *       "attribution": ["Natural Earth", …]
 *     }
 *
 * A ring or line is a flat list: its first point, then the steps from point to point.  Rings are filled and never
 * stroked, so that edges cut at the box do not show; lines are stroked.  Longitudes may run beyond ±180, so that a
 * box across the antimeridian is one piece.  Every list may be missing or empty.
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

/** @param {Path} path @param {number} scale @returns {[number, number][]} lat, lon, as Leaflet wants them */
export function decode(path, scale) {
  let [x, y] = [0, 0];
  /** @type {[number, number][]} */
  const points = [];
  for (let n = 0; n + 1 < path.length; n += 2) {
    x += path[n] ?? 0;
    y += path[n + 1] ?? 0;
    points.push([y * scale, x * scale]);
  }
  return points;
}

/** @param {L.Map} map @param {Base} base */
export function drawBase(map, base) {
  const pane = map.createPane("base");
  const renderer = L.svg({ pane: "base", padding: 0.6 });
  /** @param {Path[]} paths @param {string} className */
  const fill = (paths, className) => paths.length
    && L.polygon(paths.map((path) => [decode(path, base.scale)]), { renderer, className, interactive: false, smoothFactor: 0.7 }).addTo(map);
  /** @param {Path[]} paths @param {string} className */
  const line = (paths, className) => paths.length
    && L.polyline(paths.map((path) => decode(path, base.scale)), { renderer, className, interactive: false, smoothFactor: 0.7 }).addTo(map);
  pane.setAttribute("aria-hidden", "true");
  fill((base.countries ?? []).flatMap((country) => country.rings), "base-land");
  line((base.regions ?? []).flatMap((region) => region.lines), "base-region");
  line((base.rivers ?? []).flatMap((river) => river.lines), "base-river");
  fill((base.lakes ?? []).flatMap((lake) => lake.rings), "base-water");
  line((base.borders ?? []).filter((border) => !border.disputed).flatMap((border) => border.lines), "base-border");
  line((base.borders ?? []).filter((border) => border.disputed).flatMap((border) => border.lines), "base-border is-disputed");
}

/** @param {Base} base @returns {L.LatLngBounds | null} */
export function coverage(base) {
  if (!base.box) return null;
  const [west, south, east, north] = base.box.map((value) => value * base.scale);
  return L.latLngBounds([/** @type {number} */ (south), /** @type {number} */ (west)], [/** @type {number} */ (north), /** @type {number} */ (east)]);
}

/** The names on the basemap, as far as they matter at a zoom. @param {Base} base @param {number} zoom @returns {Label[]} */
export function baseLabels(base, zoom) {
  /** @param {[number, number]} point */
  const at = ([x, y]) => ({ lat: y * base.scale, lon: x * base.scale });
  /** @type {Label[]} */
  const labels = [];
  for (const country of base.countries ?? []) {
    if (country.label && zoom < COUNTRY_ZOOM_MAX) labels.push({ text: country.name, kind: "country", ...at(country.label), weight: 500 - (country.rank ?? 5) });
  }
  for (const city of base.cities ?? []) {
    if (zoom >= (CITY_ZOOM[city.rank] ?? 8)) labels.push({ text: city.name, kind: "city", ...at(city.at), weight: 400 - city.rank });
  }
  for (const region of base.regions ?? []) {
    if (region.label && region.name && zoom >= REGION_ZOOM) labels.push({ text: region.name, kind: "region", ...at(region.label), weight: 300 });
  }
  return labels;
}
