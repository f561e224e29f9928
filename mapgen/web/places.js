/**
 * What is known of a place, and what part it has in an event.
 *
 * @typedef {import("./types.js").Place} Place
 * @typedef {"pin" | "dot" | "near" | "area"} Shape pin: an exact place; dot: a town; near: somewhere near it;
 *   area: somewhere in a region or country
 */
import { GRANULARITIES, ROLES } from "./events.js";

export const SHAPES = /** @type {Shape[]} */ (["pin", "dot", "near", "area"]);
export const AREA = 3; // its code
const [SITE, REGION] = [GRANULARITIES.indexOf("site"), GRANULARITIES.indexOf("region")];
const WIDEST = 85.0511; // degrees: as far north as Web Mercator goes

/** @param {Place} place */
export const shapeOf = (place) => SHAPES[shapeCode(GRANULARITIES.indexOf(place.granularity), place.geo_precision)] ?? "dot";

const [ORIGIN, CONTINGENT] = [ROLES.indexOf("origin"), ROLES.indexOf("contingent-origin")];
/** Whether a movement begins there. @param {number | undefined} role of a place in an event, by its code */
export const isOrigin = (role) => role === ORIGIN || role === CONTINGENT;
export const ROLE_OF_GOAL = ROLES.indexOf("destination");

/** Web Mercator, as shares of the world's width from its north-western corner (EPSG:3857). @param {number} lat */
export function northing(lat) {
  const sine = Math.sin((Math.min(Math.max(lat, -WIDEST), WIDEST) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** The shape of a place, as a code of SHAPES. @param {number} granularity @param {number} precision */
export function shapeCode(granularity, precision) {
  if (granularity >= REGION || precision === 3) return AREA;
  if (precision === 2) return 2;
  return granularity === SITE ? 0 : 1;
}
