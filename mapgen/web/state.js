/**
 * What the reader has chosen: layers, time, search, event; and which events are shown for it.
 *
 * @typedef {import("./types.js").EventRecord} EventRecord
 */

/** @param {string} text */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {EventRecord} event */
function searchable(event) {
  const parts = [event.title, event.quote, event.attribution, event.source?.publisher, event.source?.title, event.note,
    ...(event.actors ?? []), ...event.places.map((place) => place.name)];
  return folded(parts.filter(Boolean).join(" \n"));
}

/**
 * What a reader can choose by, beside types and time; an event has one or more values in each.
 * @typedef {"status" | "source" | "actor" | "confidence"} Facet
 */
/** @type {Facet[]} */
export const FACETS = ["status", "confidence", "source", "actor"];
const CERTAIN = 0.75; // below these a place is likely, or uncertain
const LIKELY = 0.45;

/** @param {number} confidence 0–1 @returns {"high" | "medium" | "low"} */
export const levelOf = (confidence) => (confidence >= CERTAIN ? "high" : confidence >= LIKELY ? "medium" : "low");

/** The values of an event; "" where nothing is told. @param {EventRecord} event @param {Facet} facet @returns {string[]} */
export function valuesOf(event, facet) {
  if (facet === "status") return [event.status];
  if (facet === "actor") return event.actors?.length ? event.actors : [""];
  if (facet === "source") return [event.source?.publisher ?? event.source?.title ?? event.attribution ?? ""];
  const least = Math.min(...event.places.map((place) => place.confidence));
  return [event.places.length ? levelOf(least) : ""];
}

export class State extends EventTarget {
  /** @param {EventRecord[]} events */
  constructor(events) {
    super();
    this.events = events;
    this.byId = new Map(events.map((event) => [event.event_id, event]));
    /** @type {Set<string>} types that are switched off */
    this.off = new Set();
    /** @type {Map<Facet, Set<string>>} the values that are shown; without an entry, all */
    this.only = new Map();
    /** @type {string | null} ISO date */
    this.from = null;
    /** @type {string | null} ISO date, inclusive */
    this.to = null;
    this.undated = true;
    this.query = "";
    /** @type {string | null} */
    this.selected = null;
    const starts = events.flatMap((event) => (event.date_start ? [event.date_start] : [])).sort();
    const ends = events.flatMap((event) => event.date_end ?? event.date_start ?? []).sort();
    /** @type {[string, string] | null} the first and the last day of the events */
    this.span = starts.length ? [/** @type {string} */ (starts[0]), /** @type {string} */ (ends.at(-1))] : null;
    this.texts = events.map(searchable);
    this.shown = events;
  }

  get narrowed() {
    return Boolean(this.span && ((this.from && this.from > this.span[0]) || (this.to && this.to < this.span[1])));
  }

  /** @param {string[]} types @param {boolean} on */
  setTypes(types, on) {
    for (const type of types) on ? this.off.delete(type) : this.off.add(type);
    this.changed();
  }

  /** Show events with one of these values only; null shows all. @param {Facet} facet @param {Iterable<string> | null} values */
  setOnly(facet, values) {
    if (values) this.only.set(facet, new Set(values));
    else this.only.delete(facet);
    this.changed();
  }

  /**
   * Show what happened between two days, both included; null leaves an end open.  Undated events are left out of a
   * narrowed range, unless they are switched on again.
   * @param {string | null} from @param {string | null} to
   */
  setTime(from, to) {
    const was = this.narrowed;
    [this.from, this.to] = from && to && from > to ? [to, from] : [from, to];
    if (!this.narrowed) this.from = this.to = null;
    if (was !== this.narrowed) this.undated = !this.narrowed;
    this.changed();
  }

  /** @param {boolean} on */
  setUndated(on) {
    this.undated = on;
    this.changed();
  }

  /** @param {string} query */
  setQuery(query) {
    this.query = query;
    this.changed();
  }

  /** @param {string | null} id */
  select(id) {
    const chosen = id !== null && this.byId.has(id) ? id : null;
    if (chosen === this.selected) return;
    this.selected = chosen;
    this.dispatchEvent(new Event("select"));
  }

  /** Everything is shown again. */
  reset() {
    this.off.clear();
    this.only.clear();
    this.query = "";
    this.from = this.to = null;
    this.undated = true;
    this.changed();
  }

  changed() {
    const words = folded(this.query).split(/\s+/).filter(Boolean);
    const only = [...this.only];
    this.shown = this.events.filter((event, n) => !this.off.has(event.event_type) && this.inTime(event)
      && only.every(([facet, values]) => valuesOf(event, facet).some((value) => values.has(value)))
      && words.every((word) => this.texts[n]?.includes(word)));
    this.dispatchEvent(new Event("change"));
  }

  /** @param {EventRecord} event */
  inTime(event) {
    if (!event.date_start) return this.undated;
    const end = event.date_end ?? event.date_start;
    return (!this.from || end >= this.from) && (!this.to || event.date_start <= this.to);
  }
}
