/** Chosen views, as an editor wrote them: presets of the layers and steps of a story, put on the map. */
import * as L from "leaflet";
import { FACETS } from "./filters.js";

/** @typedef {import("./types.js").View} View */

/**
 * Show what a view asks for, and everything where it asks for nothing.
 * @param {View} view @param {import("./types.js").PageData} data @param {import("./state.js").State} state
 */
export function choose(view, data, state) {
  const wanted = new Set(view.layers);
  state.put({
    off: wanted.size ? data.types.filter((type) => !wanted.has(type.key) && !wanted.has(type.group)).map((type) => type.key) : [],
    only: FACETS.flatMap((facet) => (view[facet]?.length ? [[facet, view[facet] ?? []]] : [])),
    query: view.query,
    from: view.from,
    to: view.to,
  });
}

/**
 * Move the map to where a step looks: its view, or all that it shows.
 * @param {View} view @param {import("./map.js").EventMap} map @param {import("./state.js").State} state
 * @param {boolean} at whether to be there at once
 */
export function look(view, map, state, at) {
  const still = at || matchMedia("(prefers-reduced-motion: reduce)").matches;
  const event = state.events.find(view.event ?? null);
  const bounds = map.boundsOfEvents(event < 0 ? state.shown : [event]);
  if (view.view) {
    const [zoom, lat, lon] = view.view;
    map.map.flyTo(L.latLng(lat, lon), zoom, { animate: !still, duration: 1.2 });
  } else if (bounds) {
    const { topLeft, bottomRight } = map.margins();
    map.map.flyToBounds(bounds, { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, maxZoom: 9, animate: !still, duration: 1.2 });
  }
}
