/**
 * Where each event stands on the map: honest shapes for what is known of its places.
 *
 * @typedef {import("./events.js").Events} Events
 * @typedef {import("./flows.js").Movement} Movement
 */
import { along } from "./curves.js";
import { flowsOf, movementsOf } from "./flows.js";
import { AREA, isOrigin, northing, shapeCode } from "./places.js";

const COUNTRY = 3; // a granularity of events.js
const NOWHERE = -1;

/** The longitude around which the map is drawn: the middle of the narrowest span that holds all places.
 * @param {Float64Array} lons */
function middle(lons) {
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
  return west + (360 - widest) / 2;
}

/** The same longitude in the turn of the world that begins at `west`. @param {number} lon @param {number} west */
export const turned = (lon, west) => (lon < west ? lon + 360 : lon > west + 360 ? lon - 360 : lon);

/** Move longitudes into one turn of the world, beyond ±180 where needed, so that the map is in one piece.
 * @param {Float64Array} lons @param {number | undefined} west where the basemap begins, if there is one */
function unwrap(lons, west) {
  const [least, most] = [lons.reduce((a, b) => Math.min(a, b), Infinity), lons.reduce((a, b) => Math.max(a, b), -Infinity)];
  const from = west ?? (most - least > 180 ? middle(lons) - 180 : -180);
  for (let n = 0; n < lons.length; n++) lons[n] = turned(/** @type {number} */ (lons[n]), from);
}

/** The places of all events, and where their marks and arrows stand. */
export class Geography {
  /** @param {Events} events @param {import("./types.js").PageData["areas"]} [outlines] of regions and countries, by their gazetteer's id @param {number} [west] degrees: where the basemap begins */
  constructor(events, outlines = {}, west = undefined) {
    const { places } = events;
    unwrap(places.lon, west);
    this.outlines = outlines;
    this.events = events;
    this.places = places;
    /** The shape of each place, as a code of SHAPES. */
    this.shape = Uint8Array.from(places.granularity, (granularity, n) => shapeCode(granularity, places.precision[n] ?? 1));
    /** Each place in Web Mercator. */
    this.x = Float64Array.from(places.lon, (lon) => lon / 360 + 0.5);
    this.y = Float64Array.from(places.lat, northing);
    /** The middle of them all, from west to east. */
    this.centre = (this.x.reduce((a, b) => Math.min(a, b), 1) + this.x.reduce((a, b) => Math.max(a, b), 0)) / 2;
    /** @type {Map<string, number>} */
    this.keys = new Map();
    this.movements = movementsOf(this);
    this.flows = flowsOf(this, this.movements);
    /** @type {Map<number, Movement[]>} the movements of each event that has some */
    this.ways = new Map();
    for (const movement of this.movements) this.ways.set(movement.event, [...(this.ways.get(movement.event) ?? []), movement]);
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

  /** Where a place is in Web Mercator. @param {number} place @param {number} [turn] degrees added to its longitude */
  pointOf(place, turn = 0) {
    return { x: (this.x[place] ?? 0) + turn / 360, y: this.y[place] ?? 0 };
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
      const { start, control, end } = /** @type {Movement} */ (way[0]);
      const middle = along(start, control, end, 0.5);
      middle.x -= Math.round(middle.x - this.centre); // of its copies the one on the map
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

  /** The outline of a region or country, where it is known. @param {number} place */
  outline(place) {
    const { gazetteer, words } = this.places;
    const id = words.get(gazetteer[place] ?? 0);
    return this.shape[place] === AREA && Object.hasOwn(this.outlines, id) ? this.outlines[id] ?? null : null;
  }
}
