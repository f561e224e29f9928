/**
 * The marks of events: one for each place, joined where they would cover each other.
 *
 * @typedef {import("./geography.js").Anchor} Anchor
 * @typedef {import("./labels.js").Box} Box
 * @typedef {{key: string, anchors: Anchor[], lat: number, lon: number, area: boolean}} Cluster
 */
import * as L from "leaflet";
import { h, s } from "./dom.js";
import { mark, ring } from "./icons.js";
import { overlaps, widthOf } from "./labels.js";

const NEAR = 27; // px: marks closer than this are joined
const SINGLE = 30; // px, the sides of the marks
const SEVERAL = 36;
const PILL = 32;
/** Where the plate of a region may be pushed, so that it covers no mark. */
/** @type {[number, number][]} */
const SHIFTS = [[0, 0], [0, -34], [0, 34], [0, -60], [0, 60], [90, 0], [-90, 0], [70, -40], [-70, 40], [0, -92], [0, 92]];

/** The events of a cluster, each once. @param {Cluster} cluster */
export const eventsOf = (cluster) => [...new Set(cluster.anchors.map((anchor) => anchor.event))];

/** The names of a cluster's places, the one with most events first; towns before what is in them.
 * @param {Cluster} cluster */
export function namesOf(cluster) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { place, shape } of cluster.anchors) {
    if (place) counts.set(place.name, (counts.get(place.name) ?? 0) + (shape === "pin" ? 1 : 2));
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
}

/** Anchors at the same place make one cluster; clusters that would cover each other are joined.
 * @param {Anchor[]} anchors @param {(lat: number, lon: number) => L.Point} project @returns {Cluster[]} */
export function cluster(anchors, project) {
  /** @type {Map<string, Cluster>} */
  const places = new Map();
  for (const anchor of anchors) {
    const known = places.get(anchor.key);
    if (known) known.anchors.push(anchor);
    else places.set(anchor.key, { key: anchor.key, anchors: [anchor], lat: anchor.lat, lon: anchor.lon, area: anchor.shape === "area" });
  }
  const ordered = [...places.values()].sort((a, b) => b.anchors.length - a.anchors.length || (a.key < b.key ? -1 : 1));
  /** @type {Map<string, {cluster: Cluster, at: L.Point}[]>} */
  const grid = new Map();
  /** @type {Cluster[]} */
  const clusters = [];
  for (const one of ordered) {
    if (one.area) {
      clusters.push(one);
      continue;
    }
    const at = project(one.lat, one.lon);
    const [column, row] = [Math.floor(at.x / NEAR), Math.floor(at.y / NEAR)];
    const neighbours = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => grid.get(`${column + dx} ${row + dy}`) ?? []));
    const near = neighbours.find((other) => other.at.distanceTo(at) < NEAR);
    if (near) {
      near.cluster.anchors.push(...one.anchors);
      near.cluster.key += `|${one.key}`;
      continue;
    }
    clusters.push(one);
    const cell = `${column} ${row}`;
    grid.set(cell, [...(grid.get(cell) ?? []), { cluster: one, at }]);
  }
  return clusters;
}

export class Markers {
  /**
   * @param {L.Map} map @param {Map<string, import("./types.js").EventType>} types
   * @param {import("./words.js").Words} words
   * @param {(cluster: Cluster, marker: L.Marker) => void} onOpen
   */
  constructor(map, types, words, onOpen) {
    this.map = map;
    this.types = types;
    this.words = words;
    this.onOpen = onOpen;
    /** @type {Map<string, L.Marker>} what is drawn, by what it shows */
    this.drawn = new Map();
    /** @type {Cluster[]} */
    this.clusters = [];
    /** @type {Box[]} */
    this.boxes = [];
  }

  /**
   * @param {Anchor[]} anchors @param {string | null} selected
   * @param {Set<string>} reached keys of places at which arrows end: their plates stand beside the point
   * @param {Box[]} covers what lies over the map
   */
  draw(anchors, selected, reached, covers) {
    const zoom = this.map.getZoom();
    this.clusters = cluster(anchors, (lat, lon) => this.map.project([lat, lon], zoom));
    this.boxes = [...covers];
    const kept = new Map();
    // Areas last: their plates give way to the marks of places.
    for (const one of [...this.clusters].sort((a, b) => Number(a.area) - Number(b.area))) {
      const at = this.map.latLngToLayerPoint([one.lat, one.lon]);
      const width = one.area ? this.plateWidth(one) : one.anchors.length > 1 ? SEVERAL : SINGLE;
      const height = one.area ? PILL : width;
      const [dx, dy] = one.area ? this.freeShift(at, width, height, reached.has(one.key) ? SHIFTS.slice(1) : SHIFTS) : [0, one.anchors[0]?.shape === "pin" && one.anchors.length === 1 ? -22 : 0];
      const left = at.x - width / 2 + dx;
      const top = at.y - height / 2 + dy;
      this.boxes.push({ left, top, right: left + width, bottom: top + height });
      const events = eventsOf(one);
      const chosen = events.some((event) => event.event_id === selected);
      const key = [one.key, dx, dy, chosen, ...events.map((event) => event.event_id)].join(" ");
      kept.set(key, this.drawn.get(key) ?? this.marker(one, [dx, dy], chosen));
    }
    for (const [key, marker] of this.drawn) if (!kept.has(key)) marker.remove();
    for (const [key, marker] of kept) if (!this.drawn.has(key)) marker.addTo(this.map);
    this.drawn = kept;
  }

  /** @param {L.Point} at @param {number} width @param {number} height @param {[number, number][]} shifts @returns {[number, number]} */
  freeShift(at, width, height, shifts) {
    return shifts.find(([dx, dy]) => {
      const box = { left: at.x + dx - width / 2, right: at.x + dx + width / 2, top: at.y + dy - height / 2, bottom: at.y + dy + height / 2 };
      return !this.boxes.some((other) => overlaps(other, box));
    }) ?? shifts[0] ?? [0, 0];
  }

  /** @param {Cluster} one */
  plateWidth(one) {
    return Math.min(widthOf(one.anchors[0]?.place?.name ?? "", "place"), 150) + PILL + 24;
  }

  /** @param {Cluster} one @param {number[]} shift @param {boolean} chosen */
  marker(one, [dx = 0, dy = 0], chosen) {
    const events = eventsOf(one);
    const first = /** @type {Anchor} */ (one.anchors[0]);
    const label = events.length > 1
      ? `${this.words.count("events", events.length)}: ${namesOf(one).join(", ")}`
      : `${first.event.title}. ${this.words.typeLabel(this.type(first))}. ${this.words.placeLine(first.event)}`;
    const face = this.face(one, events);
    const width = one.area ? this.plateWidth(one) : Number(face[0]?.getAttribute("width"));
    const height = one.area ? PILL : Number(face[0]?.getAttribute("height"));
    const leader = Math.hypot(dx, dy) > PILL && s("svg", { class: "leader", width, height },
      s("line", { x1: width / 2, y1: height / 2, x2: width / 2 - dx, y2: height / 2 - dy }));
    const spot = h("div", { class: `spot ${one.area ? "is-area" : ""} ${chosen ? "is-chosen" : ""}` }, ...face);
    const body = leader ? h("div", { class: "led" }, leader, spot) : spot;
    const pinned = !one.area && events.length === 1 && first.shape === "pin";
    const icon = L.divIcon({
      html: body, className: "mapgen-marker", iconSize: [width, height],
      iconAnchor: pinned ? [width / 2, height - 1] : [width / 2 - dx, height / 2 - dy],
    });
    const marker = L.marker([one.lat, one.lon], { icon, riseOnHover: true, alt: "", zIndexOffset: one.area ? -500 : chosen ? 1000 : 0 });
    const name = h("span", { dir: "auto" }, events.length > 1 ? label : first.event.title);
    marker.bindTooltip(name, { direction: "top", offset: [dx, dy - height / 2 + (pinned ? -22 : 4)], opacity: 1 });
    marker.on("click", () => this.onOpen(one, marker));
    marker.on("add", () => {
      const element = marker.getElement();
      element?.append(h("span", { class: "unseen" }, label));
      element?.addEventListener("keydown", (key) => {
        if (key.key !== "Enter" && key.key !== " ") return;
        key.preventDefault();
        this.onOpen(one, marker);
      });
      element?.setAttribute("data-events", events.map((event) => event.event_id).join(" "));
    });
    return marker;
  }

  /** @param {Cluster} one @param {import("./types.js").EventRecord[]} events */
  face(one, events) {
    const first = /** @type {Anchor} */ (one.anchors[0]);
    const shape = one.area || first.shape === "area" ? "dot" : first.shape;
    const face = events.length === 1
      ? mark(this.type(first), first.event.status, shape)
      : ring(events.length, this.shares(events), one.area ? PILL : SEVERAL);
    if (!one.area) return [face];
    return [face, h("span", { class: "plate-name", dir: "auto", "aria-hidden": "true" }, first.place?.name ?? "")];
  }

  /** @param {import("./types.js").EventRecord[]} events */
  shares(events) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const event of events) {
      const color = this.types.get(event.event_type)?.color ?? "#666666";
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return [...counts].map(([color, count]) => ({ color, count })).sort((a, b) => b.count - a.count || (a.color < b.color ? -1 : 1));
  }

  /** @param {Anchor} anchor */
  type(anchor) {
    return /** @type {import("./types.js").EventType} */ (this.types.get(anchor.event.event_type));
  }
}
