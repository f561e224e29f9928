/**
 * A user's PMTiles archive as the basemap: over the offline base, under everything else.
 *
 * Only pages with an archive carry this script, after the page's own with all of Leaflet (open.js).  The archive stands
 * in the page as base64, or is read from its address by range requests; the same reader for both.
 */
import { PMTiles, TileType } from "pmtiles";
import { Painter } from "./vectortiles.js";

/** @typedef {import("./labels.js").Label} Label */

const L = /** @type {typeof import("leaflet")} */ (window.L);
const page = /** @type {import("./types.js").PageHooks} */ (window.mapgen);
const told = /** @type {HTMLElement} */ (document.getElementById("mapgen-tiles"));
const RASTER = /** @type {Record<number, string>} */ ({
  [TileType.Png]: "image/png", [TileType.Jpeg]: "image/jpeg", [TileType.Webp]: "image/webp", [TileType.Avif]: "image/avif",
});
const DENSITY = 2; // device pixels for each CSS pixel of a tile: sharp also between two zooms
const PATIENCE = 10_000; // milliseconds until a map whose server is slow counts as ready
const UP = 5; // zooms that are tried above a tile that there is not

/** The archive as the page carries it. @param {string} base64 @returns {import("pmtiles").Source} */
function packed(base64) {
  const text = atob(base64);
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  return { getKey: () => "page", getBytes: async (offset, length) => ({ data: bytes.slice(offset, offset + length).buffer }) };
}

/** @typedef {{bytes: ArrayBuffer, above: number, x: number, y: number}} Found a tile or one above it, and which part of it: `above` zooms, column and row there */

/** Web Mercator: column and row of a point, with fractions. @param {number} lon @param {number} lat @param {number} z */
function tileOf(lon, lat, z) {
  const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(lat, lon), z).divideBy(256);
  return /** @type {const} */ ([x, y]);
}

class Archive {
  /** @param {PMTiles} source @param {import("pmtiles").Header} header @param {Painter | null} painter null: pictures */
  constructor(source, header, painter) {
    this.source = source;
    this.header = header;
    this.painter = painter;
  }

  /** The tile, or the nearest one above it. @param {number} z @param {number} x @param {number} y @returns {Promise<Found | null>} */
  async find(z, x, y) {
    const { minZoom, maxZoom } = this.header;
    const first = Math.max(0, z - maxZoom);
    const last = this.reaches(z, x, y) ? first + UP : first; // far off, the own base is better than a tile of the world
    for (let above = first; above <= last && z - above >= minZoom; above++) {
      const found = await this.source.getZxy(z - above, x >> above, y >> above);
      if (found) return { bytes: found.data, above, x: x % 2 ** above, y: y % 2 ** above };
    }
    return null;
  }

  /** Whether a tile lies in the box of the archive. @param {number} z @param {number} x @param {number} y */
  reaches(z, x, y) {
    const { minLon, maxLon, minLat, maxLat } = this.header;
    const [left, top] = tileOf(minLon, maxLat, z);
    const [right, bottom] = tileOf(maxLon, minLat, z);
    return x >= Math.floor(left) && x <= right && y >= Math.floor(top) && y <= bottom;
  }

  /** Draw a tile and give the names in it; null where there is none. @param {HTMLCanvasElement} canvas @param {number} z @param {number} x @param {number} y @returns {Promise<Label[] | null>} */
  async paint(canvas, z, x, y) {
    const found = await this.find(z, x, y);
    const pen = canvas.getContext("2d");
    if (!found || !pen) return null;
    const parts = 2 ** found.above;
    if (this.painter) return this.painter.paint(pen, found, { z, x, y });
    const picture = await createImageBitmap(new Blob([found.bytes], { type: RASTER[this.header.tileType] ?? "" }));
    const [width, height] = [picture.width / parts, picture.height / parts];
    pen.drawImage(picture, found.x * width, found.y * height, width, height, 0, 0, canvas.width, canvas.height);
    return [];
  }
}

/** The archive's tiles on the map. */
class Tiles {
  /** @param {Archive} archive */
  constructor(archive) {
    const vector = archive.painter !== null;
    this.size = vector ? 512 : 256; // vector tiles are made to be shown at twice the size
    this.naming = archive.painter?.names ?? true; // pictures have their names in them
    /** @type {WeakMap<HTMLElement, {names: Label[], x: number}>} the names in each tile that is drawn, and its column */
    const painted = new WeakMap();
    this.painted = painted;
    const side = this.size;
    const Layer = L.GridLayer.extend({
      /** @param {L.Coords} coords @param {L.DoneCallback} done */
      createTile({ x, y, z }, done) {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = side * DENSITY;
        archive.paint(canvas, vector ? z - 1 : z, x, y).then((names) => {
          if (names) painted.set(canvas, { names, x });
          done(undefined, canvas);
        }, (error) => done(error, canvas)); // a tile that cannot be read shows the offline base
        return canvas;
      },
    });
    const options = { pane: "archive", tileSize: side, minZoom: archive.header.minZoom + (vector ? 1 : 0) };
    // @ts-expect-error Leaflet's classes of before 2015 have constructors that TypeScript does not see
    this.layer = /** @type {L.GridLayer & {_tiles?: Record<string, {el: HTMLElement}>, _tileZoom?: number, isLoading(): boolean}} */ (new Layer(options));
  }

  /** What stands in place of the base's names: those of the tiles that are drawn, and the base's beyond them. @param {Label[]} base */
  names(base) {
    const tiles = Object.entries(this.layer._tiles ?? {}).map(([key, { el }]) => /** @type {const} */ ([key, this.painted.get(el)]));
    const known = new Map(tiles.filter(([, tile]) => tile));
    const own = [...known].flatMap(([key, tile]) => {
      const [column = 0, , zoom = 0] = key.split(":").map(Number);
      const turn = ((column - (tile?.x ?? 0)) / ((2 ** zoom * 256) / this.size)) * 360; // the map may run beyond the antimeridian
      return (tile?.names ?? []).map((label) => ({ ...label, lon: label.lon + turn }));
    });
    const once = new Map(own.map((label) => [`${label.kind} ${label.text}`, label]));
    return [...once.values(), ...base.filter((label) => !(this.naming && known.has(this.keyOf(label))))];
  }

  /** The tile that a name stands in. @param {Label} label */
  keyOf({ lat, lon }) {
    const zoom = this.layer._tileZoom ?? 0;
    const { x, y } = page.map.project([lat, lon], zoom).divideBy(this.size).floor();
    return `${x}:${y}:${zoom}`;
  }
}

/** Text without the markup that attributions come with. @param {unknown} text */
const plain = (text) => String(text ?? "").replace(/<[^>]*>/g, "").replaceAll("&copy;", "©").replaceAll("&amp;", "&").trim();

async function start() {
  const { url } = told.dataset;
  const source = new PMTiles(url ?? packed(told.textContent ?? ""));
  const header = await source.getHeader();
  const metadata = /** @type {Record<string, any>} */ (await source.getMetadata());
  const painter = header.tileType === TileType.Mvt ? new Painter(document.documentElement.lang, metadata.vector_layers) : null;
  if (!painter && !RASTER[header.tileType]) throw new Error(`${url ?? "the archive"}: holds tiles of no kind that is known`);
  const archive = new Archive(source, header, painter);
  const { map } = page;
  map.createPane("archive").setAttribute("aria-hidden", "true");
  Object.assign(/** @type {HTMLElement} */ (map.getPane("archive")).style, { zIndex: "220", pointerEvents: "none" });
  const tiles = new Tiles(archive);
  const credit = document.querySelector(".attribution");
  if (url && credit && metadata.attribution) credit.textContent += ` · ${plain(metadata.attribution)}`; // an archive in the page is named already
  if (!painter) {
    map.options.zoomSnap = 1; // pictures are sharp at whole zooms only
    map.setZoom(Math.floor(map.getZoom()), { animate: false });
  }
  page.names = (base) => tiles.names(base);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => tiles.layer.redraw());
  const loaded = new Promise((resolve) => {
    tiles.layer.on("load", () => {
      map.fire("names");
      resolve(undefined);
    });
  });
  tiles.layer.addTo(map);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  if (tiles.layer.isLoading()) await Promise.race([loaded, patience]);
}

const before = page.ready;
page.ready = before.then(start).catch((error) => console.warn(`The map tiles could not be read: ${error}`));
