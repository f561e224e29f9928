/** The part of the map that holds places. */
import * as L from "leaflet";

const LEAST_KM = 40; // around one place alone
const MOST_KM = 1500;

/** @param {{lat: number, lon: number, radius_km?: number}[]} places @returns {L.LatLngBounds | null} null without any */
export function extent(places) {
  let [west, south, east, north, widest] = [Infinity, Infinity, -Infinity, -Infinity, 0];
  for (const { lat, lon, radius_km = 0 } of places) {
    [west, south] = [Math.min(west, lon), Math.min(south, lat)];
    [east, north, widest] = [Math.max(east, lon), Math.max(north, lat), Math.max(widest, radius_km)];
  }
  if (west > east) return null;
  if (west < east || south < north) return L.latLngBounds([south, west], [north, east]);
  return L.latLng(south, west).toBounds(Math.min(Math.max(widest, LEAST_KM), MOST_KM) * 2000);
}

/** @param {import("./events.js").Places} places @param {ArrayLike<number>} numbers of those that count */
export function extentOf(places, numbers) {
  return extent(Array.from(numbers, (n) => ({ lat: places.lat[n] ?? 0, lon: places.lon[n] ?? 0, radius_km: (places.radius[n] ?? 0) / 10 })));
}
