/** The text of the sources beside the map, with what is told of each event marked in it. */
import { h, refill } from "./dom.js";
import { mark } from "./icons.js";

/**
 * @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 * @param {import("./words.js").Words} words @param {() => void} onOpen the reader wants to see the chosen event in full
 */
export function article(data, state, words, onOpen) {
  const types = new Map(data.types.map((type) => [type.key, type]));
  /** @type {{element: HTMLElement, ids: string[]}[]} */
  const marked = [];
  const told = h("p", { class: "told", "aria-live": "polite", hidden: true });

  /** @param {string[]} piece */
  function part([text = "", ...ids]) {
    const first = state.events.find(ids[0] ?? null);
    if (first < 0) return text;
    const element = h("mark", { class: "quoted", role: "button", tabindex: "0", "--c": data.types[state.events.type[first] ?? 0]?.color, "data-event": ids.join(" "),
      onclick: () => turn(ids), onkeydown: (/** @type {KeyboardEvent} */ key) => {
        if (key.key !== "Enter" && key.key !== " ") return;
        key.preventDefault();
        turn(ids);
      } }, text);
    marked.push({ element, ids });
    return element;
  }

  /** Choose the event of a passage; the next one of it, if one is chosen already. @param {string[]} ids */
  function turn(ids) {
    const at = ids.indexOf(state.selected ?? "");
    state.select(ids[(at + 1) % ids.length] ?? null);
  }

  const body = h("div", { class: "article-text" }, ...data.articles.map((one) => h("article", { dir: "auto" },
    one.title && data.articles.length > 1 && h("h2", { dir: "auto" }, one.title),
    h("p", { dir: "auto" }, ...one.parts.map(part)))));

  function sync() {
    for (const { element, ids } of marked) {
      element.classList.toggle("is-off", !ids.some((id) => state.shows(id)));
      element.setAttribute("aria-pressed", String(ids.includes(state.selected ?? "")));
    }
  }

  function chosen() {
    sync();
    const { event } = state;
    const type = event && types.get(event.event_type);
    told.hidden = !event;
    if (!event) return;
    refill(told, type && mark(type, event.status), h("span", { dir: "auto" }, event.title),
      h("button", { type: "button", onclick: onOpen }, words.t("details")));
    const passage = marked.find(({ ids }) => ids.includes(event.event_id))?.element;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (passage && body.clientHeight) passage.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  }

  state.addEventListener("change", sync);
  state.addEventListener("select", chosen);
  sync();
  return h("section", { class: "article", "aria-label": words.t("article") }, body, told);
}
