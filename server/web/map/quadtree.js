/**
 * A quadtree over points of the unit square: what is near, what lies inside, and a thinned-out view of many thousands.
 *
 * @typedef {{x: number, y: number, size: number, first: number, count: number, children: Node[] | null}} Node
 * @typedef {{left: number, right: number, bottom: number, top: number}} Box  in the unit square, y upwards
 */

const LEAF = 2;
const DEEPEST = 14;

export class QuadTree {
  /** Point numbers, ordered so that every node owns a stretch of them. @type {Int32Array} */
  #order;

  /** @param {Float32Array} xs @param {Float32Array} ys */
  constructor(xs, ys) {
    this.xs = xs;
    this.ys = ys;
    this.#order = Int32Array.from(xs, (_, index) => index);
    /** @type {Node} */
    this.root = { x: 0, y: 0, size: 1, first: 0, count: xs.length, children: null };
    this.#divide(this.root, 0);
  }

  /** @param {Node} node @param {number} depth */
  #divide(node, depth) {
    if (node.count <= LEAF || depth >= DEEPEST) return;
    const half = node.size / 2;
    const [midX, midY] = [node.x + half, node.y + half];
    /** @type {number[][]} */
    const parts = [[], [], [], []];
    for (let at = node.first; at < node.first + node.count; at += 1) {
      const point = this.#order[at];
      parts[(this.xs[point] >= midX ? 1 : 0) + (this.ys[point] >= midY ? 2 : 0)].push(point);
    }
    let first = node.first;
    node.children = parts.map((part, corner) => {
      this.#order.set(part, first);
      const child = { x: node.x + (corner % 2) * half, y: node.y + (corner >> 1) * half, size: half, first, count: part.length, children: null };
      first += part.length;
      return child;
    });
    for (const child of node.children) this.#divide(child, depth + 1);
  }

  /**
   * Every point in the box; of a node no larger than `least` only one, with how many it stands for.
   * @param {Box} box
   * @param {number} least  in units of the map
   * @param {(point: number, count: number) => void} take
   * @param {(point: number) => boolean} [wanted]
   */
  visit(box, least, take, wanted = () => true) {
    /** @type {Node[]} */
    const open = [this.root];
    for (let node = open.pop(); node; node = open.pop()) {
      if (!node.count || node.x > box.right || node.x + node.size < box.left || node.y > box.top || node.y + node.size < box.bottom) continue;
      const last = node.first + node.count;
      if (node.size <= least) {
        for (let at = node.first; at < last; at += 1) {
          if (!wanted(this.#order[at])) continue;
          take(this.#order[at], node.count);
          break;
        }
      } else if (node.children) open.push(...node.children);
      else for (let at = node.first; at < last; at += 1) if (this.#inside(this.#order[at], box) && wanted(this.#order[at])) take(this.#order[at], 1);
    }
  }

  /**
   * The nearest point within an ellipse, or -1.
   * @param {number} x
   * @param {number} y
   * @param {number} reachX  in units of the map
   * @param {number} reachY
   * @param {(point: number) => boolean} [wanted]
   */
  nearest(x, y, reachX, reachY, wanted = () => true) {
    let best = -1;
    let bestDistance = 1;
    this.visit({ left: x - reachX, right: x + reachX, bottom: y - reachY, top: y + reachY }, 0, (point) => {
      const distance = ((this.xs[point] - x) / reachX) ** 2 + ((this.ys[point] - y) / reachY) ** 2;
      if (distance <= bestDistance) [best, bestDistance] = [point, distance];
    }, wanted);
    return best;
  }

  /** @param {number} point @param {Box} box */
  #inside(point, box) {
    const [x, y] = [this.xs[point], this.ys[point]];
    return x >= box.left && x <= box.right && y >= box.bottom && y <= box.top;
  }
}

/**
 * Whether a place lies in a polygon, by the even-odd rule.
 * @param {Array<[number, number]>} corners
 * @param {number} x
 * @param {number} y
 */
export function inPolygon(corners, x, y) {
  let inside = false;
  for (let at = 0, before = corners.length - 1; at < corners.length; before = at, at += 1) {
    const [x1, y1] = corners[at];
    const [x2, y2] = corners[before];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
