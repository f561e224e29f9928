/** Elements built from names and text nodes: no markup is ever parsed. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes
 *
 * @param {Element} element
 * @param {Attributes} attributes `onclick` and the like take functions; `--name` sets a CSS variable
 * @param {Child[]} children
 */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) /** @type {HTMLElement} */ (element).style.setProperty(name, String(value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Attributes} [attributes] @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  filled(element, attributes, children);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag @param {Attributes} [attributes] @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  filled(element, attributes, children);
  return element;
}

/** @param {Element} element @param {...Child} children */
export function refill(element, ...children) {
  element.replaceChildren();
  filled(element, {}, children);
}

/**
 * A link to a web page; the address as text where it is neither http nor https.
 * @param {string} address @param {string} label
 */
export function link(address, label) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    url = null;
  }
  if (!url || !/^https?:$/.test(url.protocol)) return h("span", { dir: "auto" }, label === address ? label : `${label} (${address})`);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, label);
}

const PAUSE = 90; // ms

/** A function that calls `then` when it has not been called for a moment. @param {() => void} then */
export function settled(then) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(then, PAUSE);
  };
}
