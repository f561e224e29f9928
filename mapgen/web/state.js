/**
 * What the reader has chosen: filters, time, search, order, event; and which events are shown for it.
 *
 * @typedef {import("./events.js").Events} Events
 * @typedef {import("./filters.js").FacetName} FacetName
 */
import { dayOf, isoOf } from "./events.js";
import { applySince, applyTime, BIT, FACETS, facetsOf } from "./filters.js";
import { ordered } from "./order.js";
import { Search } from "./search.js";

export class State extends EventTarget {
  /** @param {Events} events @param {string} [lang] of the interface */
  constructor(events, lang = "en") {
    super();
    this.events = events;
    this.lang = lang;
    this.facets = facetsOf(events);
    /** @type {Set<string>} types that are switched off */
    this.off = new Set();
    /** @type {Map<FacetName, Set<string>>} the values that are shown; without an entry, all */
    this.only = new Map();
    /** Bits of the filters that each event fails: see filters.js. */
    this.fails = new Uint8Array(events.length);
    /** @type {string | null} ISO date */
    this.from = null;
    /** @type {string | null} ISO date, inclusive */
    this.to = null;
    this.undated = true;
    /** @type {string | null} ISO date: only what was told since then */
    this.since = null;
    this.query = "";
    /** @type {Search | undefined} */
    this.searching = undefined;
    /** Goes up when another filter than time changes. */
    this.revision = 0;
    /** @type {import("./order.js").OrderName} */
    this.order = "date";
    /** @type {string | null} */
    this.selected = null;
    let [first, last] = [Infinity, 0];
    for (let n = 0; n < events.length; n++) {
      if (!events.start[n]) continue;
      first = Math.min(first, events.start[n] ?? 0);
      last = Math.max(last, events.end[n] ?? 0);
    }
    /** @type {[string, string] | null} the first and the last day of the events */
    this.span = last ? [/** @type {string} */ (isoOf(first)), /** @type {string} */ (isoOf(last))] : null;
    this.sorted = ordered(events, "date", lang);
    /** The numbers of the events that are shown, in the order of the list. */
    this.shown = this.sorted;
  }

  get narrowed() {
    return Boolean(this.span && ((this.from && this.from > this.span[0]) || (this.to && this.to < this.span[1])));
  }

  /** @param {string[]} types @param {boolean} on */
  setTypes(types, on) {
    for (const type of types) on ? this.off.delete(type) : this.off.add(type);
    this.filterTypes();
    this.changed();
  }

  /** Show these types only. @param {string[]} types */
  onlyTypes(types) {
    this.off = new Set(this.facets.type.keys);
    this.setTypes(types, true);
  }

  /** Show events with one of these values only; null shows all. @param {FacetName} name @param {Iterable<string> | null} values */
  setOnly(name, values) {
    if (values) this.only.set(name, new Set(values));
    else this.only.delete(name);
    this.filter(name);
    this.changed();
  }

  /**
   * Put all choices at once; what is not named is not narrowed.
   * @param {{off?: string[], only?: [FacetName, string[]][], query?: string, from?: string | null, to?: string | null,
   *   since?: string | null, undated?: boolean}} choices
   */
  put({ off = [], only = [], query = "", from = null, to = null, since = null, undated }) {
    this.off = new Set(off);
    this.only = new Map(only.map(([name, values]) => [name, new Set(values)]));
    this.filterTypes();
    for (const name of FACETS) this.filter(name);
    this.filterQuery(query);
    this.filterSince(since);
    this.from = this.to = null;
    this.undated = true;
    this.narrow(from, to);
    if (undated !== undefined) this.undated = undated;
    this.filterTime();
    this.changed();
  }

  /** Show everything again. */
  reset() {
    this.put({});
  }

  /**
   * How many events have each value of a facet, in the order of its keys: of all, or of those that the other filters
   * leave.
   * @param {FacetName | "type"} name @param {boolean} [left]
   */
  counts(name, left = false) {
    return this.facets[name].counts(left ? this.fails : null);
  }

  /**
   * Show what happened between two days, both included; null leaves an end open.  Undated events are left out of a
   * narrowed range, unless they are switched on again.
   * @param {string | null} from @param {string | null} to
   */
  setTime(from, to) {
    this.narrow(from, to);
    this.filterTime();
    this.changed();
  }

  /** @param {boolean} on */
  setUndated(on) {
    this.undated = on;
    this.filterTime();
    this.changed();
  }

  /** Show only what was told since a day: by its source's date, or else by its own; null for all. @param {string | null} day */
  setSince(day) {
    this.filterSince(day);
    this.changed();
  }

  /** @param {string} query */
  setQuery(query) {
    this.filterQuery(query);
    this.changed();
  }

  /** @param {import("./order.js").OrderName} order */
  setOrder(order) {
    this.order = order;
    this.sorted = ordered(this.events, order, this.lang);
    this.changed();
  }

  /** @param {string | null} id */
  select(id) {
    const n = this.events.find(id);
    const chosen = n < 0 ? null : id;
    if (chosen === this.selected) return;
    this.selected = chosen;
    this.dispatchEvent(new Event("select"));
  }

  /** The event that is open, in full. */
  get event() {
    const n = this.events.find(this.selected);
    return n < 0 ? null : this.events.record(n);
  }

  /** Open the event before or after the open one, in the order of the list. @param {number} by */
  step(by) {
    const { length } = this.shown;
    const at = this.shown.indexOf(this.events.find(this.selected));
    if (length) this.select(this.events.ids.get(this.shown[at < 0 ? (by > 0 ? 0 : length - 1) : (at + by + length) % length] ?? 0));
  }

  /** Made when it is first needed. */
  get search() {
    return (this.searching ??= new Search(this.events));
  }

  /** Whether an event is shown. @param {string} id */
  shows(id) {
    return this.fails[this.events.find(id)] === 0;
  }

  filterTypes() {
    this.facets.type.apply(this.fails, (key) => !this.off.has(key));
    this.revision++;
  }

  /** @param {FacetName} name */
  filter(name) {
    const only = this.only.get(name);
    this.facets[name].apply(this.fails, (key) => !only || only.has(key));
    this.revision++;
  }

  /** @param {string} query */
  filterQuery(query) {
    if (query === this.query) return;
    this.query = query;
    this.search.apply(query, this.fails, BIT.query);
    this.revision++;
  }

  /** @param {string | null} day */
  filterSince(day) {
    this.since = dayOf(day) ? day : null;
    applySince(this.fails, this.told, dayOf(this.since));
    this.revision++;
  }

  /** @param {string | null} from @param {string | null} to */
  narrow(from, to) {
    const was = this.narrowed;
    [this.from, this.to] = from && to && from > to ? [to, from] : [from, to];
    if (!this.narrowed) this.from = this.to = null;
    if (was !== this.narrowed) this.undated = !this.narrowed;
  }

  filterTime() {
    applyTime(this.events, this.fails, dayOf(this.from), dayOf(this.to), this.undated);
  }

  /** When each source was published: a day. */
  get published() {
    return Int32Array.from(/** @type {Int32Array} */ (this.events.sources[3]), (code) => dayOf(this.events.words.get(code)));
  }

  /** When each event was told: a day. */
  get told() {
    const { published } = this;
    return this.events.start.map((day, n) => published[this.events.source[n] ?? 0] || day);
  }

  changed() {
    const { fails, sorted } = this;
    const shown = new Uint32Array(sorted.length);
    let count = 0;
    for (let at = 0; at < sorted.length; at++) {
      const n = /** @type {number} */ (sorted[at]);
      if (!fails[n]) shown[count++] = n;
    }
    this.shown = shown.subarray(0, count);
    this.dispatchEvent(new Event("change"));
  }
}
