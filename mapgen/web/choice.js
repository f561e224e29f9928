/** The events of a joined mark, as a list to choose from. */
import * as L from "leaflet";
import { h } from "./dom.js";
import { mark } from "./icons.js";
import { eventsOf, namesOf } from "./markers.js";

const WIDE = 700; // px: narrower maps have no open legend to keep clear of
const NAMES = 3; // places that the heading names

/**
 * @param {L.Map} map @param {import("./markers.js").Cluster} cluster @param {L.Marker} marker its mark
 * @param {Map<string, import("./types.js").EventType>} types
 * @param {number} right pixels at the map's right edge that the legend covers
 * @param {(id: string) => void} onChoice
 */
export function offer(map, cluster, marker, types, right, onChoice) {
  const wide = map.getSize().x > WIDE;
  const popup = L.popup({
    closeButton: false, maxWidth: 320, minWidth: 240, className: "choice", offset: [0, -10],
    autoPanPaddingTopLeft: wide ? [60, 16] : [8, 52], autoPanPaddingBottomRight: wide ? [right - 10, 10] : [8, 10],
  });
  const items = eventsOf(cluster).map((event) => {
    const type = types.get(event.event_type);
    const choose = () => {
      popup.close();
      onChoice(event.event_id);
    };
    return h("li", {}, h("button", { type: "button", "data-event": event.event_id, onclick: choose },
      type && mark(type, event.status), h("span", { dir: "auto" }, event.title)));
  });
  /** @param {KeyboardEvent} key */
  const leave = (key) => {
    if (key.key !== "Escape") return;
    popup.close();
    marker.getElement()?.focus();
    key.stopPropagation();
  };
  const body = h("div", { onkeydown: leave }, h("h2", { dir: "auto" }, namesOf(cluster).slice(0, NAMES).join(" · ")), h("ul", {}, ...items));
  marker.closeTooltip();
  popup.setLatLng([cluster.lat, cluster.lon]).setContent(body).openOn(map);
  /** @type {HTMLElement | null} */ (body.querySelector("button"))?.focus({ preventScroll: true });
}
