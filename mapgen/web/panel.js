/** The panel beside the map: story, events and article as tabs, where there is more than one; and the card over them. */
import { h } from "./dom.js";

/** @typedef {"story" | "list" | "article"} Tab */

/**
 * @param {import("./state.js").State} state @param {import("./words.js").Words} words
 * @param {Partial<Record<Tab, HTMLElement>>} views what there is, in order
 * @param {HTMLElement} card
 * @param {(tab: Tab, id: string) => boolean} keeps whether a tab shows a chosen event itself, so that no card covers it
 */
export function panel(state, words, views, card, keeps) {
  const tabs = /** @type {Tab[]} */ (Object.keys(views));
  let open = /** @type {Tab} */ (tabs[0]);
  let inFull = false; // the reader asked for the card
  const buttons = tabs.map((tab) => h("button", { type: "button", role: "tab", id: `tab-${tab}`, "data-tab": tab, "aria-controls": `view-${tab}`, onclick: () => show(tab), onkeydown: turn }, words.t(tab)));
  const strip = h("div", { class: "tabs", role: "tablist", hidden: tabs.length < 2 }, ...buttons);
  for (const tab of tabs) {
    const view = /** @type {HTMLElement} */ (views[tab]);
    view.id = `view-${tab}`;
    if (tabs.length > 1) view.setAttribute("role", "tabpanel");
  }

  /** @param {KeyboardEvent} key */
  function turn(key) {
    const by = key.key === "ArrowRight" ? 1 : key.key === "ArrowLeft" ? -1 : 0;
    if (!by) return;
    const forward = getComputedStyle(strip).direction === "rtl" ? -by : by;
    show(/** @type {Tab} */ (tabs[(tabs.indexOf(open) + forward + tabs.length) % tabs.length]));
    buttons[tabs.indexOf(open)]?.focus();
  }

  /** @param {Tab} tab */
  function show(tab) {
    open = tab;
    inFull = false;
    if (state.selected && tab === "list") state.select(null);
    arrange();
  }

  function arrange() {
    const covered = Boolean(state.selected) && (inFull || !keeps(open, state.selected ?? ""));
    card.hidden = !covered;
    for (const [n, tab] of tabs.entries()) {
      /** @type {HTMLElement} */ (views[tab]).hidden = covered || tab !== open;
      buttons[n]?.setAttribute("aria-selected", String(tab === open));
      buttons[n]?.setAttribute("tabindex", tab === open ? "0" : "-1");
    }
    strip.parentElement?.parentElement?.classList.toggle("has-card", covered);
    strip.parentElement?.parentElement?.setAttribute("data-tab", open);
    return covered;
  }

  return {
    strip, show, arrange,
    get open() {
      return open;
    },
    /** The card of the chosen event, over the tab. */
    openCard() {
      inFull = true;
      arrange();
      card.focus({ preventScroll: true });
    },
    /** A new choice: the card comes by itself only where the tab does not show it. */
    chosen() {
      inFull = false;
      return arrange();
    },
  };
}
