/** Users' own lines, areas and points: drawn quietly under the events, each file with its switch in the legend. */
import * as L from "leaflet";
import { decode } from "./basemap.js";

const WEIGHT = 600; // of a feature's name: before the base's, after the events'

export class Overlays {
  /** @param {L.Map} map @param {import("./types.js").Overlay[]} told */
  constructor(map, told) {
    this.map = map;
    this.told = told;
    /** @type {Set<number>} */
    this.off = new Set();
    if (!told.length) return;
    map.createPane("overlays").setAttribute("aria-hidden", "true");
    this.renderer = L.svg({ pane: "overlays", padding: 0.6 });
    this.layers = told.map((one) => this.layer(one).addTo(map));
  }

  /** @param {import("./types.js").Overlay} one */
  layer({ areas, lines, points, scale }) {
    /** @param {string} className */
    const options = (className) => ({ renderer: /** @type {L.Renderer} */ (this.renderer), className: `overlay ${className}`, interactive: false });
    const group = L.layerGroup();
    if (areas.length) L.polygon(areas.map((rings) => rings.map((ring) => decode(ring, scale))), options("is-area")).addTo(group);
    if (lines.length) L.polyline(lines.map((line) => decode(line, scale)), options("is-line")).addTo(group);
    for (const point of points) L.circleMarker(decode(point, scale)[0] ?? [0, 0], { ...options("is-point"), radius: 3.5 }).addTo(group);
    return group;
  }

  /** @param {number} n @param {boolean} on */
  show(n, on) {
    const layer = this.layers?.[n];
    if (on) layer?.addTo(this.map);
    else layer?.remove();
    on ? this.off.delete(n) : this.off.add(n);
  }

  /** The names of what is shown. @returns {import("./labels.js").Label[]} */
  labels() {
    return this.told.flatMap(({ labels, scale }, n) => (this.off.has(n) ? [] : labels.map(([text, at]) => {
      const [lat, lon] = decode(at, scale)[0] ?? [0, 0];
      return { text, kind: "city", lat, lon, weight: WEIGHT };
    })));
  }
}
