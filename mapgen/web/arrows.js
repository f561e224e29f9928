/** Movements: curved, tapered arrows from origin to destination, drawn anew at every zoom. */
import * as L from "leaflet";
import { shapeOf } from "./geography.js";
import { inkOn } from "./icons.js";

const STEPS = 24;
const LOW = 0.8; // px: half the width of the tail
const HIGH = 2.6; // px: half the width where the head begins
const HEAD = 15; // px long
const HEAD_HALF = 7.5; // px

/** @typedef {"shape" | "spine" | "reach" | "head" | "strike"} Part */

/**
 * A point of the curve from `a` to `b` in any plane; its control point lies to the left of the way.
 * @param {L.Point} a @param {L.Point} b @param {number} bend share of the length @param {number} t 0–1
 */
export function along(a, b, bend, t) {
  const control = L.point((a.x + b.x) / 2 + (b.y - a.y) * bend, (a.y + b.y) / 2 - (b.x - a.x) * bend);
  const u = 1 - t;
  return L.point(u * u * a.x + 2 * u * t * control.x + t * t * b.x, u * u * a.y + 2 * u * t * control.y + t * t * b.y);
}

/** Where the middle of a movement lies, the same at every zoom.
 * @param {import("./geography.js").Movement} movement */
export function middleOf({ from, to, bend }) {
  const crs = L.CRS.EPSG3857;
  const at = along(crs.latLngToPoint(L.latLng(from.lat, from.lon), 0), crs.latLngToPoint(L.latLng(to.lat, to.lon), 0), bend, 0.5);
  return crs.pointToLatLng(at, 0);
}

/** @param {L.Point[]} points */
const path = (points) => points.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("L");

/** How far along the curve its end comes as near as `distance` pixels. @param {L.Point} a @param {L.Point} b @param {number} bend @param {number} distance */
function before(a, b, bend, distance) {
  let [low, high] = [0, 1];
  for (let n = 0; n < 12; n++) {
    const t = (low + high) / 2;
    if (along(a, b, bend, t).distanceTo(b) > distance) low = t;
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
  const end = along(a, b, bend, short ? before(a, b, bend, short) : 1);
  const stop = before(a, b, bend, short + head);
  const body = Array.from({ length: STEPS + 1 }, (_, n) => along(a, b, bend, (n / STEPS) * stop));
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
  /** @param {import("./geography.js").Movement} movement @param {Part} kind @param {L.PathOptions} options */
  initialize(movement, kind, options) {
    L.Util.setOptions(this, options);
    this.movement = movement;
    this.kind = kind;
  },
  _project() {
    const { from, to, bend } = this.movement;
    const a = this._map.latLngToLayerPoint([from.lat, from.lon]);
    const b = this._map.latLngToLayerPoint([to.lat, to.lon]);
    this._d = outline(a, b, bend, shapeOf(to) === "area" ? 7 : 19)[/** @type {Part} */ (this.kind)];
  },
  _update() {
    if (this._map) this._updatePath();
  },
  _updatePath() {
    this._renderer._setPath(this, this._d);
  },
  getBounds() {
    const { from, to } = this.movement;
    return L.latLngBounds([from.lat, from.lon], [to.lat, to.lon]);
  },
});

/**
 * @param {import("./geography.js").Movement} movement @param {import("./types.js").EventType} type
 * @param {L.Renderer} renderer
 * @returns {{group: L.LayerGroup, target: L.Path}} the drawing; and the part of it that takes the pointer
 */
export function arrow(movement, type, renderer) {
  const { event } = movement;
  const options = { renderer, interactive: false };
  /** @param {Part} kind @param {L.PathOptions} more @returns {L.Path} */
  // @ts-expect-error Leaflet's classes of before 2015 have constructors that TypeScript does not see
  const part = (kind, more) => new ArrowPath(movement, kind, { ...options, ...more });
  const target = part("reach", { className: "arrow-reach", interactive: true, bubblingMouseEvents: false });
  const visible = event.status === "planned"
    ? [part("spine", { className: "arrow-casing" }), part("spine", { className: "arrow is-planned" }), part("head", { className: "arrow is-confirmed" })]
    : [part("shape", { className: `arrow is-${event.status}` }), ...(event.status === "denied" ? [part("strike", { className: "arrow is-strike" })] : [])];
  const group = L.layerGroup([...visible, target]);
  group.on("add", () => {
    for (const layer of visible) {
      const element = /** @type {SVGElement | undefined} */ (layer.getElement());
      element?.style.setProperty("--c", type.color);
      element?.style.setProperty("--ink", inkOn(type.color));
    }
    target.getElement()?.setAttribute("data-event", event.event_id);
  });
  return { group, target };
}
