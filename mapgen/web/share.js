/** The view as an address: layers, time, search, event and map view in the URL's hash.  Nothing is stored. */

/**
 * @param {import("./state.js").State} state @param {import("leaflet").Map} map
 */
export function sharing(state, map) {
  // A page inside srcdoc has no address of its own.
  const shareable = /^(https?|file):$/.test(location.protocol);

  function hash() {
    const centre = map.getCenter();
    const parts = new URLSearchParams();
    if (state.off.size) parts.set("off", [...state.off].sort().join(","));
    if (state.from) parts.set("from", state.from);
    if (state.to) parts.set("to", state.to);
    if (state.undated === state.narrowed) parts.set("undated", state.undated ? "1" : "0");
    if (state.query) parts.set("q", state.query);
    if (state.selected) parts.set("event", state.selected);
    parts.set("view", `${+map.getZoom().toFixed(2)}/${centre.lat.toFixed(3)}/${centre.lng.toFixed(3)}`);
    return `#${parts.toString().replace(/%2C/g, ",").replace(/%2F/g, "/")}`;
  }

  /** @param {string} text the hash of an address */
  function apply(text) {
    const parts = new URLSearchParams(text.replace(/^#/, ""));
    const types = new Set(state.events.map((event) => event.event_type));
    state.off = new Set((parts.get("off") ?? "").split(",").filter((type) => types.has(type)));
    state.query = (parts.get("q") ?? "").slice(0, 200);
    /** @param {string} name */
    const date = (name) => (/^\d{4}-\d\d-\d\d$/.test(parts.get(name) ?? "") ? parts.get(name) : null);
    state.setTime(date("from"), date("to"));
    if (parts.has("undated")) state.setUndated(parts.get("undated") === "1");
    state.select(parts.get("event"));
    const [zoom, lat, lon] = (parts.get("view") ?? "").split("/").map(Number);
    if ([zoom, lat, lon].every(Number.isFinite)) map.setView([/** @type {number} */ (lat), /** @type {number} */ (lon)], zoom, { animate: false });
  }

  let waiting = 0;
  function remember() {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      try {
        history.replaceState(null, "", hash());
      } catch {
        // a sandbox may forbid it: the view is then not in the address
      }
    }, 250);
  }

  /** Show what the address asks for, and keep the address in step from now on. */
  function begin() {
    if (location.hash.length > 1) apply(location.hash);
    if (!shareable) return;
    state.addEventListener("change", remember);
    state.addEventListener("select", remember);
    map.on("moveend", remember);
    window.addEventListener("hashchange", () => apply(location.hash));
  }

  return { begin, address: () => (shareable ? location.href.split("#")[0] + hash() : null) };
}
