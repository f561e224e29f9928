/** The marks of very many events, plotted on one canvas: the same signs as the elements of markers.js. */
import * as L from "leaflet";

export class Plot {
  /** @param {L.Map} map @param {import("./events.js").Events} events @param {import("./words.js").Words} words @param {(cluster: import("./clusters.js").Cluster) => void} onOpen */
  constructor(map, events, words, onOpen) {
    this.map = map; this.events = events; this.words = words; this.onOpen = onOpen; void L;
  }
  /** @param {import("./clusters.js").Cluster[]} clusters @param {number} selected @returns {import("./clusters.js").Box[]} */
  draw(clusters, selected) { void clusters; void selected; return []; }
}
