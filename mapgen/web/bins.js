/** Stretches of time of the same kind, for the histogram: days, weeks, months or years, so that there are not too many. */
import { dayOf, isoOf } from "./events.js";
import { BIT } from "./filters.js";

const MOST = 120;

/** The first day of each bin, and of the one after the last. @param {number} first @param {number} last days @returns {number[]} */
export function edges(first, last) {
  const days = last - first + 1;
  if (days <= MOST) return Array.from({ length: days + 1 }, (_, n) => first + n);
  if (days <= MOST * 7) return Array.from({ length: Math.ceil(days / 7) + 1 }, (_, n) => first + n * 7);
  const months = days <= MOST * 30 ? 1 : days <= MOST * 365 ? 12 : Math.ceil(days / 365 / MOST) * 12;
  const [year = 0, month = 1] = (isoOf(first) ?? "").split("-").map(Number);
  /** @type {number[]} */
  const found = [];
  for (let n = 0; ; n += months) {
    const date = new Date(0);
    date.setUTCFullYear(year, months >= 12 ? n : month - 1 + n, 1);
    const edge = dayOf(date.toISOString().slice(0, 10)) || first;
    found.push(edge);
    if (edge > last) return found;
  }
}

export class Histogram {
  /** @param {import("./events.js").Events} events @param {number[]} edges @param {number[]} groups of each type, by its code @param {number} width how many groups */
  constructor(events, edges, groups, width) {
    this.events = events;
    this.bins = edges.length - 1;
    this.groups = Uint8Array.from(groups);
    this.width = width;
    /** @param {number} day */
    const bin = (day) => {
      let [low, high] = [0, this.bins - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((edges[middle] ?? 0) <= day) low = middle;
        else high = middle - 1;
      }
      return low;
    };
    this.from = Uint16Array.from(events.start, (day) => (day ? bin(day) : 0));
    this.to = Uint16Array.from(events.end, (day, n) => (day === events.start[n] ? this.from[n] ?? 0 : bin(day)));
  }

  /** How many events of each group fall into each bin, of those that fail no other filter than time. @param {Uint8Array} fails */
  counts(fails) {
    const { events: { start, type }, from, to, width, groups } = this;
    const counts = new Uint32Array(this.bins * width);
    const others = 255 & ~BIT.time;
    for (let n = 0; n < fails.length; n++) {
      if (/** @type {number} */ (fails[n]) & others || !start[n]) continue;
      const group = /** @type {number} */ (groups[/** @type {number} */ (type[n])]);
      for (let bin = /** @type {number} */ (from[n]); bin <= /** @type {number} */ (to[n]); bin++) counts[bin * width + group] = /** @type {number} */ (counts[bin * width + group]) + 1;
    }
    return counts;
  }
}
