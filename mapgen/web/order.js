/** The orders in which events can be listed: by date, place or type. */

import { summed } from "./columns.js";

/**
 * @typedef {import("./events.js").Events} Events
 * @typedef {"date" | "place" | "type"} OrderName
 */

const WIDEST = 1 << 22; // different keys that are counted at once

/**
 * The numbers of events sorted by a key; those of the same key stay as they were (a counting sort, so a million take
 * no longer than to look at each twice).
 * @param {Uint32Array} numbers @param {ArrayLike<number>} keys of all events, whole numbers
 */
function sorted(numbers, keys) {
  let [low, high] = [Infinity, -Infinity];
  for (let n = 0; n < keys.length; n++) {
    const key = /** @type {number} */ (keys[n]);
    if (key < low) low = key;
    if (key > high) high = key;
  }
  if (high - low > WIDEST) return numbers.slice().sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  const at = new Uint32Array(Math.max(high - low, 0) + 2);
  /** @param {number} key */
  const next = (key) => (at[key] = /** @type {number} */ (at[key]) + 1) - 1;
  for (const n of numbers) next((keys[n] ?? 0) - low + 1);
  summed(at);
  const found = new Uint32Array(numbers.length);
  for (const n of numbers) found[next((keys[n] ?? 0) - low)] = n;
  return found;
}

/** @param {Events} events @param {OrderName} name @param {string} lang whose alphabet orders places */
export function ordered(events, name, lang) {
  const all = Uint32Array.from({ length: events.length }, (_, n) => n);
  const latest = events.start.reduce((a, b) => Math.max(a, b), 0) + 1;
  const byDate = sorted(all, events.start.map((day) => day || latest)); // undated ones last
  if (name === "date") return byDate;
  return sorted(byDate, name === "type" ? events.type : placeRanks(events, lang));
}

/** Of each event, the rank of its first place's name; unlocated ones come last. @param {Events} events @param {string} lang */
function placeRanks(events, lang) {
  const { places, words } = events;
  const names = [...new Set(places.name)].map((code) => ({ code, text: words.get(code) }));
  const alphabet = new Intl.Collator(lang);
  names.sort((a, b) => alphabet.compare(a.text, b.text));
  const ranks = new Map(names.map(({ code }, rank) => [code, rank]));
  return Uint32Array.from({ length: events.length }, (_, n) => {
    const [first] = events.placesOf(n);
    return first === undefined ? names.length : ranks.get(places.name[first] ?? 0) ?? 0;
  });
}
