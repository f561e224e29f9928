/**
 * Search in what events tell: each word of the query must stand somewhere in an event, in its title, quote, note,
 * actors, places or sources.
 *
 * @typedef {import("./columns.js").Texts} Texts
 * @typedef {import("./events.js").Events} Events
 */

/** Without case and accents. @param {string} text */
export function folded(text) {
  const lower = text.toLowerCase();
  return /[^\0-\x7f]/.test(lower) ? lower.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase() : lower;
}

/** A column of texts, folded, as one long text. */
class Folded {
  /** @param {Texts} texts */
  constructor(texts) {
    /** @type {string[]} */
    const lines = [];
    this.ends = new Uint32Array(texts.length);
    let at = 0;
    for (let n = 0; n < texts.length; n++) {
      const line = folded(texts.get(n)).replace(/\n/g, " ");
      lines.push(line);
      at += line.length + 1;
      this.ends[n] = at;
    }
    this.text = lines.join("\n");
  }

  /** Call with the number of each text that holds a word. @param {string} word @param {(n: number) => void} found */
  holding(word, found) {
    let n = 0;
    for (let at = this.text.indexOf(word); at >= 0; at = this.text.indexOf(word, this.ends[n++])) {
      while (/** @type {number} */ (this.ends[n]) <= at) n++;
      found(n);
    }
  }
}

export class Search {
  /** @param {Events} events */
  constructor(events) {
    this.events = events;
    this.words = new Folded(events.words);
    this.columns = [events.titles, events.quotes, events.notes].map((texts) => new Folded(texts));
  }

  /** Set a bit at the events that lack one of the words of a query. @param {string} query @param {Uint8Array} fails @param {number} bit */
  apply(query, fails, bit) {
    for (let n = 0; n < fails.length; n++) fails[n] = /** @type {number} */ (fails[n]) & (255 & ~bit);
    for (const word of folded(query).split(/\s+/).filter(Boolean)) {
      const hits = this.hits(word);
      for (let n = 0; n < fails.length; n++) if (!hits[n]) fails[n] = /** @type {number} */ (fails[n]) | bit;
    }
  }

  /** 1 at each event that holds a word. @param {string} word folded */
  hits(word) {
    const { events } = this;
    const hits = new Uint8Array(events.length);
    for (const column of this.columns) column.holding(word, (n) => (hits[n] = 1));
    const named = new Uint8Array(events.words.length);
    let any = false;
    this.words.holding(word, (n) => ([named[n], any] = [1, true]));
    if (!any) return hits;
    const { name } = events.places;
    const [titles, , publishers] = /** @type {Int32Array[]} */ (events.sources);
    /** @param {number} code */
    const has = (code) => named[code] === 1;
    for (let n = 0; n < events.length; n++) {
      if (hits[n]) continue;
      const source = events.source[n] ?? 0;
      if (has(events.attribution[n] ?? 0) || has(titles?.[source] ?? 0) || has(publishers?.[source] ?? 0)
        || events.actorsOf(n).some(has) || events.placesOf(n).some((place) => has(name[place] ?? 0))) hits[n] = 1;
    }
    return hits;
  }
}
