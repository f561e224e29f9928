/**
 * Names on the map, placed so that none covers another or a mark: heavier names first.
 *
 * @typedef {{text: string, kind: "country" | "region" | "city" | "place" | "origin", lat: number, lon: number, weight: number,
 *   gap?: number, from?: number, to?: number, of?: string}} Label `gap`: pixels from the point, on the side where the name is put;
 *   `from`, `to`: zooms between which it stands; `of`: what it names, where the text says more
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box layer points, in pixels
 */
import * as L from "leaflet";
import { h } from "./dom.js";

/** Fonts as the stylesheet has them, to measure with; pixels of line height, and of letter spacing. */
const FONTS = {
  country: { font: "500 11.5px", height: 16, spacing: 1.6 },
  region: { font: "400 11px", height: 14, spacing: 0.6 },
  city: { font: "400 11px", height: 14, spacing: 0 },
  place: { font: "650 12.5px", height: 16, spacing: 0 },
  origin: { font: "600 11.5px", height: 15, spacing: 0 },
};
const URGENT = 950; // weight: from here on a name may also stand askew
const FAMILY = "system-ui, sans-serif";

/** @param {Box} a @param {Box} b */
export const overlaps = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const pen = document.createElement("canvas").getContext("2d");
/** @type {Map<string, number>} */
const measured = new Map();

/** The width of a text in pixels. @param {string} text @param {keyof typeof FONTS} kind */
export function widthOf(text, kind) {
  const key = `${kind} ${text}`;
  let width = measured.get(key);
  if (width === undefined) {
    if (pen) pen.font = `${FONTS[kind].font} ${FAMILY}`;
    const shown = kind === "country" ? text.toUpperCase() : text;
    width = (pen?.measureText(shown).width ?? shown.length * 7) + FONTS[kind].spacing * shown.length;
    measured.set(key, width);
  }
  return width;
}

/** Where a name may stand, the best place first. @param {Label} label @param {L.Point} at @returns {[Box, string][]} */
function candidates(label, at) {
  const width = widthOf(label.text, label.kind) + 4;
  const height = FONTS[label.kind].height;
  const gap = label.gap ?? 6;
  /** @param {number} left @param {number} top @param {string} side @returns {[Box, string]} */
  const box = (left, top, side) => [{ left, top, right: left + width, bottom: top + height }, side];
  if (label.kind === "country" || label.kind === "region") return [box(at.x - width / 2, at.y - height / 2, "middle")];
  return [
    box(at.x + gap, at.y - height / 2, "right"),
    box(at.x - gap - width, at.y - height / 2, "left"),
    box(at.x - width / 2, at.y + gap, "below"),
    box(at.x - width / 2, at.y - gap - height, "above"),
    ...(label.weight >= URGENT ? (label.kind === "place" ? [-1.4, 1.4] : [-1.4, 1.4, -2.5, 2.5]).flatMap((down) => [box(at.x + gap * 0.3, at.y + down * gap - height / 2, "right"), box(at.x - gap * 0.3 - width, at.y + down * gap - height / 2, "left")]) : []),
  ];
}

export class Labels {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.pane = map.createPane("names");
    this.pane.classList.add("leaflet-zoom-hide");
    this.pane.setAttribute("aria-hidden", "true");
  }

  /** Take the names away until they are drawn again. @param {() => void} draw */
  hide(draw) {
    this.pane.hidden = true;
    draw();
  }

  /**
   * Draw as many of the labels as fit around the boxes that are taken.
   * @param {Label[]} labels @param {Box[]} taken
   * @param {Box[]} avoided what a name may cover only where it has no other place
   */
  draw(labels, taken, avoided) {
    const view = this.map.getPixelBounds();
    const corner = this.map.getPixelOrigin();
    const [min, max] = [/** @type {L.Point} */ (view.min).subtract(corner), /** @type {L.Point} */ (view.max).subtract(corner)];
    const used = [...taken];
    const nodes = [];
    for (const label of [...labels].sort((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))) {
      const at = this.map.latLngToLayerPoint([label.lat, label.lon]);
      if (at.x < min.x || at.x > max.x || at.y < min.y || at.y > max.y) continue;
      const dot = { left: at.x - 3, top: at.y - 3, right: at.x + 3, bottom: at.y + 3 };
      if (label.kind === "city" && used.some((other) => overlaps(other, dot))) continue;
      const open = candidates(label, at).filter(([box]) => box.left > min.x && box.right < max.x && !used.some((other) => overlaps(other, box)));
      const clear = open.find(([box]) => !avoided.some((other) => overlaps(other, box)));
      const free = clear ?? (label.weight >= 900 ? open[0] : undefined);
      if (!free) continue;
      used.push(free[0]);
      const node = h("span", { class: `name name-${label.kind}`, dir: "auto" }, label.text);
      L.DomUtil.setPosition(node, L.point(free[0].left, free[0].top));
      nodes.push(node);
      if (label.kind !== "city") continue;
      used.push(dot);
      const speck = h("i", { class: "speck" });
      L.DomUtil.setPosition(speck, at);
      nodes.push(speck);
    }
    this.pane.replaceChildren(...nodes);
    this.pane.hidden = false;
  }
}
