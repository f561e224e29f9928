/** A story: ordered steps beside the map, moved through by scrolling, buttons or keys; each has its link. */
import { h } from "./dom.js";
import { choose, look } from "./views.js";

const NEXT = new Set(["ArrowRight", "ArrowDown", "PageDown"]);
const REACHED = 80; // px from the top of the text
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);

/**
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words @param {import("./map.js").EventMap} map
 * @param {() => void} remember puts the step into the address
 */
export function story(data, state, words, map, remember) {
  const steps = data.story;
  let current = -1;
  let scrolling = 0; // ms: until then the text moves by itself
  const items = steps.map((step, n) => h("li", { class: "step-card", "data-step": n + 1, tabindex: "-1", onfocus: () => go(n, false) },
    h("h2", { dir: "auto" }, h("a", { href: `#step=${n + 1}`, onclick: follow(n) }, step.title)),
    ...(step.text ?? "").split(/\n\s*\n/).filter(Boolean).map((text) => h("p", { dir: "auto" }, text))));
  const scroller = h("ol", { class: "steps", onkeydown: keys, tabindex: "0", "aria-label": words.t("story") }, ...items);
  const place = h("output", { class: "step-count" });
  /** @param {number} by @param {string} key @param {string} sign */
  const button = (by, key, sign) => h("button", { type: "button", class: "step-button", "aria-label": words.t(key), title: words.t(key), onclick: () => go(current + by, true) }, sign);
  const [back, next] = [button(-1, "previous_step", "‹"), button(1, "next_step", "›")];

  /** @param {number} n */
  function follow(n) {
    return (/** @type {MouseEvent} */ click) => {
      click.preventDefault();
      go(n, true);
    };
  }

  /** Show a step. @param {number} n @param {boolean} scroll whether the text has yet to move there */
  function go(n, scroll) {
    const to = Math.min(Math.max(n, 0), steps.length - 1);
    const step = steps[to];
    if (!step) return;
    if (scroll) bring(to);
    if (to === current) return;
    const first = current < 0; // the page opens where its story begins
    current = to;
    items.forEach((item, at) => item.classList.toggle("is-current", at === to));
    items.forEach((item, at) => (at === to ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current")));
    place.textContent = words.t("step_of", { n: words.number.format(to + 1), all: words.number.format(steps.length) });
    back.disabled = to === 0;
    next.disabled = to === steps.length - 1;
    choose(step, data, state);
    state.select(step.event ?? null);
    look(step, map, state, first);
    remember();
  }

  /** @param {number} n */
  function bring(n) {
    const item = items[n];
    if (!item || !scroller.clientHeight) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const sideways = scroller.scrollWidth > scroller.clientWidth + 1;
    scrolling = performance.now() + (still ? 100 : 900);
    scroller.scrollTo({
      top: sideways ? 0 : item.offsetTop - scroller.offsetTop - 12, left: sideways ? item.offsetLeft - scroller.offsetLeft : 0,
      behavior: still ? "instant" : "smooth",
    });
  }

  /** @param {KeyboardEvent} key */
  function keys(key) {
    const to = NEXT.has(key.key) ? current + 1 : BACK.has(key.key) ? current - 1 : key.key === "Home" ? 0 : key.key === "End" ? steps.length - 1 : null;
    if (to === null || key.altKey || key.ctrlKey || key.metaKey) return;
    key.preventDefault();
    go(to, true);
  }

  /** The step that the reader has scrolled to: the last one whose beginning has come to the top. */
  function scrolled() {
    if (performance.now() < scrolling || !scroller.clientHeight) return;
    const box = scroller.getBoundingClientRect();
    const sideways = scroller.scrollWidth > scroller.clientWidth + 1;
    const reached = items.filter((item) => {
      const at = item.getBoundingClientRect();
      return sideways ? Math.abs(at.left - box.left) < box.width / 2 : at.top <= box.top + REACHED;
    });
    const last = sideways ? reached[0] : reached.at(-1);
    if (last) go(items.indexOf(last), false);
  }
  scroller.addEventListener("scroll", scrolled, { passive: true });

  return {
    element: h("section", { class: "story", "aria-label": words.t("story") }, scroller, h("div", { class: "step-bar" }, back, place, next)),
    go,
    /** The step that is shown, counted from 1. */
    current: () => current + 1,
    /** @param {string | null} id whether the step itself has opened this event */
    opened: (id) => current >= 0 && steps[current]?.event === id,
  };
}
