/**
 * Where each event stands on the map: honest shapes for what is known of its places.
 *
 * @typedef {import("./types.js").EventRecord} EventRecord
 * @typedef {import("./types.js").Place} Place
 * @typedef {"pin" | "dot" | "near" | "area"} Shape pin: an exact place; dot: a town; near: somewhere near it;
 *   area: somewhere in a region or country
 * @typedef {{event: EventRecord, place: Place | null, shape: Shape, key: string, lat: number, lon: number}} Anchor
 *   where a mark stands; no place: the middle of a movement
 * @typedef {{event: EventRecord, from: Place, to: Place, bend: number}} Movement
 */

const ORIGINS = new Set(["origin", "contingent-origin"]);

/** @param {Place} place @returns {Shape} */
export function shapeOf(place) {
  if (place.granularity === "region" || place.granularity === "country") return "area";
  if (place.geo_precision === 3) return "area";
  if (place.geo_precision === 2) return "near";
  return place.granularity === "site" ? "pin" : "dot";
}

/** @param {Place} place */
export const placeKey = (place) => `${shapeOf(place)}:${place.gazetteer ?? `${place.lat.toFixed(4)},${place.lon.toFixed(4)}`}`;

/** @param {Place | undefined} place */
const located = (place) => Boolean(place && Number.isFinite(place.lat) && Number.isFinite(place.lon));

/** The longitude around which the map is drawn: the middle of the narrowest span that holds all places.
 * @param {number[]} lons */
export function middle(lons) {
  const sorted = [...new Set(lons)].sort((a, b) => a - b);
  if (sorted.length < 2) return sorted[0] ?? 0;
  let widest = 0;
  let after = 0;
  sorted.forEach((lon, n) => {
    const next = n + 1 < sorted.length ? /** @type {number} */ (sorted[n + 1]) : /** @type {number} */ (sorted[0]) + 360;
    if (next - lon > widest) [widest, after] = [next - lon, n + 1];
  });
  const west = /** @type {number} */ (sorted[after % sorted.length]);
  const centre = west + (360 - widest) / 2;
  return centre > 180 ? centre - 360 : centre;
}

/** @param {EventRecord[]} events places are moved to the longitudes around the middle, beyond ±180 where needed */
export function unwrap(events) {
  const places = events.flatMap((event) => event.places.filter(located));
  const lons = places.map((place) => place.lon);
  if (!lons.length || Math.max(...lons) - Math.min(...lons) <= 180) return;
  const centre = middle(lons);
  for (const place of places) place.lon += 360 * Math.round((centre - place.lon) / 360);
}

/** @param {EventRecord[]} events @returns {{anchors: Anchor[], movements: Movement[]}} */
export function geography(events) {
  /** @type {Anchor[]} */
  const anchors = [];
  /** @type {Movement[]} */
  const movements = [];
  /** @type {Map<string, number>} how often a way has been taken already */
  const taken = new Map();
  for (const event of events) {
    const places = event.places.filter(located);
    const origins = places.filter((place) => ORIGINS.has(place.role ?? ""));
    const ends = places.filter((place) => !ORIGINS.has(place.role ?? ""));
    const to = ends.find((place) => place.role === "destination") ?? ends[0];
    const ways = to ? origins.filter((from) => from.lat !== to.lat || from.lon !== to.lon) : [];
    for (const from of ways) {
      const way = `${from.lat},${from.lon}>${to?.lat},${to?.lon}`;
      const before = taken.get(way) ?? 0;
      taken.set(way, before + 1);
      movements.push({ event, from, to: /** @type {Place} */ (to), bend: 0.16 + 0.11 * before });
    }
    const stands = ends.length ? ends : origins;
    const seen = new Set();
    for (const place of stands) {
      const key = placeKey(place);
      if (seen.has(key) || (ways.length === 1 && place === to)) continue;
      seen.add(key);
      anchors.push({ event, place, shape: shapeOf(place), key, lat: place.lat, lon: place.lon });
    }
  }
  return { anchors, movements };
}
