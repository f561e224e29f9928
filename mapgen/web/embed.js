/**
 * Inside an article's frame: says how high the page wants to be, and leaves scrolling to the article.
 *
 * Two shapes of message are spoken, those of Datawrapper's embeds ({"datawrapper-height": {id: pixels}}) and of NPR's
 * pym.js ("pym", child id, name and value, joined by "xPYMx"); only pym's "width" is listened to, from the host alone.
 */

const NARROW = 760; // px: below, the list stands under the map
/** [share of the width, least, most]: CSS pixels of height for a width */
const WIDE_FRAME = [0.62, 480, 760];
const NARROW_FRAME = [1.75, 580, 780];
const PYM = "xPYMx";
const ID = "mapgen";

/** @param {number} width CSS pixels */
export function heightFor(width) {
  const [share = 1, least = 0, most = 0] = width < NARROW ? NARROW_FRAME : WIDE_FRAME;
  return Math.min(Math.max(Math.round(width * share), least), most);
}

/** @param {import("leaflet").Map} map */
export function embedded(map) {
  if (window.parent === window) return;
  const child = /^[\w-]{1,64}$/.exec(new URLSearchParams(location.search).get("childId") ?? "")?.[0];
  let pym = child;
  let width = 0;

  function tell() {
    width = window.innerWidth;
    const height = heightFor(width);
    // Where the article stands is unknown, and the height is no secret.
    window.parent.postMessage({ "datawrapper-height": { [child ?? ID]: height } }, "*");
    if (pym) window.parent.postMessage(["pym", pym, "height", height].join(PYM), "*");
  }

  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || typeof data !== "string" || data.length > 200) return;
    const asked = /^pymxPYMx([\w-]{1,64})xPYMxwidthxPYMx\d{1,5}(?:\.\d+)?$/.exec(data);
    if (!asked || (child && asked[1] !== child)) return;
    pym = asked[1];
    tell();
  });
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) tell();
  });
  tell();
  yieldScrolling(map);
}

/** The wheel and one finger scroll the article, until the reader has entered the map. @param {import("leaflet").Map} map */
function yieldScrolling(map) {
  const container = map.getContainer();
  map.scrollWheelZoom.disable();
  if (matchMedia("(pointer: coarse)").matches) map.dragging.disable(); // two fingers move and zoom
  for (const entry of ["mousedown", "focusin"]) container.addEventListener(entry, () => map.scrollWheelZoom.enable());
  container.addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
}
