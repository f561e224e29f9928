/**
 * Movements of events, and how they join: those of one type and status that come to a place from one side flow
 * together before they arrive, like tributaries.
 *
 * @typedef {import("./curves.js").Point} Point
 * @typedef {import("./geography.js").Geography} Geography
 * @typedef {{event: number, from: number, to: number, size: number | null, vague: boolean, turn: number, start: Point, control: Point, end: Point}} Movement
 *   an event's way from a place to a place, both by their numbers; `size`: soldiers, where told; `vague`: where it begins
 *   is known only as a country or region; `turn`: degrees added to the goal's longitude, so that the way is the short
 *   one; `start`, `control`, `end`: its curve in Web Mercator, up to the goal or to where it joins others
 * @typedef {{to: number, turn: number, goal: Point, joint: Point | null, movements: Movement[]}} Flow what arrives under
 *   one head; `joint`: where its movements, ordered from side to side, come together
 */
import { decode } from "./basemap.js";
import { bent, crossings, distance } from "./curves.js";
import { AREA, isOrigin, northing, ROLE_OF_GOAL } from "./places.js";

const BEND = 0.16; // share of its length by which a curve leaves the straight way
const FAN = 0.11; // and by how much more if the same way was taken before
const JOINT = 0.32; // of a middling way: so long is the common stretch
const UPSTREAM = 1.5; // of the common stretch: what begins nearer arrives by itself
const SIDE = 2; // radians between the outermost movements that join
const NEIGHBOURS = 1; // radians between two that join

/** From each origin to the destination. @param {Geography} geography @returns {Movement[]} */
export function movementsOf(geography) {
  const { events, places, shape } = geography;
  const { role, place, placesFrom } = events;
  /** @type {Movement[]} */
  const found = [];
  if (!role.some(isOrigin)) return found;
  /** @type {Map<string, number>} how often a way has been taken already */
  const taken = new Map();
  for (let event = 0; event < events.length; event++) {
    const from = placesFrom[event] ?? 0;
    const roles = role.subarray(from, placesFrom[event + 1]);
    if (!roles.some(isOrigin)) continue;
    const destination = roles.indexOf(ROLE_OF_GOAL);
    const goal = destination >= 0 ? destination : roles.findIndex((code) => !isOrigin(code));
    if (goal < 0) continue;
    const to = place[from + goal] ?? 0;
    const starts = [...place.subarray(from, placesFrom[event + 1])].filter((start, n) => isOrigin(roles[n])
      && (places.lat[start] !== places.lat[to] || places.lon[start] !== places.lon[to]));
    const soldiers = soldiersOf(events.figures.get(event));
    for (const start of starts) {
      const way = `${geography.same(start)}>${geography.same(to)}`;
      const before = taken.get(way) ?? 0;
      taken.set(way, before + 1);
      const turn = -360 * Math.round(((places.lon[to] ?? 0) - (places.lon[start] ?? 0)) / 360);
      const begin = startOf(geography, start, to, turn);
      const end = geography.pointOf(to, turn);
      found.push({
        event, from: start, to, turn, start: begin, end, control: bent(begin, end, BEND + FAN * before),
        size: soldiers === null ? null : soldiers / starts.length, vague: shape[start] === AREA,
      });
    }
  }
  return found;
}

/** @param {string} figures as JSON, or "" @returns {number | null} */
function soldiersOf(figures) {
  const told = figures ? JSON.parse(figures).soldiers : null;
  return told?.value ?? told?.max ?? told?.min ?? null;
}

/** Where a movement begins: a region or country is left over its edge, if that is known. @param {Geography} geography @param {number} from @param {number} to @param {number} turn */
function startOf(geography, from, to, turn) {
  const [a, b] = [geography.pointOf(from), geography.pointOf(to, turn)];
  const known = geography.outline(from);
  const crossed = (known?.rings ?? []).map((ring) => crossings(decode(ring, known?.scale ?? 0).map(([lat, lon]) => ({ x: lon / 360 + 0.5, y: northing(lat) })), a, b));
  const out = crossed.filter((shares) => shares.length % 2).sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0))[0]?.pop() ?? 0;
  return { x: a.x + (b.x - a.x) * out, y: a.y + (b.y - a.y) * out };
}

/** Movements as they arrive; the curves of those that join are bent to their joint. @param {Geography} geography @param {Movement[]} movements @returns {Flow[]} */
export function flowsOf(geography, movements) {
  const { status, type } = geography.events;
  /** @type {Map<string, Movement[]>} */
  const arriving = new Map();
  for (const movement of movements) {
    const { event, to, turn } = movement;
    const key = [geography.same(to), turn, type[event], status[event]].join();
    const known = arriving.get(key);
    if (known) known.push(movement);
    else arriving.set(key, [movement]);
  }
  return [...arriving.values()].flatMap((all) => sides(all).flatMap((some) => {
    const far = some.map(({ start, end }) => distance(start, end)).sort((a, b) => a - b);
    const common = JOINT * (far[Math.floor(far.length / 2)] ?? 0);
    const upstream = some.filter(({ start, end }) => distance(start, end) > common * UPSTREAM);
    if (new Set(upstream.map(({ from }) => geography.same(from))).size < 2) return some.map(alone);
    return [...some.filter((one) => !upstream.includes(one)).map(alone), joined(upstream, common)];
  }));
}

/** @param {Movement} movement @returns {Flow} */
const alone = (movement) => ({ to: movement.to, turn: movement.turn, goal: movement.end, joint: null, movements: [movement] });

/** @param {Movement} movement */
const heading = ({ start, end }) => Math.atan2(end.y - start.y, end.x - start.x);

/** Movements to one place in groups that come from one side. @param {Movement[]} movements @returns {Movement[][]} */
function sides(movements) {
  const sorted = movements.map((movement) => ({ movement, angle: heading(movement) })).sort((a, b) => a.angle - b.angle);
  const gaps = sorted.map(({ angle }, n) => angle - (n ? sorted[n - 1]?.angle ?? 0 : (sorted.at(-1)?.angle ?? 0) - 2 * Math.PI));
  const first = gaps.indexOf(Math.max(...gaps)); // the widest gap parts the first from the last
  /** @type {Movement[][]} */
  const groups = [];
  let spread = 0;
  for (let n = 0; n < sorted.length; n++) {
    const at = (first + n) % sorted.length;
    const movement = /** @type {Movement} */ (sorted[at]?.movement);
    spread += gaps[at] ?? 0;
    if (n && (gaps[at] ?? 0) < NEIGHBOURS && spread < SIDE) groups.at(-1)?.push(movement);
    else {
      groups.push([movement]);
      spread = 0;
    }
  }
  return groups;
}

/** @param {Movement[]} movements from one side @param {number} common how long they go together @returns {Flow} */
function joined(movements, common) {
  const [{ to, turn, end: goal }] = /** @type {[Movement]} */ (movements);
  const ways = movements.map(({ start }) => ({ x: (goal.x - start.x) / distance(start, goal), y: (goal.y - start.y) / distance(start, goal) }));
  const sum = ways.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  const course = { x: sum.x / Math.hypot(sum.x, sum.y), y: sum.y / Math.hypot(sum.x, sum.y) };
  const joint = { x: goal.x - course.x * common, y: goal.y - course.y * common };
  /** @param {Point} point how far to the side of the common course */
  const aside = (point) => (point.x - joint.x) * -course.y + (point.y - joint.y) * course.x;
  /** @type {Map<string, number>} */
  const taken = new Map();
  const bending = movements.map((movement) => {
    const { start } = movement;
    const before = taken.get(`${start.x} ${start.y}`) ?? 0;
    taken.set(`${start.x} ${start.y}`, before + 1);
    const reach = distance(start, joint) / 2;
    const fan = FAN * before * reach;
    return Object.assign(movement, { end: joint, control: { x: joint.x - course.x * reach + course.y * fan, y: joint.y - course.y * reach - course.x * fan } });
  });
  return { to, turn, goal, joint, movements: bending.sort((a, b) => aside(a.start) - aside(b.start)) };
}
