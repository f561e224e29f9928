/** The view as an address: layers, time, search, event and map view in the URL's hash.  Nothing is stored. */

import { FACETS } from "./filters.js";

/**
 * @param {import("./state.js").State} state @param {import("leaflet").Map} map
 * @param {{current: () => number, go: (n: number) => void}} steps of a story, counted from 1; 0: none is shown
 */
export function sharing(state, map, steps) {
  // A page inside srcdoc has no address of its own.
  const shareable = /^(https?|file):$/.test(location.protocol);

  function hash() {
    if (steps.current()) return `#step=${steps.current()}`;
    const centre = map.getCenter();
    const parts = new URLSearchParams();
    if (state.off.size) parts.set("off", [...state.off].sort().join(","));
    for (const [facet, values] of state.only) parts.set(facet, [...values].sort().map(encodeURIComponent).join(","));
    if (state.from) parts.set("from", state.from);
    if (state.to) parts.set("to", state.to);
    if (state.undated === state.narrowed) parts.set("undated", state.undated ? "1" : "0");
    if (state.since) parts.set("since", state.since);
    if (state.query) parts.set("q", state.query);
    if (state.selected) parts.set("event", state.selected);
    parts.set("view", `${+map.getZoom().toFixed(2)}/${centre.lat.toFixed(3)}/${centre.lng.toFixed(3)}`);
    return `#${parts.toString().replace(/%2C/g, ",").replace(/%2F/g, "/")}`;
  }

  /** @param {string} text the hash of an address */
  function apply(text) {
    const parts = new URLSearchParams(text.replace(/^#/, ""));
    const step = Number(parts.get("step"));
    steps.go(Number.isInteger(step) && step > 0 ? step : 0);
    if (steps.current()) return;
    const types = new Set(state.facets.type.keys);
    /** @param {string} name */
    const date = (name) => (/^\d{4}-\d\d-\d\d$/.test(parts.get(name) ?? "") ? parts.get(name) : null);
    state.put({
      off: (parts.get("off") ?? "").split(",").filter((type) => types.has(type)),
      only: FACETS.flatMap((facet) => (parts.has(facet) ? [[facet, (parts.get(facet) ?? "").split(",").map(decoded)]] : [])),
      query: (parts.get("q") ?? "").slice(0, 200),
      from: date("from"),
      to: date("to"),
      since: date("since"),
      undated: parts.has("undated") ? parts.get("undated") === "1" : undefined,
    });
    state.select(parts.get("event"));
    const [zoom, lat, lon] = (parts.get("view") ?? "").split("/").map(Number);
    if ([zoom, lat, lon].every(Number.isFinite)) map.setView([/** @type {number} */ (lat), /** @type {number} */ (lon)], zoom, { animate: false });
  }

  /** @param {string} text */
  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  let waiting = 0;
  function remember() {
    if (!shareable) return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      try {
        history.replaceState(null, "", hash());
      } catch {
        // a sandbox may forbid it: the view is then not in the address
      }
    }, 250);
  }

  /** Show what the address asks for, and keep the address in step from now on; whether it asks for anything. */
  function begin() {
    const asks = location.hash.length > 1;
    if (asks) apply(location.hash);
    if (!shareable) return asks;
    state.addEventListener("change", remember);
    state.addEventListener("select", remember);
    map.on("moveend", remember);
    window.addEventListener("hashchange", () => apply(location.hash));
    return asks;
  }

  return { begin, remember, address: () => (shareable ? location.href.split("#")[0] + hash() : null) };
}
