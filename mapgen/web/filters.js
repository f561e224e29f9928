/**
 * Which events are shown: each filter sets its bit at the events that fail it, and an event without any bit is shown.
 * So a choice costs one pass over one column, and the numbers beside each choice one more.
 *
 * @typedef {import("./events.js").Events} Events
 * @typedef {"status" | "confidence" | "source" | "actor"} FacetName what a reader can choose by, beside types and time
 */
import { STATUSES } from "./events.js";

/** The bits. */
export const BIT = { type: 1, status: 2, actor: 4, source: 8, confidence: 16, time: 32, query: 64, since: 128 };

/** @type {FacetName[]} */
export const FACETS = ["status", "confidence", "source", "actor"];
const CERTAIN = 0.75; // below these a place is likely, or uncertain
const LIKELY = 0.45;
const LEVELS = /** @type {const} */ (["high", "medium", "low", ""]);

/** @param {number} confidence 0–1 @returns {"high" | "medium" | "low"} */
export const levelOf = (confidence) => (confidence >= CERTAIN ? "high" : confidence >= LIKELY ? "medium" : "low");

/**
 * A property of events whose values can be switched off.  An event with several values is shown as long as one of them
 * is on; "" is the value of events that have none.
 */
export class Facet {
  /**
   * @param {number} bit @param {string[]} keys the values, by their codes
   * @param {ArrayLike<number>} codes of all events, one after the other
   * @param {Uint32Array | null} from where each event's codes begin, where they can be several
   */
  constructor(bit, keys, codes, from = null) {
    this.bit = bit;
    this.keys = keys;
    this.codes = codes;
    this.from = from;
  }

  /** Set the bit where an event fails. @param {Uint8Array} fails @param {(key: string) => boolean} on */
  apply(fails, on) {
    const { bit, codes, from } = this;
    const keep = 255 & ~bit;
    const out = Uint8Array.from(this.keys, (key) => (on(key) ? 0 : bit));
    for (let n = 0; n < fails.length; n++) {
      let failed = from ? bit : /** @type {number} */ (out[/** @type {number} */ (codes[n])]);
      if (from) {
        const end = /** @type {number} */ (from[n + 1]);
        for (let at = /** @type {number} */ (from[n]); at < end && failed; at++) failed = /** @type {number} */ (out[/** @type {number} */ (codes[at])]);
      }
      fails[n] = (/** @type {number} */ (fails[n]) & keep) | failed;
    }
  }

  /** How many events have each value, of those that fail no other filter. @param {Uint8Array | null} fails */
  counts(fails) {
    const counts = new Uint32Array(this.keys.length);
    const others = 255 & ~this.bit;
    const { codes, from } = this;
    const length = from ? from.length - 1 : codes.length;
    for (let n = 0; n < length; n++) {
      if (fails && /** @type {number} */ (fails[n]) & others) continue;
      const end = from ? /** @type {number} */ (from[n + 1]) : n + 1;
      for (let at = from ? /** @type {number} */ (from[n]) : n; at < end; at++) {
        const code = /** @type {number} */ (codes[at]);
        counts[code] = /** @type {number} */ (counts[code]) + 1;
      }
    }
    return counts;
  }
}

/** @param {Events} events @returns {Record<FacetName | "type", Facet>} */
export function facetsOf(events) {
  return {
    type: new Facet(BIT.type, events.types.map((type) => type.key), events.type),
    status: new Facet(BIT.status, [...STATUSES], events.status),
    actor: actors(events),
    source: sources(events),
    confidence: new Facet(BIT.confidence, [...LEVELS], certainty(events)),
  };
}

/** @param {Events} events */
function actors(events) {
  const { words } = events;
  const codes = new Map([[0, 0]]);
  const from = new Uint32Array(events.length + 1);
  const found = [];
  for (let n = 0; n < events.length; n++) {
    const named = new Set(events.actorsOf(n));
    for (const word of named.size ? named : [0]) {
      if (!codes.has(word)) codes.set(word, codes.size);
      found.push(/** @type {number} */ (codes.get(word)));
    }
    from[n + 1] = found.length;
  }
  return new Facet(BIT.actor, [...codes.keys()].map((word) => words.get(word)), Uint32Array.from(found), from);
}

/** By publisher, or else by title, or else by who says so. @param {Events} events */
function sources(events) {
  const codes = new Map([[0, 0]]);
  const [titles, , publishers] = events.sources;
  const found = Uint32Array.from(events.source, (source, n) => {
    const word = publishers?.[source] || titles?.[source] || events.attribution[n] || 0;
    if (!codes.has(word)) codes.set(word, codes.size);
    return /** @type {number} */ (codes.get(word));
  });
  return new Facet(BIT.source, [...codes.keys()].map((word) => events.words.get(word)), found);
}

/** How sure the least sure place of each event is. @param {Events} events */
function certainty(events) {
  const { confidence } = events.places;
  return Uint8Array.from({ length: events.length }, (_, n) => {
    let least = Infinity;
    for (const place of events.placesOf(n)) least = Math.min(least, (confidence[place] ?? 0) / 100);
    return LEVELS.indexOf(least > 1 ? "" : levelOf(least));
  });
}

/**
 * Set the time bit: outside of the days, or undated and these are left out.
 * @param {Events} events @param {Uint8Array} fails @param {number} from @param {number} to days; 0 leaves an end open
 * @param {boolean} undated
 */
export function applyTime(events, fails, from, to, undated) {
  const { start, end } = events;
  const [keep, last, none] = [255 & ~BIT.time, to || Infinity, undated ? 0 : BIT.time];
  for (let n = 0; n < fails.length; n++) {
    const day = /** @type {number} */ (start[n]);
    const failed = day ? (/** @type {number} */ (end[n]) < from || day > last ? BIT.time : 0) : none;
    fails[n] = (/** @type {number} */ (fails[n]) & keep) | failed;
  }
}

/**
 * Set the bit of what was told before a day: by when the source was published, or else by when it happened.
 * @param {Uint8Array} fails @param {Int32Array} told days @param {number} since a day, or 0
 */
export function applySince(fails, told, since) {
  for (let n = 0; n < fails.length; n++) {
    fails[n] = (/** @type {number} */ (fails[n]) & (255 & ~BIT.since)) | (/** @type {number} */ (told[n]) < since ? BIT.since : 0);
  }
}
