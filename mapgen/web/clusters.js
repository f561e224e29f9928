/**
 * Marks joined where they would cover each other, for the part of the map that is drawn.
 *
 * Two passes, so that a million events take a few hundredths of a second: the first puts each anchor into a small cell
 * of a grid that lies fixed on the world; the second joins cells, the fullest first, as long as they lie near.
 *
 * @typedef {import("./geography.js").Geography} Geography
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box pixels
 */

const CELL = 9; // px: closer anchors are joined in the first pass
const NOWHERE = -1;
const ROOM = 1024; // cells at first
const EXACT = 500; // anchors: a cluster with more is counted less closely

/** @param {Uint32Array} counts @param {number} at */
const add = (counts, at) => (counts[at] = /** @type {number} */ (counts[at]) + 1);

/** What one mark stands for. */
export class Cluster {
  /** @param {Grid} grid @param {number} cell @param {boolean} area whether it is a region or country */
  constructor(grid, cell, area) {
    this.grid = grid;
    this.cells = [cell];
    this.area = area;
    const { geography, first } = grid;
    const anchor = /** @type {number} */ (first[cell]);
    const place = /** @type {number} */ (grid.place[cell]);
    /** The place that most of its events name; or -1: the middle of a movement. */
    this.place = place;
    /** In Web Mercator: where that place is. */
    this.x = place < 0 ? geography.anchorX[anchor] ?? 0 : geography.x[place] ?? 0;
    this.y = place < 0 ? geography.anchorY[anchor] ?? 0 : geography.y[place] ?? 0;
  }

  /** Its anchors, in the order of the data. */
  get anchors() {
    const { next, last } = this.grid;
    /** @type {number[]} */
    const found = [];
    for (const cell of this.cells) {
      for (let anchor = last[cell] ?? NOWHERE; anchor >= 0; anchor = next[anchor] ?? NOWHERE) found.push(anchor);
    }
    return found.sort((a, b) => a - b);
  }

  /** The numbers of its events, each once, in the order of the data. */
  get events() {
    const { anchorEvent } = this.grid.geography;
    return [...new Set(this.anchors.map((anchor) => anchorEvent[anchor] ?? 0))];
  }

  /** How many anchors it has: as many as events, but for events that stand in it several times. */
  get size() {
    return this.cells.reduce((sum, cell) => sum + (this.grid.count[cell] ?? 0), 0);
  }

  /**
   * How many events of each type it has, by the codes of types.  In a large one, those that stand in it several times
   * count so often.
   */
  get mix() {
    const { geography, mixes } = this.grid;
    const { type, types } = geography.events;
    const counts = new Uint32Array(types.length);
    if (geography.severally && this.size <= EXACT) {
      for (const event of this.events) add(counts, type[event] ?? 0);
      return counts;
    }
    for (const cell of this.cells) for (let n = 0; n < counts.length; n++) counts[n] = (counts[n] ?? 0) + (mixes[cell * counts.length + n] ?? 0);
    return counts;
  }
}

/** The cells of the first pass. */
class Grid {
  /** @param {Geography} geography */
  constructor(geography) {
    const room = geography.anchorEvent.length;
    this.geography = geography;
    this.next = new Int32Array(room); // the anchor before in the same cell
    /** @type {number[]} */
    this.count = [];
    /** @type {number[]} */
    this.first = [];
    /** @type {number[]} */
    this.last = [];
    /** @type {number[]} the place that most anchors of a cell share, and by how many they lead (Boyer & Moore 1981) */
    this.place = [];
    /** @type {number[]} */
    this.lead = [];
    this.kinds = geography.events.types.length;
    /** Of each cell, how many anchors are of each type. */
    this.mixes = new Uint32Array(ROOM * this.kinds);
  }

  /** @param {number} cell NOWHERE for a new one @param {number} anchor @param {number} place @param {number} type @returns {number} the cell */
  add(cell, anchor, place, type) {
    if (cell < 0) {
      const at = this.count.length * this.kinds;
      if (at + this.kinds > this.mixes.length) {
        const larger = new Uint32Array(2 * this.mixes.length);
        larger.set(this.mixes);
        this.mixes = larger;
      }
      this.mixes[at + type] = 1;
      this.next[anchor] = NOWHERE;
      this.first.push(anchor);
      this.last.push(anchor);
      this.place.push(place);
      this.lead.push(1);
      return this.count.push(1) - 1;
    }
    add(this.mixes, cell * this.kinds + type);
    this.next[anchor] = /** @type {number} */ (this.last[cell]);
    this.last[cell] = anchor;
    this.count[cell] = /** @type {number} */ (this.count[cell]) + 1;
    const lead = /** @type {number} */ (this.lead[cell]);
    if (this.place[cell] === place) this.lead[cell] = lead + 1;
    else if (lead > 0) this.lead[cell] = lead - 1;
    else [this.place[cell], this.lead[cell]] = [place, 1];
    return cell;
  }
}

/**
 * @param {Geography} geography @param {Uint8Array} fails not 0 at events that are hidden
 * @param {number} scale pixels of the world's width @param {Box} view the part to be drawn, in pixels of that world
 * @param {number} near pixels: marks closer than this are joined
 * @param {number} plates so many regions and countries at most stand by themselves; others are joined like towns
 * @returns {Cluster[]} the largest first
 */
export function cluster(geography, fails, scale, view, near, plates) {
  const { anchorEvent, anchorPlace, anchorArea, anchorX, anchorY } = geography;
  const grid = new Grid(geography);
  const areas = plated(geography, fails, plates);
  const [west, north] = [Math.floor(view.left / CELL), Math.floor(view.top / CELL)];
  const columns = Math.ceil(view.right / CELL) - west + 1;
  const rows = Math.ceil(view.bottom / CELL) - north + 1;
  const cells = new Int32Array(columns * rows).fill(NOWHERE);
  const perCell = scale / CELL;
  const { type } = geography.events;
  for (let anchor = 0; anchor < anchorEvent.length; anchor++) {
    const event = /** @type {number} */ (anchorEvent[anchor]);
    if (fails[event]) continue;
    const place = /** @type {number} */ (anchorPlace[anchor]);
    const area = /** @type {number} */ (anchorArea[anchor]);
    const plate = area < 0 ? undefined : areas.get(area);
    if (plate !== undefined) {
      areas.set(area, grid.add(plate, anchor, area, /** @type {number} */ (type[event])));
      continue;
    }
    const column = Math.floor(/** @type {number} */ (anchorX[anchor]) * perCell) - west;
    const row = Math.floor(/** @type {number} */ (anchorY[anchor]) * perCell) - north;
    if (column < 0 || column >= columns || row < 0 || row >= rows) continue;
    const at = row * columns + column;
    cells[at] = grid.add(/** @type {number} */ (cells[at]), anchor, place, /** @type {number} */ (type[event]));
  }
  const standing = [...areas.values()].filter((cell) => cell >= 0);
  const free = Uint32Array.from({ length: grid.count.length }, (_, cell) => cell).filter(((known) => (cell) => !known.has(cell))(new Set(standing)));
  return [...joined(grid, free, scale, near), ...standing.map((cell) => new Cluster(grid, cell, true))];
}

/** The regions and countries with the most events, each with no cell yet. @param {Geography} geography @param {Uint8Array} fails @param {number} most */
function plated({ anchorEvent, anchorArea }, fails, most) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (let anchor = 0; anchor < anchorEvent.length; anchor++) {
    const area = /** @type {number} */ (anchorArea[anchor]);
    if (area >= 0 && !fails[/** @type {number} */ (anchorEvent[anchor])]) counts.set(area, (counts.get(area) ?? 0) + 1);
  }
  const fullest = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  return new Map(fullest.map(([area]) => [area, NOWHERE]));
}

/** @param {Grid} grid @param {Uint32Array} cells @param {number} scale @param {number} near @returns {Cluster[]} */
function joined(grid, cells, scale, near) {
  const { count, first } = grid;
  cells.sort((a, b) => (count[b] ?? 0) - (count[a] ?? 0) || (first[a] ?? 0) - (first[b] ?? 0));
  /** @type {Map<string, Cluster[]>} */
  const around = new Map();
  /** @type {Cluster[]} */
  const found = [];
  for (const cell of cells) {
    const one = new Cluster(grid, cell, false);
    const [x, y] = [one.x * scale, one.y * scale];
    const [column, row] = [Math.floor(x / near), Math.floor(y / near)];
    let host = null;
    for (let n = 0; n < 9 && !host; n++) {
      const others = around.get(`${column - 1 + (n % 3)} ${row - 1 + Math.floor(n / 3)}`);
      host = others?.find((other) => Math.hypot(other.x * scale - x, other.y * scale - y) < near);
    }
    if (host) {
      host.cells.push(cell);
      continue;
    }
    found.push(one);
    const key = `${column} ${row}`;
    const known = around.get(key);
    if (known) known.push(one);
    else around.set(key, [one]);
  }
  return found;
}
