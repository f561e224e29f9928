/**
 * Where each event stands on the map: honest shapes for what is known of its places.
 *
 * @typedef {import("./events.js").Events} Events
 * @typedef {import("./types.js").Place} Place
 * @typedef {"pin" | "dot" | "near" | "area"} Shape pin: an exact place; dot: a town; near: somewhere near it;
 *   area: somewhere in a region or country
 * @typedef {{event: number, from: number, to: number, bend: number, turn: number, start: {x: number, y: number}}} Movement
 *   an event's way from a place to a place, both by their numbers; `start`: where it begins, in Web Mercator; `turn`: degrees added to the goal's longitude, so that the way is the short one
 */
import { decode } from "./basemap.js";
import { ROLES } from "./events.js";

export const SHAPES = /** @type {Shape[]} */ (["pin", "dot", "near", "area"]);
const AREA = 3;
const SITE = 0; // the granularities of events.js
const REGION = 2;
const COUNTRY = 3;
const NOWHERE = -1;
const WIDEST = 85.0511; // degrees: as far north as Web Mercator goes

/** @param {Place} place @returns {Shape} */
export function shapeOf(place) {
  if (place.granularity === "region" || place.granularity === "country") return "area";
  if (place.geo_precision === 3) return "area";
  if (place.geo_precision === 2) return "near";
  return place.granularity === "site" ? "pin" : "dot";
}

const [ORIGIN, CONTINGENT] = [ROLES.indexOf("origin"), ROLES.indexOf("contingent-origin")];
/** Whether a movement begins there. @param {number | undefined} role of a place in an event, by its code */
export const isOrigin = (role) => role === ORIGIN || role === CONTINGENT;
const DESTINATION = ROLES.indexOf("destination");

/** Web Mercator, as shares of the world's width from its north-western corner (EPSG:3857). @param {number} lat */
export function northing(lat) {
  const sine = Math.sin((Math.min(Math.max(lat, -WIDEST), WIDEST) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** The longitude around which the map is drawn: the middle of the narrowest span that holds all places.
 * @param {Float64Array} lons */
export function middle(lons) {
  const sorted = lons.slice().sort();
  if (sorted.length < 2) return sorted[0] ?? 0;
  let widest = -1;
  let after = 0;
  for (let n = 0; n < sorted.length; n++) {
    const next = n + 1 < sorted.length ? /** @type {number} */ (sorted[n + 1]) : /** @type {number} */ (sorted[0]) + 360;
    const gap = next - /** @type {number} */ (sorted[n]);
    if (gap > widest) [widest, after] = [gap, n + 1];
  }
  const west = /** @type {number} */ (sorted[after % sorted.length]);
  return west + (360 - widest) / 2; // maybe beyond 180: in the same turn as the base (content.py, bounds)
}

/** Move longitudes around their middle, beyond ±180 where needed, so that the map is in one piece. @param {Float64Array} lons */
export function unwrap(lons) {
  let [least, most] = [Infinity, -Infinity];
  for (const lon of lons) [least, most] = [Math.min(least, lon), Math.max(most, lon)];
  if (!(most - least > 180)) return;
  const centre = middle(lons);
  for (let n = 0; n < lons.length; n++) lons[n] = /** @type {number} */ (lons[n]) + 360 * Math.round((centre - /** @type {number} */ (lons[n])) / 360);
}

/** The places of all events, and where their marks and arrows stand. */
export class Geography {
  /** @param {Events} events @param {import("./types.js").PageData["areas"]} [outlines] of regions and countries, by their gazetteer's id */
  constructor(events, outlines = {}) {
    const { places } = events;
    unwrap(places.lon);
    this.outlines = outlines;
    this.events = events;
    this.places = places;
    /** The shape of each place, as a code of SHAPES. */
    this.shape = Uint8Array.from(places.granularity, (granularity, n) => shapeCode(granularity, places.precision[n] ?? 1));
    /** Each place in Web Mercator. */
    this.x = Float64Array.from(places.lon, (lon) => lon / 360 + 0.5);
    this.y = Float64Array.from(places.lat, northing);
    /** @type {Map<string, number>} */
    this.keys = new Map();
    /** @type {Movement[]} */
    this.movements = [];
    /** @type {Map<number, Movement[]>} the movements of each event that has some */
    this.ways = new Map();
    this.findMovements();
    const anchors = this.findAnchors();
    /** Of each mark: its event, its place or -1, the region or country that it stands for or -1, its point. */
    this.anchorEvent = anchors.event;
    this.anchorPlace = anchors.place;
    this.anchorArea = anchors.area;
    this.anchorX = anchors.x;
    this.anchorY = anchors.y;
    this.placed = places.length > 0;
    /** Whether an event has several marks. */
    this.severally = anchors.event.some((event, n) => event === anchors.event[n - 1]);
  }

  /** Regions, countries and ends of arrows are the same place where their gazetteer or, without one, their point is. @param {number} place */
  same(place) {
    const { gazetteer, lat, lon } = this.places;
    const key = `${this.shape[place]}:${gazetteer[place] || `${lat[place]?.toFixed(4)},${lon[place]?.toFixed(4)}`}`;
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    this.keys.set(key, place);
    return place;
  }

  /** From each origin to the destination; those of the same way fan out. */
  findMovements() {
    const { events, places } = this;
    const { role, place, placesFrom } = events;
    if (!role.some((code) => isOrigin(code))) return;
    /** @type {Map<string, number>} how often a way has been taken already */
    const taken = new Map();
    for (let event = 0; event < events.length; event++) {
      const from = placesFrom[event] ?? 0;
      const roles = role.subarray(from, placesFrom[event + 1]);
      if (!roles.some((code) => isOrigin(code))) continue;
      const destination = roles.indexOf(DESTINATION);
      const goal = destination >= 0 ? destination : roles.findIndex((code) => !isOrigin(code));
      if (goal < 0) continue;
      const to = place[from + goal] ?? 0;
      const found = [];
      for (let n = 0; n < roles.length; n++) {
        const start = place[from + n] ?? 0;
        if (!isOrigin(roles[n]) || (places.lat[start] === places.lat[to] && places.lon[start] === places.lon[to])) continue;
        const way = `${this.same(start)}>${this.same(to)}`;
        const before = taken.get(way) ?? 0;
        taken.set(way, before + 1);
        const turn = -360 * Math.round(((places.lon[to] ?? 0) - (places.lon[start] ?? 0)) / 360);
        found.push({ event, from: start, to, bend: 0.16 + 0.11 * before, turn, start: this.startOf(start, to, turn) });
      }
      if (found.length) this.ways.set(event, found);
      this.movements.push(...found);
    }
  }

  /** Where marks stand: at the sites, or else at the destination or origin; of a single way, at its middle. */
  findAnchors() {
    const { events, ways } = this;
    const { role, place, placesFrom } = events;
    const room = events.place.length + this.movements.length;
    const [anchorEvent, anchorPlace, area] = [new Uint32Array(room), new Int32Array(room), new Int32Array(room).fill(NOWHERE)];
    const [x, y] = [new Float64Array(room), new Float64Array(room)];
    let count = 0;
    /** @param {number} event @param {number} n place */
    const stand = (event, n) => {
      for (let before = count - 1; before >= 0 && anchorEvent[before] === event; before--) {
        if (anchorPlace[before] === n) return;
      }
      anchorEvent[count] = event;
      anchorPlace[count] = n;
      if (this.shape[n] === AREA) area[count] = this.same(n);
      x[count] = this.x[n] ?? 0;
      y[count++] = this.y[n] ?? 0;
    };
    for (let event = 0; event < events.length; event++) {
      const [from, to] = [placesFrom[event] ?? 0, placesFrom[event + 1] ?? 0];
      const way = ways.get(event);
      let ends = 0;
      for (let n = from; n < to; n++) if (!isOrigin(role[n])) ends++;
      for (let n = from; n < to; n++) {
        if (ends && isOrigin(role[n])) continue;
        if (way?.length === 1 && place[n] === way[0]?.to) continue; // its arrow carries the mark
        stand(event, place[n] ?? 0);
      }
      if (way?.length !== 1) continue;
      const middle = this.along(/** @type {Movement} */ (way[0]), 0.5);
      anchorEvent[count] = event;
      anchorPlace[count] = NOWHERE;
      [x[count], y[count]] = [middle.x, middle.y];
      count++;
    }
    return {
      event: anchorEvent.subarray(0, count), place: anchorPlace.subarray(0, count), area: area.subarray(0, count),
      x: x.subarray(0, count), y: y.subarray(0, count),
    };
  }

  /** The places known only as a country in which movements began, and nothing else happened. */
  farOrigins() {
    const { role, place } = this.events;
    const far = /** @type {Set<number>} */ (new Set());
    const other = /** @type {Set<number>} */ (new Set());
    for (let n = 0; n < place.length; n++) {
      const country = this.places.granularity[place[n] ?? 0] === COUNTRY;
      (country && isOrigin(role[n]) ? far : other).add(place[n] ?? 0);
    }
    return new Set([...far].filter((n) => !other.has(n)));
  }

  /** A point of a movement's curve, in Web Mercator. @param {Movement} movement @param {number} t 0–1 */
  along({ start, to, bend, turn }, t) {
    return along(start, { x: (this.x[to] ?? 0) + turn / 360, y: this.y[to] ?? 0 }, bend, t);
  }

  /** The outline of a region or country, where it is known. @param {number} place */
  outline(place) {
    const { gazetteer, words } = this.places;
    const id = words.get(gazetteer[place] ?? 0);
    return this.shape[place] === AREA && Object.hasOwn(this.outlines, id) ? this.outlines[id] ?? null : null;
  }

  /** Where a movement begins: a region or country is left over its edge, if that is known. @param {number} from @param {number} to @param {number} turn */
  startOf(from, to, turn) {
    const a = { x: this.x[from] ?? 0, y: this.y[from] ?? 0 };
    const b = { x: (this.x[to] ?? 0) + turn / 360, y: this.y[to] ?? 0 };
    const known = this.outline(from);
    const crossed = (known?.rings ?? []).map((ring) => crossings(decode(ring, known?.scale ?? 0).map(([lat, lon]) => ({ x: lon / 360 + 0.5, y: northing(lat) })), a, b));
    const out = crossed.filter((shares) => shares.length % 2).sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0))[0]?.pop() ?? 0;
    return { x: a.x + (b.x - a.x) * out, y: a.y + (b.y - a.y) * out };
  }
}

/**
 * Where the straight way from `a` to `b` crosses a ring: shares of its length, in order.  An odd number of them leaves
 * the ring for good.
 * @param {{x: number, y: number}[]} ring @param {{x: number, y: number}} a @param {{x: number, y: number}} b
 */
export function crossings(ring, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return ring.flatMap((p, n) => {
    const q = ring[(n + 1) % ring.length] ?? p;
    const [ex, ey] = [q.x - p.x, q.y - p.y];
    const across = dx * ey - dy * ex;
    const share = ((p.x - a.x) * ey - (p.y - a.y) * ex) / across;
    const at = ((p.x - a.x) * dy - (p.y - a.y) * dx) / across;
    return across && share > 0 && share < 1 && at >= 0 && at < 1 ? [share] : [];
  }).sort((one, other) => one - other);
}

/** @param {number} granularity @param {number} precision */
function shapeCode(granularity, precision) {
  if (granularity >= REGION || precision === 3) return AREA;
  if (precision === 2) return 2;
  return granularity === SITE ? 0 : 1;
}

/**
 * A point of the curve from `a` to `b` in any plane; its control point lies to the left of the way.
 * @param {{x: number, y: number}} a @param {{x: number, y: number}} b @param {number} bend share of the length @param {number} t 0–1
 */
export function along(a, b, bend, t) {
  const control = { x: (a.x + b.x) / 2 + (b.y - a.y) * bend, y: (a.y + b.y) / 2 - (b.x - a.x) * bend };
  const u = 1 - t;
  return { x: u * u * a.x + 2 * u * t * control.x + t * t * b.x, y: u * u * a.y + 2 * u * t * control.y + t * t * b.y };
}
