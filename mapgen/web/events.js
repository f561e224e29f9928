/**
 * All events of a page, in columns; an event becomes a record only when it is asked for.
 *
 * An event is known by its number, 0 … length - 1, in the order of the data.  Days are counted as the data counts them
 * (1 is 1 January of the year 1); 0 is undated.  Codes of types are places in `data.types`.
 *
 * @typedef {import("./types.js").EventRecord} EventRecord
 * @typedef {import("./types.js").Place} Place
 */
import { Columns, summed } from "./columns.js";

const EPOCH = 719163; // 1 January 1970
const DAY = 86400e3; // ms
const DEGREES = 1e5;
export const STATUSES = /** @type {const} */ (["confirmed", "reported", "planned", "denied"]);
export const ROLES = /** @type {const} */ ([null, "site", "area", "origin", "destination", "contingent-origin"]);
export const GRANULARITIES = /** @type {const} */ (["site", "city", "region", "country"]);
const REVIEWS = ["unreviewed", "accepted", "edited", "rejected"];
const SOURCE_KEYS = /** @type {const} */ (["title", "url", "publisher", "published", "doc_id"]);

/** The ISO date of a day, or null. @param {number} day */
export const isoOf = (day) => (day ? new Date((day - EPOCH) * DAY).toISOString().slice(0, 10) : null);
/** The day of an ISO date; 0 for anything else. @param {string | null | undefined} iso */
export function dayOf(iso) {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isFinite(time) ? Math.floor(time / DAY) + EPOCH : 0;
}

/** Lists of different lengths: where each begins, with the end of the last. @param {Int32Array} lengths */
function begins(lengths) {
  const found = new Uint32Array(lengths.length + 1);
  found.set(lengths, 1);
  return summed(found);
}

export class Events {
  /** @param {import("./columns.js").Payload & {count: number}} payload @param {import("./types.js").EventType[]} types */
  constructor(payload, types) {
    const columns = new Columns(payload);
    this.length = payload.count;
    this.types = types;
    this.ids = columns.texts("id");
    this.titles = columns.texts("title");
    this.quotes = columns.texts("quote");
    this.notes = columns.texts("note");
    this.figures = columns.texts("figures");
    this.claims = columns.texts("claims");
    this.words = columns.texts("words");
    this.type = columns.numbers("type");
    this.status = columns.numbers("status");
    this.review = columns.numbers("review");
    this.start = columns.numbers("start");
    this.precision = columns.numbers("precision");
    this.attribution = columns.numbers("attribution");
    this.timeText = columns.numbers("time_text");
    this.source = columns.numbers("source");
    this.actor = columns.numbers("actor");
    this.actorsFrom = begins(columns.numbers("actors"));
    this.place = columns.numbers("place");
    this.role = columns.numbers("role");
    this.placesFrom = begins(columns.numbers("places"));
    /** the last day, or 0 */
    this.end = columns.numbers("lasts").map((further, n) => (this.start[n] ?? 0) + further);
    this.places = new Places(columns, this.words);
    this.sources = SOURCE_KEYS.map((key) => columns.numbers(`source_${key}`));
  }

  /** The number of the event with an id, or -1. @param {string | null} id */
  find(id) {
    return id ? this.ids.find(id) : -1;
  }

  /** The numbers of the places that an event names. @param {number} n */
  placesOf(n) {
    return this.place.subarray(this.placesFrom[n], this.placesFrom[n + 1]);
  }

  /** The words that name an event's actors, by their codes. @param {number} n */
  actorsOf(n) {
    return this.actor.subarray(this.actorsFrom[n], this.actorsFrom[n + 1]);
  }

  /** What is known of a source. @param {number} code @returns {import("./types.js").Source | undefined} */
  sourceOf(code) {
    const told = SOURCE_KEYS.flatMap((key, at) => {
      const text = this.words.get(this.sources[at]?.[code] ?? 0);
      return text ? [[key, text]] : [];
    });
    return told.length ? Object.fromEntries(told) : undefined;
  }

  /** An event in full. @param {number} n @returns {EventRecord} */
  record(n) {
    const from = this.placesFrom[n] ?? 0;
    const type = /** @type {import("./types.js").EventType} */ (this.types[this.type[n] ?? 0]);
    const figures = this.figures.get(n);
    const claims = this.claims.get(n);
    return {
      event_id: this.ids.get(n),
      event_type: type.key,
      event_group: type.group,
      title: this.titles.get(n),
      status: STATUSES[this.status[n] ?? 0] ?? "reported",
      attribution: this.words.get(this.attribution[n] ?? 0) || null,
      date_start: isoOf(this.start[n] ?? 0),
      date_end: isoOf(this.end[n] ?? 0),
      time_precision: /** @type {1 | 2 | 3 | null} */ (this.precision[n] || null),
      time_text: this.words.get(this.timeText[n] ?? 0) || null,
      actors: [...this.actorsOf(n)].map((code) => this.words.get(code)),
      figures: figures ? JSON.parse(figures) : {},
      places: [...this.placesOf(n)].map((place, at) => ({ ...this.places.get(place), role: ROLES[this.role[from + at] ?? 0] ?? null })),
      quote: this.quotes.get(n) || null,
      source: this.sourceOf(this.source[n] ?? 0),
      claims: claims ? JSON.parse(claims) : [],
      review: REVIEWS[this.review[n] ?? 0],
      note: this.notes.get(n) || null,
    };
  }
}

/** The places that events name, each once; longitudes may run beyond ±180 (see geography.js). */
export class Places {
  /** @param {Columns} columns @param {import("./columns.js").Texts} words */
  constructor(columns, words) {
    this.words = words;
    this.name = columns.numbers("place_name");
    this.country = columns.numbers("place_country");
    this.admin1 = columns.numbers("place_admin1");
    this.gazetteer = columns.numbers("place_gazetteer");
    this.lat = Float64Array.from(columns.numbers("place_lat"), (value) => value / DEGREES);
    this.lon = Float64Array.from(columns.numbers("place_lon"), (value) => value / DEGREES);
    this.precision = columns.numbers("place_precision");
    this.granularity = columns.numbers("place_granularity");
    this.radius = columns.numbers("place_radius");
    this.confidence = columns.numbers("place_confidence");
    this.length = this.name.length;
  }

  /** @param {number} n @returns {Place} */
  get(n) {
    return {
      name: this.words.get(this.name[n] ?? 0),
      lat: this.lat[n] ?? 0,
      lon: this.lon[n] ?? 0,
      country: this.words.get(this.country[n] ?? 0) || null,
      admin1: this.words.get(this.admin1[n] ?? 0) || null,
      geo_precision: /** @type {1 | 2 | 3} */ (this.precision[n]),
      granularity: GRANULARITIES[this.granularity[n] ?? 0] ?? "city",
      radius_km: (this.radius[n] ?? 0) / 10,
      confidence: (this.confidence[n] ?? 0) / 100,
      gazetteer: this.words.get(this.gazetteer[n] ?? 0) || null,
    };
  }
}
