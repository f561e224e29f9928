/**
 * The shapes of arrows, in pixels: ribbons that widen towards the head, side by side where they join.
 *
 * @typedef {import("./curves.js").Point} Point
 * @typedef {import("./flows.js").Flow} Flow
 * @typedef {{shape: string, spine: string, strike: string, trunk: string, reaches: string[]}} Drawing SVG path data: the
 *   arrow, its middle lines, a stroke that denies it, and where the common stretch and each movement can be clicked
 */
import { along, distance } from "./curves.js";

const STEPS = 24;
const TAIL = 1.6; // px: the width where an arrow begins
const UNTOLD = 5; // px: the width of a movement whose size is not told
const LEAST = 3.4; // px: of the smallest and the largest of those whose size is told
const MOST = 11;
const WIDEST = 18; // px, together
const DASH = /** @type {const} */ ([7, 5]); // px: planned movements
const DOT = /** @type {const} */ ([3, 4]); // px: where a movement begins somewhere in a country or region
const VAGUE = 42; // px of it

/** How long the head is. @param {number} width of the arrow, in pixels */
const headOf = (width) => 10 + width;

/** The width of each movement in pixels: the area of a square of that side grows with its size. @param {import("./flows.js").Movement[]} movements */
export function widthsOf(movements) {
  const largest = movements.reduce((most, { size }) => Math.max(most, size ?? 0), 0);
  return (/** @type {import("./flows.js").Movement} */ { size }) => (size === null || !largest ? UNTOLD : LEAST + (MOST - LEAST) * Math.sqrt(size / largest));
}

/** The middle line of each movement of a flow, up to its goal. @param {Flow} flow @returns {Point[][]} */
export function courses({ movements, joint, goal }) {
  return movements.map(({ start, control, end }) => {
    const line = Array.from({ length: STEPS + 1 }, (_, n) => along(start, control, end, n / STEPS));
    return joint ? [...line, ...line.map((_, n) => along(joint, joint, goal, ((n + 1) / STEPS) ** 0.5)).slice(0, STEPS)] : line;
  });
}

/**
 * A flow, drawn.
 * @param {Flow} flow in pixels @param {number[]} told the width of each of its movements
 * @param {number} gap pixels that the mark at the end needs @param {string} status
 * @returns {Drawing}
 */
export function drawn({ movements, joint, goal }, told, gap, status) {
  const sum = told.reduce((a, b) => a + b, 0);
  const widths = told.map((width) => (width * Math.min(sum, WIDEST)) / sum);
  const whole = Math.min(sum, WIDEST);
  const last = movements[0];
  if (!last) return { shape: "", spine: "", strike: "", trunk: "", reaches: [] };
  /** @type {[Point, Point, Point]} the stretch that ends in the head */
  const final = joint ? [joint, { x: (joint.x + goal.x) / 2, y: (joint.y + goal.y) / 2 }, goal] : [last.start, last.control, last.end];
  const far = distance(final[0], goal);
  const head = Math.min(headOf(whole), far / 2);
  const short = far > (joint ? 2 : 3) * gap ? gap : 0;
  const tip = along(...final, before(final, short));
  const stop = before(final, short + head);
  const course = stretch(final, stop);
  const side = joint ? across(joint, goal) : { x: 0, y: 0 };
  let offset = -whole / 2;
  const bodies = joint ? movements.map(({ start, control, end }, n) => {
    const width = widths[n] ?? 0;
    const by = offset + width / 2;
    offset += width;
    /** @param {Point} point */
    const moved = (point) => ({ x: point.x + side.x * by, y: point.y + side.y * by });
    return stretch([start, moved(control), moved(end)], 1);
  }) : [course];
  const tails = movements.map(({ vague }) => (vague ? VAGUE : 0));
  const shape = [
    ...bodies.map((body, n) => ribbon(body, TAIL, widths[n] ?? 0, status === "planned", tails[n] ?? 0)),
    joint ? ribbon(course, whole, whole, status === "planned", 0) : "", point(course, tip, whole, head),
  ].join("");
  const middle = bodies[0]?.[Math.round(STEPS * 0.3)] ?? goal;
  const lines = bodies.map(path);
  return {
    shape, trunk: joint ? path([...course, tip]) : "", spine: [...lines, joint ? path(course) : ""].join(""),
    reaches: bodies.map((body) => path(joint ? [...body, ...course, tip] : [...body, tip])),
    strike: `M${middle.x - 9} ${middle.y + 9}L${middle.x + 9} ${middle.y - 9}`,
  };
}

/** An arrow for the legend, on 46 by 20 pixels. @param {number} width @param {boolean} vague */
export function pictured(width, vague) {
  const [start, control, goal] = [{ x: 1, y: 15 }, { x: 24, y: 5 }, { x: 45, y: 9 }];
  const movement = { event: 0, from: 0, to: 0, size: null, turn: 0, start, control, end: goal, vague };
  return drawn({ to: 0, turn: 0, goal, joint: null, movements: [movement] }, [width], 0, "confirmed").shape;
}

/** @param {Point[]} points */
const path = (points) => `M${points.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("L")}`;

/** A curve up to a share of it, as points. @param {[Point, Point, Point]} curve @param {number} to */
const stretch = (curve, to) => Array.from({ length: STEPS + 1 }, (_, n) => along(...curve, (n / STEPS) * to));

/** How far along a curve its end comes as near as some pixels. @param {[Point, Point, Point]} curve @param {number} near */
function before(curve, near) {
  if (!near) return 1;
  let [low, high] = [0, 1];
  for (let n = 0; n < 12; n++) {
    const t = (low + high) / 2;
    if (distance(along(...curve, t), curve[2]) > near) low = t;
    else high = t;
  }
  return low;
}

/** One pixel to the side of the way from `a` to `b`. @param {Point} a @param {Point} b @returns {Point} */
function across(a, b) {
  const length = distance(a, b) || 1;
  return { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
}

/**
 * A band along points; in pieces where it is dashed, or dotted at first.
 * @param {Point[]} points @param {number} from @param {number} to its widths at both ends @param {boolean} dashed
 * @param {number} dotted pixels at its beginning
 */
function ribbon(points, from, to, dashed, dotted) {
  const length = points.reduce((sum, one, n) => sum + (n ? distance(/** @type {Point} */ (points[n - 1]), one) : 0), 0);
  const dots = Math.min(dotted, length * 0.45);
  /** @type {[Point[], Point[]][]} the edges of each piece */
  const pieces = [];
  let drawing = false;
  for (const { at, side, gone } of walk(points, dashed ? Infinity : dots)) {
    const [on, off] = gone < dots ? DOT : dashed ? DASH : [Infinity, 0];
    if (gone % (on + off) < on) {
      if (!drawing) pieces.push([[], []]);
      const half = Math.max(from + ((to - from) * gone) / (length || 1), gone < dots ? 2.6 : 0) / 2;
      const [left, right] = /** @type {[Point[], Point[]]} */ (pieces.at(-1));
      left.push({ x: at.x + side.x * half, y: at.y + side.y * half });
      right.unshift({ x: at.x - side.x * half, y: at.y - side.y * half });
      drawing = true;
    } else drawing = false;
  }
  return pieces.map(([left, right]) => `${path([...corners(left), ...corners(right)])}Z`).join("");
}

/** The edge of a piece: of a dash its two ends say it all. @param {Point[]} edge @returns {Point[]} */
function corners(edge) {
  const [first, last] = /** @type {[Point, Point]} */ ([edge[0], edge.at(-1)]);
  return distance(first, last) > 1.5 * DASH[0] ? edge : [first, last];
}

/** Points along a line, pixel by pixel up to a distance; `gone`: pixels since its beginning. @param {Point[]} points @param {number} fine */
function* walk(points, fine) {
  let gone = 0;
  for (let n = 0; n < points.length; n++) {
    const [a, b] = /** @type {[Point, Point]} */ (n + 1 < points.length ? [points[n], points[n + 1]] : [points[n - 1], points[n]]);
    const step = distance(a, b);
    const side = across(a, b);
    if (n + 1 === points.length) yield { at: b, side, gone };
    else for (let done = 0; done < step; done += gone + done < fine ? 1 : step) {
      yield { at: { x: a.x + ((b.x - a.x) * done) / step, y: a.y + ((b.y - a.y) * done) / step }, side, gone: gone + done };
    }
    gone += n + 1 < points.length ? step : 0;
  }
}

/** The head. @param {Point[]} course what it ends @param {Point} tip @param {number} width of the course @param {number} length in pixels */
function point(course, tip, width, length) {
  const base = /** @type {Point} */ (course.at(-1));
  const side = across(base, tip);
  const half = Math.max(length / 2, width / 2 + 2);
  return `${path([{ x: base.x + side.x * half, y: base.y + side.y * half }, tip, { x: base.x - side.x * half, y: base.y - side.y * half }])}Z`;
}
