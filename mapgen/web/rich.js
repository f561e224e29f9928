/** All parts of the page that small maps on their own base do without. */
import { unzlibSync } from "fflate";
import * as L from "leaflet";
import { parts } from "./parts.js";
import { Plot } from "./plot.js";

Object.assign(parts, {
  Plot,
  inflate: unzlibSync,
  /** @param {import("./types.js").Tiles} told */
  tiles: (told) => L.tileLayer(told.url, { maxZoom: told.max_zoom, subdomains: told.subdomains ?? "abc" }),
});
