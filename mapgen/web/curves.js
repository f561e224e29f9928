/**
 * The curves of movements, in any plane: quadratic ones, from a point to a point, drawn to a third.
 *
 * @typedef {{x: number, y: number}} Point
 */

/** The third point of a curve that leaves the straight way to its left. @param {Point} a @param {Point} b @param {number} bend share of the length @returns {Point} */
export const bent = (a, b, bend) => ({ x: (a.x + b.x) / 2 + (b.y - a.y) * bend, y: (a.y + b.y) / 2 - (b.x - a.x) * bend });

/** A point of the curve from `a` by `c` to `b`. @param {Point} a @param {Point} c @param {Point} b @param {number} t 0–1 @returns {Point} */
export function along(a, c, b, t) {
  const u = 1 - t;
  return { x: u * u * a.x + 2 * u * t * c.x + t * t * b.x, y: u * u * a.y + 2 * u * t * c.y + t * t * b.y };
}

/** @param {Point} a @param {Point} b */
export const distance = (a, b) => Math.hypot(b.x - a.x, b.y - a.y);

/**
 * Where the straight way from `a` to `b` crosses a ring: shares of its length, in order.  An odd number of them leaves
 * the ring for good.
 * @param {Point[]} ring @param {Point} a @param {Point} b
 */
export function crossings(ring, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return ring.flatMap((p, n) => {
    const q = ring[(n + 1) % ring.length] ?? p;
    const [ex, ey] = [q.x - p.x, q.y - p.y];
    const across = dx * ey - dy * ex;
    const share = ((p.x - a.x) * ey - (p.y - a.y) * ex) / across;
    const at = ((p.x - a.x) * dy - (p.y - a.y) * dx) / across;
    return across && share > 0 && share < 1 && at >= 0 && at < 1 ? [share] : [];
  }).sort((one, other) => one - other);
}
