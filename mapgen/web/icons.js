/** The drawings of event types, and the marks that carry them. */
import { icons } from "virtual:icons";
import { s } from "./dom.js";

/** The path data of a drawing, on a square of 24 units. @param {string} name */
export const pathOf = (name) => (Object.hasOwn(icons, name) ? icons[name] : icons.burst) ?? "";

/** @param {string} name @param {number} size side in pixels @param {number} x @param {number} y top left corner */
export function glyph(name, size, x = 0, y = 0) {
  const scale = size / 24;
  return s("path", { class: "glyph", d: pathOf(name), transform: `translate(${x} ${y}) scale(${scale})` });
}

/**
 * Black or white, whichever reads better on a colour (WCAG 2 relative luminance).
 * @param {string} color `#rrggbb`
 */
export function inkOn(color) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.3 ? "#101418" : "#ffffff";
}

/**
 * The round mark of one event type; its fill and line say the status.
 * @param {import("./types.js").EventType} type @param {string} status @param {"dot" | "pin" | "near"} shape
 */
export function mark(type, status, shape = "dot") {
  const r = 12;
  const [width, height] = shape === "pin" ? [30, 39] : shape === "near" ? [40, 40] : [30, 30];
  const [cx, cy] = [width / 2, shape === "pin" ? 15 : height / 2];
  const body = shape === "pin"
    ? s("path", { class: "body", d: `M15 37.5C12 31.5 3 24.5 3 15a12 12 0 1 1 24 0c0 9.5-9 16.5-12 22.5z` })
    : s("circle", { class: "body", cx, cy, r });
  return s(
    "svg",
    { class: `mark is-${status}`, width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", "--c": type.color, "--ink": inkOn(type.color) },
    shape === "near" && s("circle", { class: "nearby", cx, cy, r: 18 }),
    body,
    glyph(type.icon, 15, cx - 7.5, cy - 7.5),
    status === "denied" && s("path", { class: "strike", d: `M${cx - 10} ${cy + 10}L${cx + 10} ${cy - 10}` }),
  );
}

/**
 * The mark of several events: their number in a ring of their groups' colours.
 * @param {number} count @param {{color: string, count: number}[]} shares @param {number} [size]
 */
export function ring(count, shares, size = 36) {
  const c = size / 2;
  const r = c - 4.5;
  const around = 2 * Math.PI * r;
  const gap = shares.length > 1 ? 1.5 : 0;
  let at = 0;
  const arcs = shares.map((share) => {
    const length = (share.count / count) * around;
    const arc = s("circle", {
      class: "share", cx: c, cy: c, r, "--c": share.color,
      "stroke-dasharray": `${Math.max(length - gap, 0.5)} ${around}`, "stroke-dashoffset": -at,
      transform: `rotate(-90 ${c} ${c})`,
    });
    at += length;
    return arc;
  });
  const label = count > 9999 ? `${Math.round(count / 1000)}k` : String(count);
  return s(
    "svg",
    { class: "ring", width: size, height: size, viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" },
    s("circle", { class: "plate", cx: c, cy: c, r: c - 1.5 }),
    ...arcs,
    s("text", { class: label.length > 2 && "is-long", x: c, y: c, "text-anchor": "middle", dy: "0.36em" }, label),
  );
}
