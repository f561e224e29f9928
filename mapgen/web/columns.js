/**
 * Columns of numbers and texts, as `mapgen/exporters/columns.py` writes them: lists, or described parts of one packed
 * stream.  Texts stay bytes until one is asked for.
 *
 * @typedef {{n: number, at: number, width: 1 | 2 | 4, steps: boolean}} StoredNumbers
 * @typedef {{lengths: StoredNumbers, at: number}} StoredTexts
 * @typedef {{columns: Record<string, number[] | string[] | StoredNumbers | StoredTexts>, packed?: string | null}} Payload
 */
import { parts } from "./parts.js";

const UTF8 = new TextDecoder();
const TO_UTF8 = new TextEncoder();

/** A column of texts: their UTF-8, one after the other. */
export class Texts {
  /** @param {Uint8Array} bytes @param {Uint32Array} ends where each text ends */
  constructor(bytes, ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** @param {string[]} texts */
  static of(texts) {
    const parts = texts.map((text) => TO_UTF8.encode(text));
    const ends = new Uint32Array(parts.length);
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    parts.forEach((part, n) => {
      bytes.set(part, at);
      ends[n] = at += part.length;
    });
    return new Texts(bytes, ends);
  }

  get length() {
    return this.ends.length;
  }

  /** @param {number} n */
  start(n) {
    return n ? /** @type {number} */ (this.ends[n - 1]) : 0;
  }

  /** @param {number} n */
  get(n) {
    const [start, end] = [this.start(n), this.ends[n] ?? 0];
    return start === end ? "" : UTF8.decode(this.bytes.subarray(start, end));
  }

  /** The number of the first text that is the same, or -1. @param {string} text */
  find(text) {
    const wanted = TO_UTF8.encode(text);
    let start = 0;
    for (let n = 0; n < this.ends.length; n++) {
      const end = /** @type {number} */ (this.ends[n]);
      if (end - start === wanted.length && wanted.every((byte, at) => this.bytes[start + at] === byte)) return n;
      start = end;
    }
    return -1;
  }
}

export class Columns {
  /** @param {Payload} payload */
  constructor({ columns, packed }) {
    this.columns = columns;
    this.bytes = (packed && parts.inflate?.(bytesOf(packed))) || new Uint8Array();
  }

  /** @param {string} name @returns {Int32Array} */
  numbers(name) {
    const column = this.columns[name];
    return Array.isArray(column) ? Int32Array.from(/** @type {number[]} */ (column)) : this.stored(/** @type {StoredNumbers} */ (column));
  }

  /** @param {string} name */
  texts(name) {
    const column = this.columns[name];
    if (Array.isArray(column)) return Texts.of(/** @type {string[]} */ (column));
    const { lengths, at } = /** @type {StoredTexts} */ (column);
    const ends = Uint32Array.from(summed(this.stored(lengths)));
    return new Texts(this.bytes.subarray(at, at + (ends.at(-1) ?? 0)), ends);
  }

  /** @param {StoredNumbers} column */
  stored({ n, at, width, steps }) {
    const found = new Int32Array(n);
    const empty = 32 - 8 * width;
    for (let byte = 0; byte < width; byte++) {
      const from = at + byte * n;
      for (let row = 0; row < n; row++) found[row] = /** @type {number} */ (found[row]) | (/** @type {number} */ (this.bytes[from + row]) << (8 * byte));
    }
    if (empty) for (let row = 0; row < n; row++) found[row] = (/** @type {number} */ (found[row]) << empty) >> empty; // the sign
    return steps ? summed(found) : found;
  }
}

/** Each number with all before it, in place. @template {Int32Array | Uint32Array} T @param {T} numbers @returns {T} */
export function summed(numbers) {
  for (let n = 1; n < numbers.length; n++) numbers[n] = /** @type {number} */ (numbers[n]) + /** @type {number} */ (numbers[n - 1]);
  return numbers;
}

/** @param {string} base64 */
function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let n = 0; n < text.length; n++) bytes[n] = text.charCodeAt(n);
  return bytes;
}
