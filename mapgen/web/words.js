/** The interface's words, dates and numbers in the reader's language. */
import { shapeOf } from "./places.js";
import { levelOf } from "./filters.js";

/**
 * @typedef {import("./types.js").EventRecord} EventRecord
 * @typedef {import("./types.js").Place} Place
 */

const ORIGINS = new Set(["origin", "contingent-origin"]);

/** @param {string} iso */
const day = (iso) => new Date(`${iso}T00:00:00Z`);

/**
 * Text with {names}, or one text for each plural form of Intl.PluralRules: `strings/en.json` is the list of them all.
 * @typedef {string | (Partial<Record<Intl.LDMLPluralRule, string>> & {other: string})} Text
 */

/** Text of right-to-left scripts in its own direction, so that what stands beside it keeps its place. @param {string} text */
const isolated = (text) => (/[\u0590-\u08ff\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text);

export class Words {
  /** @param {string} lang ISO 639-1 @param {Record<string, Text>} strings its words */
  constructor(lang, strings) {
    this.lang = lang;
    this.strings = strings;
    this.plurals = new Intl.PluralRules(this.lang);
    this.regions = new Intl.DisplayNames(this.lang, { type: "region" });
    this.number = new Intl.NumberFormat(this.lang);
    /** @param {Intl.DateTimeFormatOptions} form */
    const dates = (form) => new Intl.DateTimeFormat(this.lang === "en" ? "en-GB" : this.lang, { timeZone: "UTC", ...form });
    this.longDay = dates({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
    this.plainDay = dates({ day: "numeric", month: "short", year: "numeric" });
    this.shortDay = dates({ day: "numeric", month: "short" });
    this.shortMonth = dates({ month: "short", year: "numeric" });
    this.month = dates({ month: "long", year: "numeric" });
  }

  /** @param {string} key @param {Record<string, string | number>} [values] @param {number} [n] which plural form */
  t(key, values = {}, n) {
    const text = (Object.hasOwn(this.strings, key) && this.strings[key]) || key;
    const form = typeof text === "string" ? text : text[this.plurals.select(n ?? 0)] ?? text.other;
    return form.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  }

  /** @param {string} key @param {number} n */
  count(key, n) {
    return this.t(key, { n: this.number.format(n) }, n);
  }

  /** "3 sources", where more than one tells of the event. @param {EventRecord} event */
  sources(event) {
    const told = [event.source, ...(event.claims ?? []).map((claim) => claim.source)];
    const names = new Set(told.map((from) => from && (from.doc_id || from.url || from.title || from.publisher)).filter(Boolean));
    return names.size > 1 ? this.count("sources", names.size) : null;
  }

  /** A type's or group's own label, or its translation. @param {{key: string, label: string, own?: boolean}} type @param {string} [prefix] */
  typeLabel(type, prefix = "type") {
    const key = `${prefix}_${type.key}`;
    const text = !type.own && Object.hasOwn(this.strings, key) ? this.strings[key] : null;
    return typeof text === "string" ? text : type.label;
  }

  /** @param {string} iso */
  day(iso) {
    return this.longDay.format(day(iso));
  }

  /** @param {string} from @param {string} to */
  days(from, to) {
    return from === to ? this.plainDay.format(day(from)) : this.plainDay.formatRange(day(from), day(to));
  }

  /** A short date under the histogram. @param {string} iso @param {string[]} edges of all bins */
  tick(iso, edges) {
    const years = Number(edges.at(-1)?.slice(0, 4)) - Number(edges[0]?.slice(0, 4));
    if (years > 12) return iso.slice(0, 4);
    return (edges.length > 1 && day(edges[1] ?? iso).getTime() - day(edges[0] ?? iso).getTime() > 8 * 86400e3 ? this.shortMonth : this.shortDay).format(day(iso));
  }

  /** @param {EventRecord} event */
  date(event) {
    const start = event.date_start;
    if (!start) return this.t("date_unknown");
    const end = event.date_end ?? start;
    if (event.time_precision === 3) return this.month.format(day(start));
    const days = start === end ? this.day(start) : this.days(start, end);
    return event.time_precision === 2 ? this.t("around", { date: start === end ? this.plainDay.format(day(start)) : days }) : days;
  }

  /** The heading under which an event stands in the list. @param {EventRecord} event */
  heading(event) {
    const start = event.date_start ?? "";
    if (event.time_precision === 3) return this.month.format(day(start));
    return this.day(start);
  }

  /** @param {Place} place */
  precision(place) {
    const shape = shapeOf(place);
    if (shape !== "area") return this.t(`precision_${shape}`);
    return this.t(place.granularity === "country" ? "precision_country" : "precision_region");
  }

  /** @param {string | null | undefined} code ISO 3166-1 alpha-2 */
  country(code) {
    return code && /^[A-Z]{2}$/.test(code) ? this.regions.of(code) ?? code : code;
  }

  /** @param {Place} place */
  confidence(place) {
    return this.t(`confidence_${levelOf(place.confidence)}`);
  }

  /** The places of an event in one line. @param {EventRecord} event */
  placeLine(event) {
    /** @param {boolean} origin */
    const names = (origin) => [...new Set(event.places.filter((place) => ORIGINS.has(place.role ?? "") === origin).map((place) => place.name))].join(", ");
    const [from, to] = [names(true), names(false)];
    if (from && to) return this.t("from_to", { from: isolated(from), to: isolated(to) });
    if (from) return this.t("from_place", { place: from });
    return to || this.t("no_place");
  }

  /** "at least 8 killed". @param {string} key @param {import("./types.js").Figure} figure */
  figure(key, figure) {
    const { value, min, max, qualifier, text } = figure;
    const n = value ?? max ?? min ?? 0;
    /** @param {number | null | undefined} number */
    const f = (number) => (number === null || number === undefined ? "" : this.number.format(number));
    let amount = f(value);
    if (qualifier === "vague" || (value === null || value === undefined) && text) amount = text ?? f(n);
    else if (qualifier === "over") amount = this.t("at_least", { n: f(min ?? value) });
    else if (qualifier === "about") amount = this.t("about_n", { n: f(value) });
    if (min !== null && min !== undefined && max !== null && max !== undefined && min !== max && qualifier !== "vague" && qualifier !== "about") {
      amount = this.t("between", { min: f(min), max: f(max) });
    }
    return { amount, what: this.t(`fig_${key}`, {}, n) };
  }
}
