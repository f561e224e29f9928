/** Movements: curved, tapered arrows from origin to destination, drawn anew at every zoom. */
import * as L from "leaflet";
import { h } from "./dom.js";
import { STATUSES } from "./events.js";
import { along, SHAPES } from "./geography.js";
import { inkOn } from "./icons.js";
import { latLngOf } from "./markers.js";

/** @typedef {import("./geography.js").Movement} Movement */

const STEPS = 24;
const LOW = 0.8; // px: half the width of the tail
const HIGH = 2.6; // px: half the width where the head begins
const HEAD = 15; // px long
const HEAD_HALF = 7.5; // px

/** @typedef {"shape" | "spine" | "reach" | "head" | "strike"} Part */

/** @param {L.Point[]} points */
const path = (points) => points.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("L");

/** How far along the curve its end comes as near as `distance` pixels. @param {L.Point} a @param {L.Point} b @param {number} bend @param {number} distance */
function before(a, b, bend, distance) {
  let [low, high] = [0, 1];
  for (let n = 0; n < 12; n++) {
    const t = (low + high) / 2;
    if (L.point(along(a, b, bend, t)).distanceTo(b) > distance) low = t;
    else high = t;
  }
  return low;
}

/**
 * The drawings of an arrow: its tapered shape, its middle line without and with the head, its head, and a stroke that
 * denies it.
 * @param {L.Point} a @param {L.Point} b @param {number} bend
 * @param {number} gap pixels that the mark at the end needs
 * @returns {Record<Part, string>} SVG path data
 */
export function outline(a, b, bend, gap) {
  const far = a.distanceTo(b);
  const head = Math.min(HEAD, far / 3);
  const short = far > 3 * gap ? gap : 0;
  const end = L.point(along(a, b, bend, short ? before(a, b, bend, short) : 1));
  const stop = before(a, b, bend, short + head);
  const body = Array.from({ length: STEPS + 1 }, (_, n) => L.point(along(a, b, bend, (n / STEPS) * stop)));
  /** @type {L.Point[]} */
  const left = [];
  /** @type {L.Point[]} */
  const right = [];
  /** @type {L.Point[]} */
  let tip = [];
  body.forEach((point, n) => {
    const next = body[n + 1] ?? end;
    const length = point.distanceTo(next) || 1;
    const across = L.point((next.y - point.y) / length, -(next.x - point.x) / length);
    const half = LOW + ((HIGH - LOW) * n) / Math.max(body.length - 1, 1);
    left.push(point.add(across.multiplyBy(half)));
    right.unshift(point.subtract(across.multiplyBy(half)));
    if (n === body.length - 1) {
      const wing = across.multiplyBy((HEAD_HALF * head) / HEAD);
      tip = [point.add(wing), end, point.subtract(wing)];
      left.push(...tip);
    }
  });
  const middle = along(a, b, bend, 0.3);
  return {
    shape: `M${path([...left, ...right])}Z`,
    spine: `M${path(body)}`,
    reach: `M${path([...body, end])}`,
    head: tip.length ? `M${path(tip)}Z` : "M0 0",
    strike: `M${middle.x - 9} ${middle.y + 9}L${middle.x + 9} ${middle.y - 9}`,
  };
}

/** One drawing of a movement. */
const ArrowPath = L.Path.extend({
  /** @param {{from: L.LatLng, to: L.LatLng, bend: number, gap: number}} way @param {Part} kind @param {L.PathOptions} options */
  initialize(way, kind, options) {
    L.Util.setOptions(this, options);
    this.way = way;
    this.kind = kind;
  },
  _project() {
    const { from, to, bend, gap } = this.way;
    this._d = outline(this._map.latLngToLayerPoint(from), this._map.latLngToLayerPoint(to), bend, gap)[/** @type {Part} */ (this.kind)];
  },
  _update() {
    if (this._map) this._updatePath();
  },
  _updatePath() {
    this._renderer._setPath(this, this._d);
  },
  getBounds() {
    return L.latLngBounds(this.way.from, this.way.to);
  },
});

export class Arrows {
  /**
   * @param {L.Map} map @param {import("./geography.js").Geography} geography
   * @param {(id: string) => void} onChoice
   */
  constructor(map, geography, onChoice) {
    map.createPane("arrows");
    this.map = map;
    this.geography = geography;
    this.onChoice = onChoice;
    this.renderer = L.svg({ pane: "arrows", padding: 0.5 });
    this.layers = L.layerGroup().addTo(map);
    /** @type {Map<Movement, L.LayerGroup>} what is drawn */
    this.drawn = new Map();
    /** @type {Movement[]} */
    this.shown = [];
  }

  /** @param {Uint8Array} fails not 0 at events that are hidden */
  draw(fails) {
    this.shown = this.geography.movements.filter(({ event }) => !fails[event]);
    const wanted = new Set(this.shown);
    for (const [movement, group] of this.drawn) {
      if (wanted.has(movement)) continue;
      group.remove();
      this.drawn.delete(movement);
    }
    for (const movement of this.shown) {
      if (this.drawn.has(movement)) continue;
      const group = this.arrow(movement);
      this.layers.addLayer(group);
      this.drawn.set(movement, group);
    }
  }

  /** @param {string | null} id of the open event */
  choose(id) {
    for (const element of this.map.getPane("arrows")?.querySelectorAll("[data-event]") ?? []) {
      element.classList.toggle("is-chosen", element.getAttribute("data-event") === id);
    }
  }

  /** @param {Movement} movement */
  ends({ start, to, turn }) {
    const { lat, lon } = this.geography.places;
    return { from: latLngOf(start), to: L.latLng(lat[to] ?? 0, (lon[to] ?? 0) + turn) };
  }

  /** @param {Movement} movement @returns {L.LayerGroup} */
  arrow(movement) {
    const { events, shape } = this.geography;
    const { event, to, bend } = movement;
    const status = STATUSES[events.status[event] ?? 0] ?? "reported";
    const color = events.types[events.type[event] ?? 0]?.color ?? "#666666";
    const id = events.ids.get(event);
    const options = { renderer: this.renderer, interactive: false };
    const gap = SHAPES[shape[to] ?? 0] === "area" ? 7 : 19;
    const way = { ...this.ends(movement), bend, gap };
    /** @param {Part} kind @param {L.PathOptions} more @returns {L.Path} */
    // @ts-expect-error Leaflet's classes of before 2015 have constructors that TypeScript does not see
    const part = (kind, more) => new ArrowPath(way, kind, { ...options, ...more });
    const target = part("reach", { className: "arrow-reach", interactive: true, bubblingMouseEvents: false });
    const visible = status === "planned"
      ? [part("spine", { className: "arrow-casing" }), part("spine", { className: "arrow is-planned" }), part("head", { className: "arrow is-confirmed" })]
      : [part("shape", { className: `arrow is-${status}` }), ...(status === "denied" ? [part("strike", { className: "arrow is-strike" })] : [])];
    visible.push(part("spine", { className: `arrow-flow is-${status}` }));
    const group = L.layerGroup([...visible, target]);
    group.on("add", () => {
      for (const layer of visible) {
        const element = /** @type {SVGElement | undefined} */ (layer.getElement());
        element?.style.setProperty("--c", color);
        element?.style.setProperty("--ink", inkOn(color));
      }
      target.getElement()?.setAttribute("data-event", id);
    });
    target.on("click", () => this.onChoice(id));
    target.bindTooltip(h("span", { dir: "auto" }, events.titles.get(event)), { sticky: true, opacity: 1 });
    return group;
  }

  /** Small boxes along the arrows, which names avoid if they can. @returns {import("./clusters.js").Box[]} */
  ways() {
    return this.shown.slice(0, 100).flatMap((movement) => {
      const { from, to } = this.ends(movement);
      const [a, b] = [this.map.latLngToLayerPoint(from), this.map.latLngToLayerPoint(to)];
      return Array.from({ length: 25 }, (_, n) => along(a, b, movement.bend, n / 24)).map(({ x, y }) => ({ left: x - 4, top: y - 4, right: x + 4, bottom: y + 4 }));
    });
  }
}
