/** The marks of events as elements, each with a name, reached by keyboard. */
import * as L from "leaflet";
import { SHAPES } from "./places.js";
import { h, s } from "./dom.js";
import { mark, ring } from "./icons.js";
import { overlaps, widthOf } from "./labels.js";

/**
 * @typedef {import("./clusters.js").Cluster} Cluster
 * @typedef {import("./labels.js").Box} Box
 */

export const SINGLE = 30; // px, the sides of the marks
export const SEVERAL = 36;
const PILL = 32;
const TOLD = 500; // events that a mark's element names
/** @type {[number, number][]} where the plate of a region may be pushed, so that it covers no mark */
const SHIFTS = [[0, 0], [0, -34], [0, 34], [0, -60], [0, 60], [90, 0], [-90, 0], [70, -40], [-70, 40], [-70, -40], [0, -92], [0, 92]];

/** The names of a cluster's places, the one with most events first; towns before what is in them.
 * @param {Cluster} cluster */
export function namesOf(cluster) {
  const { geography } = cluster.grid;
  const { places } = geography;
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const anchor of cluster.anchors) {
    const place = geography.anchorPlace[anchor] ?? -1;
    if (place < 0) continue;
    const name = places.name[place] ?? 0;
    counts.set(name, (counts.get(name) ?? 0) + (SHAPES[geography.shape[place] ?? 0] === "pin" ? 1 : 2));
  }
  return [...counts].map(([name, weight]) => ({ name: places.words.get(name), weight }))
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
}

/** How many events of which colour, the most frequent first. @param {Cluster} cluster */
export function sharesOf(cluster) {
  const { types } = cluster.grid.geography.events;
  /** @type {Map<string, number>} */
  const counts = new Map();
  cluster.mix.forEach((count, type) => {
    const color = types[type]?.color ?? "#666666";
    if (count) counts.set(color, (counts.get(color) ?? 0) + count);
  });
  return [...counts].map(([color, count]) => ({ color, count })).sort((a, b) => b.count - a.count || (a.color < b.color ? -1 : 1));
}

/** Where a cluster or another point in Web Mercator stands. @param {{x: number, y: number}} point */
export const latLngOf = ({ x, y }) => L.CRS.EPSG3857.pointToLatLng(L.point(x * 256, y * 256), 0);

/** The shape of a cluster's first anchor; towns and middles of movements have the same. @param {Cluster} cluster */
export function shapeOfCluster(cluster) {
  return cluster.place < 0 ? "dot" : SHAPES[cluster.grid.geography.shape[cluster.place] ?? 0] ?? "dot";
}

export class Markers {
  /**
   * @param {L.Map} map @param {import("./events.js").Events} events
   * @param {import("./words.js").Words} words
   * @param {(cluster: Cluster) => void} onOpen
   */
  constructor(map, events, words, onOpen) {
    this.map = map;
    this.events = events;
    this.words = words;
    this.onOpen = onOpen;
    /** @type {Map<string, L.Marker>} what is drawn, by what it shows */
    this.drawn = new Map();
    /** @type {Box[]} */
    this.boxes = [];
  }

  /**
   * @param {Cluster[]} clusters @param {number} selected the number of the open event, or -1
   * @param {Set<number>} reached areas at which arrows end: their plates stand beside the point
   * @param {Box[]} taken what lies over the map, and other marks
   */
  draw(clusters, selected, reached, taken) {
    this.boxes = [...taken];
    const kept = new Map();
    // Areas last: their plates give way to the marks of places.
    for (const one of [...clusters].sort((a, b) => Number(a.area) - Number(b.area))) {
      const at = this.map.latLngToLayerPoint(latLngOf(one));
      const { events } = one;
      const width = one.area ? this.plateWidth(one) : events.length > 1 ? SEVERAL : SINGLE;
      const height = one.area ? PILL : width;
      const pinned = events.length === 1 && shapeOfCluster(one) === "pin";
      const [dx, dy] = one.area ? this.freeShift(at, width, height, reached.has(one.place) ? SHIFTS.slice(1) : SHIFTS) : [0, pinned ? -22 : 0];
      const left = at.x - width / 2 + dx;
      const top = at.y - height / 2 + dy;
      this.boxes.push({ left, top, right: left + width, bottom: top + height });
      const chosen = events.includes(selected);
      const key = [one.area, one.x, one.y, dx, dy, chosen, ...events].join(" ");
      kept.set(key, this.drawn.get(key) ?? this.marker(one, events, [dx, dy], chosen));
    }
    for (const [key, marker] of this.drawn) if (!kept.has(key)) marker.remove();
    for (const [key, marker] of kept) if (!this.drawn.has(key)) marker.addTo(this.map);
    this.drawn = kept;
  }

  /** @param {L.Point} at @param {number} width @param {number} height @param {[number, number][]} shifts @returns {[number, number]} */
  freeShift(at, width, height, shifts) {
    const from = this.map.containerPointToLayerPoint([0, 0]);
    const to = from.add(this.map.getSize());
    const within = at.x > from.x && at.x < to.x;
    /** @param {Box} box */
    const seen = ({ left, right }) => !within || (left > from.x && right < to.x);
    return shifts.find(([dx, dy]) => {
      const box = { left: at.x + dx - width / 2, right: at.x + dx + width / 2, top: at.y + dy - height / 2, bottom: at.y + dy + height / 2 };
      return seen(box) && !this.boxes.some((other) => overlaps(other, box));
    }) ?? shifts[0] ?? [0, 0];
  }

  /** @param {Cluster} one */
  plateName(one) {
    const { places } = this.events;
    return places.words.get(places.name[one.place] ?? 0);
  }

  /** @param {Cluster} one */
  plateWidth(one) {
    return Math.min(widthOf(this.plateName(one), "place"), 150) + PILL + 24;
  }

  /** @param {Cluster} one @param {number[]} events @param {number[]} shift @param {boolean} chosen */
  marker(one, events, [dx = 0, dy = 0], chosen) {
    const first = this.events.record(events[0] ?? 0);
    const type = /** @type {import("./types.js").EventType} */ (this.events.types.find(({ key }) => key === first.event_type));
    const label = events.length > 1
      ? `${this.words.count("events", events.length)}: ${namesOf(one).join(", ")}`
      : `${first.title}. ${this.words.typeLabel(type)}. ${this.words.placeLine(first)}`;
    const known = shapeOfCluster(one);
    const shape = one.area || known === "area" ? "dot" : known;
    const face = events.length === 1 ? mark(type, first.status, shape) : ring(events.length, sharesOf(one), one.area ? PILL : SEVERAL);
    const width = one.area ? this.plateWidth(one) : Number(face.getAttribute("width"));
    const height = one.area ? PILL : Number(face.getAttribute("height"));
    const leader = Math.hypot(dx, dy) > PILL && s("svg", { class: "leader", width, height },
      s("line", { x1: width / 2, y1: height / 2, x2: width / 2 - dx, y2: height / 2 - dy }));
    const spot = h("div", { class: `spot ${one.area ? "is-area" : ""} ${chosen ? "is-chosen" : ""}` }, face,
      one.area && h("span", { class: "plate-name", dir: "auto", "aria-hidden": "true" }, this.plateName(one)));
    const body = leader ? h("div", { class: "led" }, leader, spot) : spot;
    const pinned = !one.area && events.length === 1 && shape === "pin";
    const icon = L.divIcon({
      html: body, className: "mapgen-marker", iconSize: [width, height],
      iconAnchor: pinned ? [width / 2, height - 1] : [width / 2 - dx, height / 2 - dy],
    });
    const marker = L.marker(latLngOf(one), { icon, riseOnHover: true, alt: "", zIndexOffset: one.area ? -500 : chosen ? 1000 : 0 });
    const name = h("span", { dir: "auto" }, events.length > 1 ? label : first.title);
    marker.bindTooltip(name, { direction: "top", offset: [dx, dy - height / 2 + (pinned ? -22 : 4)], opacity: 1 });
    marker.on("click", () => this.open(one, marker));
    marker.on("add", () => {
      const element = marker.getElement();
      element?.append(h("span", { class: "unseen" }, label));
      element?.addEventListener("keydown", (key) => {
        if (key.key !== "Enter" && key.key !== " ") return;
        key.preventDefault();
        this.open(one, marker);
      });
      element?.setAttribute("data-events", events.slice(0, TOLD).map((event) => this.events.ids.get(event)).join(" "));
    });
    return marker;
  }

  /** @param {Cluster} one @param {L.Marker} marker */
  open(one, marker) {
    marker.closeTooltip();
    this.opened = marker;
    this.onOpen(one);
  }

  /** Put the focus back on the mark that was opened last. */
  focus() {
    this.opened?.getElement()?.focus();
  }
}
