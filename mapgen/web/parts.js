/**
 * What only some pages carry (large.js brings it): the marks of very many events, tiles, and packed columns.
 *
 * @type {Partial<{Plot: typeof import("./plot.js").Plot, tiles: (told: import("./types.js").Tiles) => import("leaflet").Layer,
 *   inflate: (bytes: Uint8Array) => Uint8Array}>}
 */
export const parts = {};
