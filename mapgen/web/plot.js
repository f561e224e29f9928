/** The marks of very many events, plotted on one canvas: the same signs as the elements of markers.js. */
import * as L from "leaflet";
import { h } from "./dom.js";
import { STATUSES } from "./events.js";
import { pathOf, inkOn } from "./icons.js";
import { SHAPES, shapeCode } from "./places.js";
import { latLngOf, shapeOfCluster, sharesOf, SINGLE } from "./markers.js";

/**
 * @typedef {import("./clusters.js").Cluster} Cluster
 * @typedef {{cluster: Cluster, x: number, y: number, radius: number, count: number, shape: import("./places.js").Shape}} Mark in layer points;
 *   of a pin its round part
 */

const SINGLE_RADIUS = 12;
const RINGS = [15, 17, 20, 23, 26]; // px: the radius of a ring by the digits of its number
const BAND = 5; // px: the width of a ring
const PIN = "M0 22.5C-3 16.5 -12 9.5 -12 0a12 12 0 1 1 24 0c0 9.5 -9 16.5 -12 22.5z"; // around its round part
const DISC = "M-12 0a12 12 0 1 1 24 0a12 12 0 1 1 -24 0z";
const PIN_LIFT = 22.5; // px from its tip to the middle of its round part
const SPRITE = { width: SINGLE + 12, height: SINGLE + 20, middle: SINGLE / 2 + 6 }; // px
const FONT = "system-ui, sans-serif";
const TURN = 2 * Math.PI;

export class Plot {
  /**
   * @param {L.Map} map @param {import("./events.js").Events} events @param {import("./words.js").Words} words
   * @param {(cluster: Cluster) => void} onOpen
   */
  constructor(map, events, words, onOpen) {
    this.map = map;
    this.events = events;
    this.words = words;
    map.createPane("plot").setAttribute("aria-hidden", "true");
    // @ts-expect-error classes of before 2015 have constructors that TypeScript does not see
    this.sheet = new Sheet({ pane: "plot", padding: 0.5 }).addTo(map);
    /** @type {Map<string, HTMLCanvasElement>} marks of single events */
    this.sprites = new Map();
    this.colors = this.colorsNow();
    /** @type {Mark[]} */
    this.marks = [];
    this.selected = -1;
    /** @type {Cluster | undefined} the one under the pointer */
    this.hovered = undefined;
    this.tooltip = L.tooltip({ direction: "top", opacity: 1 });
    map.on("click", ({ layerPoint }) => {
      const mark = this.at(layerPoint);
      if (mark) onOpen(mark.cluster);
    });
    map.on("mousemove", ({ layerPoint }) => this.hover(layerPoint));
    map.on("mouseout movestart", () => this.hover(null));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.sprites.clear();
      this.colors = this.colorsNow();
      this.paint();
    });
  }

  /**
   * Plot clusters; gives the boxes that they cover.
   * @param {Cluster[]} clusters @param {number} selected the number of the open event, or -1
   * @returns {import("./clusters.js").Box[]}
   */
  draw(clusters, selected) {
    this.selected = selected;
    this.marks = clusters.map((cluster) => {
      const { x, y } = this.map.latLngToLayerPoint(latLngOf(cluster));
      const count = cluster.size;
      const radius = count > 1 ? RINGS[Math.min(String(count).length, RINGS.length) - 1] ?? 18 : SINGLE_RADIUS;
      const shape = count > 1 ? "dot" : shapeOfCluster(cluster);
      return { cluster, x, y: y - liftOf(shape), radius, count, shape };
    });
    this.paint();
    return this.marks.map(({ x, y, radius }) => ({ left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }));
  }

  paint() {
    const pen = this.sheet.clear();
    if (!pen) return;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const mark of [...this.marks].reverse()) mark.count > 1 ? this.ring(pen, mark) : this.single(pen, mark.cluster.events[0] ?? 0, mark.x, mark.y, mark.shape);
    this.chosen(pen);
  }

  /** The colours of the stylesheet, as they are now. */
  colorsNow() {
    const style = getComputedStyle(this.map.getContainer());
    const lift = parseFloat(style.getPropertyValue("--lift")) / 100 || 0;
    /** @param {string} color `#rrggbb`, lightened as in the stylesheet */
    const lifted = (color) => `rgb(${[1, 3, 5].map((at) => Math.round(parseInt(color.slice(at, at + 2), 16) * (1 - lift) + 255 * lift)).join(" ")})`;
    return { paper: style.getPropertyValue("--paper"), ink: style.getPropertyValue("--ink-1"), accent: style.getPropertyValue("--accent"), lifted };
  }

  /** @param {CanvasRenderingContext2D} pen @param {Mark} mark */
  ring(pen, { cluster, x, y, radius, count }) {
    const { paper, ink, lifted } = this.colors;
    pen.fillStyle = "rgb(15 25 35 / 0.22)";
    disc(pen, x, y + 1, radius + 2);
    pen.fillStyle = paper;
    disc(pen, x, y, radius + 1);
    const shares = sharesOf(cluster);
    const total = shares.reduce((sum, share) => sum + share.count, 0);
    const gap = shares.length > 1 ? 1.2 / radius : 0;
    let at = -TURN / 4;
    pen.lineWidth = BAND;
    for (const share of shares) {
      const length = (share.count / total) * TURN;
      pen.strokeStyle = lifted(share.color);
      pen.beginPath();
      pen.arc(x, y, radius - BAND / 2, at, at + Math.max(length - gap, 0.02));
      pen.stroke();
      at += length;
    }
    pen.fillStyle = ink;
    const text = count > 9999 ? `${Math.round(count / 1000)}k` : String(count);
    pen.font = `700 ${text.length > 3 ? 11.5 : 13}px ${FONT}`;
    pen.fillText(text, x, y + 0.5);
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} event @param {number} x @param {number} y @param {import("./places.js").Shape} shape */
  single(pen, event, x, y, shape) {
    pen.drawImage(this.sprite(event, shape), x - SPRITE.middle, y - SPRITE.middle, SPRITE.width, SPRITE.height);
  }

  /** The mark of one event, drawn once for all of its type, status and precision. @param {number} event @param {import("./places.js").Shape} shape */
  sprite(event, shape) {
    const type = this.events.types[this.events.type[event] ?? 0];
    const status = STATUSES[this.events.status[event] ?? 0] ?? "reported";
    const key = `${type?.key} ${status} ${shape}`;
    const known = this.sprites.get(key);
    if (known) return known;
    const ratio = Math.max(window.devicePixelRatio, 2);
    const canvas = h("canvas", { width: SPRITE.width * ratio, height: SPRITE.height * ratio });
    const pen = canvas.getContext("2d");
    if (pen) {
      pen.scale(ratio, ratio);
      pen.translate(SPRITE.middle, SPRITE.middle);
      this.sign(pen, type?.color ?? "#666666", type?.icon ?? "", status, shape);
    }
    this.sprites.set(key, canvas);
    return canvas;
  }

  /** As in the stylesheet: solid told as fact, hollow reported, dashed planned, struck denied. @param {CanvasRenderingContext2D} pen @param {string} color @param {string} icon @param {string} status @param {string} shape */
  sign(pen, color, icon, status, shape) {
    const { paper, lifted } = this.colors;
    const shown = lifted(color);
    const solid = status === "confirmed";
    const body = new Path2D(shape === "pin" ? PIN : DISC);
    pen.fillStyle = "rgb(15 25 35 / 0.22)";
    disc(pen, 0, 1, SINGLE_RADIUS + 1.5);
    pen.fillStyle = solid ? shown : paper;
    pen.fill(body);
    pen.lineWidth = solid ? 1.6 : 2.2;
    pen.strokeStyle = solid ? paper : shown;
    if (status === "planned") pen.setLineDash([4, 2.6]);
    pen.stroke(body);
    if (shape === "near" || shape === "area") {
      pen.setLineDash(shape === "near" ? [2.5, 3.2] : [1.5, 3]);
      pen.lineWidth = 1.6;
      pen.strokeStyle = shown;
      circle(pen, SINGLE_RADIUS + 4.5);
    }
    pen.setLineDash([]);
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = solid ? inkOn(color) : shown;
    pen.save();
    pen.translate(-7.5, -7.5);
    pen.scale(15 / 24, 15 / 24);
    pen.lineWidth = 2.1;
    pen.stroke(new Path2D(pathOf(icon)));
    pen.restore();
    if (status !== "denied") return;
    pen.lineWidth = 2.4;
    pen.stroke(new Path2D("M-10 10L10 -10"));
  }

  /** The open event stands out at its own place. @param {CanvasRenderingContext2D} pen */
  chosen(pen) {
    if (this.selected < 0) return;
    const { accent } = this.colors;
    const { places } = this.events;
    for (const place of this.events.placesOf(this.selected)) {
      const { x, y } = this.map.latLngToLayerPoint([places.lat[place] ?? 0, places.lon[place] ?? 0]);
      const shape = SHAPES[shapeCode(places.granularity[place] ?? 0, places.precision[place] ?? 1)] ?? "dot";
      this.single(pen, this.selected, x, y - liftOf(shape), shape);
      pen.save();
      pen.translate(x, y - liftOf(shape));
      pen.strokeStyle = accent;
      pen.lineWidth = 3;
      circle(pen, SINGLE_RADIUS + 5);
      pen.restore();
    }
  }

  /** The mark at a point, the one above others first. @param {L.Point} point */
  at({ x, y }) {
    return this.marks.find((mark) => Math.hypot(mark.x - x, mark.y - y) <= mark.radius + 3);
  }

  /** @param {L.Point | null} point */
  hover(point) {
    const mark = point && this.at(point);
    if (mark?.cluster === this.hovered) return;
    this.hovered = mark?.cluster;
    this.map.getContainer().classList.toggle("is-over-mark", Boolean(mark));
    this.tooltip.remove();
    if (!mark) return;
    const text = mark.count > 1 ? this.words.count("events", mark.count) : this.events.titles.get(mark.cluster.events[0] ?? 0);
    this.tooltip.setLatLng(latLngOf(mark.cluster)).setContent(h("span", { dir: "auto" }, text));
    this.tooltip.options.offset = L.point(0, -mark.radius);
    this.tooltip.addTo(this.map);
  }
}

/** @param {import("./places.js").Shape} shape */
const liftOf = (shape) => (shape === "pin" ? PIN_LIFT : 0);

/** A canvas as large as the map and its margins; what is drawn on it moves and grows with the map. */
const Sheet = L.Renderer.extend({
  _initContainer() {
    this._container = h("canvas");
  },
  _destroyContainer() {
    this._container.remove();
  },
  _updatePaths() {},
  /** An empty canvas, whose origin is the origin of layer points. @returns {CanvasRenderingContext2D | null} */
  clear() {
    const { min, max } = this._bounds;
    const [width, height] = [max.x - min.x, max.y - min.y];
    const ratio = Math.min(window.devicePixelRatio, 2);
    const canvas = /** @type {HTMLCanvasElement} */ (this._container);
    canvas.width = width * ratio; // also clears it
    canvas.height = height * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    L.DomUtil.setPosition(canvas, min);
    const pen = canvas.getContext("2d");
    pen?.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
    return pen;
  },
});

/** @param {CanvasRenderingContext2D} pen @param {number} x @param {number} y @param {number} radius */
function disc(pen, x, y, radius) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, TURN);
  pen.fill();
}

/** @param {CanvasRenderingContext2D} pen @param {number} radius */
function circle(pen, radius) {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, TURN);
  pen.stroke();
}
