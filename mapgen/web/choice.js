/** The events of a joined mark, as a list to choose from. */
import * as L from "leaflet";
import { h } from "./dom.js";
import { mark } from "./icons.js";
import { latLngOf, namesOf } from "./markers.js";

const WIDE = 700; // px: narrower maps have no open legend to keep clear of
const NAMES = 3; // places that the heading names
const CHUNK = 100; // events that are listed at once

/**
 * @param {L.Map} map @param {import("./clusters.js").Cluster} cluster
 * @param {import("./words.js").Words} words
 * @param {number} right pixels at the map's right edge that the legend covers
 * @param {{choose: (id: string) => void, leave: () => void}} then
 */
export function offer(map, cluster, words, right, { choose, leave }) {
  const wide = map.getSize().x > WIDE;
  const popup = L.popup({
    closeButton: false, maxWidth: 320, minWidth: 240, className: "choice", offset: [0, -10],
    autoPanPaddingTopLeft: wide ? [60, 16] : [8, 52], autoPanPaddingBottomRight: wide ? [right - 10, 10] : [8, 10],
  });
  const { events } = cluster.grid.geography;
  const numbers = cluster.events;
  const list = h("ul", {});

  /** @param {number} n */
  function row(n) {
    const event = events.record(n);
    const type = events.types.find(({ key }) => key === event.event_type);
    return h("li", {}, h("button", { type: "button", "data-event": event.event_id, onclick: () => {
      popup.close();
      choose(event.event_id);
    } }, type && mark(type, event.status), h("span", { dir: "auto" }, event.title)));
  }

  function extend() {
    const listed = list.querySelectorAll("[data-event]").length;
    list.querySelector(".more")?.parentElement?.remove();
    list.append(...numbers.slice(listed, listed + CHUNK).map(row));
    if (numbers.length > listed + CHUNK) list.append(h("li", {}, h("button", { type: "button", class: "more", onclick: extend }, words.t("more"))));
    if (listed) /** @type {HTMLElement | null} */ (list.children[listed]?.querySelector("button"))?.focus({ preventScroll: true });
  }

  extend();
  const onkeydown = (/** @type {KeyboardEvent} */ key) => {
    if (key.key !== "Escape") return;
    popup.close();
    leave();
    key.stopPropagation();
  };
  const heading = [namesOf(cluster).slice(0, NAMES).join(" · "), numbers.length > CHUNK && words.count("events", numbers.length)];
  const body = h("div", { onkeydown }, h("h2", { dir: "auto" }, heading.filter(Boolean).join(" – ")), list);
  popup.setLatLng(latLngOf(cluster)).setContent(body).openOn(map);
  /** @type {HTMLElement | null} */ (body.querySelector("button"))?.focus({ preventScroll: true });
}
