import type { Topology } from '../demo/types.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A quadratic Bézier curve from the border of one node to the border of another. */
export interface Curve {
  readonly from: Point;
  readonly bend: Point;
  readonly to: Point;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A straight line, or a bow around a node that stands in its way. */
export function edgeCurve(topology: Topology, edge: Topology['edges'][number], node: Size): Curve {
  const from = find(topology, edge.from);
  const to = find(topology, edge.to);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const inTheWay = topology.nodes.some(
    (other) => other.id !== edge.from && other.id !== edge.to && crosses(from, to, other, node),
  );
  if (!inTheWay) {
    return { from: border(from, to, node), bend: middle, to: border(to, from, node) };
  }
  const up = middle.y <= 60;
  const bend = { x: middle.x, y: up ? -28 : 148 };
  const edgeY = (point: Point): number => point.y + ((up ? -1 : 1) * node.height) / 2;
  return {
    from: { x: from.x, y: edgeY(from) },
    bend,
    to: { x: to.x, y: edgeY(to) },
  };
}

/** Where something is that has come `progress` (0 to 1) of the way. Each direction keeps to its own side of the line. */
export function lanePoint(curve: Curve, progress: number, back: boolean): Point {
  const { x, y } = pointOn(curve, back ? 1 - progress : progress);
  const dx = curve.to.x - curve.from.x;
  const dy = curve.to.y - curve.from.y;
  const side = (back ? 4 : -4) / Math.hypot(dx, dy);
  return { x: x - dy * side, y: y + dx * side };
}

function pointOn(curve: Curve, progress: number): Point {
  const rest = 1 - progress;
  const blend = (a: number, b: number, c: number): number =>
    rest * rest * a + 2 * rest * progress * b + progress * progress * c;
  return {
    x: blend(curve.from.x, curve.bend.x, curve.to.x),
    y: blend(curve.from.y, curve.bend.y, curve.to.y),
  };
}

/** Path of a small arrow head at the end of the curve. */
export function arrowHead(curve: Curve): string {
  const angle = Math.atan2(curve.to.y - curve.bend.y, curve.to.x - curve.bend.x);
  const corner = (turn: number): string => {
    const x = curve.to.x - 6 * Math.cos(angle + turn);
    const y = curve.to.y - 6 * Math.sin(angle + turn);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  return `M${corner(0.5)}L${curve.to.x.toFixed(1)} ${curve.to.y.toFixed(1)}L${corner(-0.5)}`;
}

function find(topology: Topology, id: string): Point {
  const found = topology.nodes.find((node) => node.id === id);
  if (!found) throw new Error(`the topology has no node "${id}"`);
  return found;
}

/** Where the line from the node's centre towards `target` leaves its box, and two units further. */
function border(center: Point, target: Point, node: Size): Point {
  const dx = target.x - center.x;
  const dy = target.y - center.y;
  const scale = Math.min(
    (node.width / 2 + 2) / Math.max(Math.abs(dx), 1e-9),
    (node.height / 2 + 2) / Math.max(Math.abs(dy), 1e-9),
  );
  return { x: center.x + dx * scale, y: center.y + dy * scale };
}

/** Whether the line between two centres passes through the box of a third node. */
function crosses(from: Point, to: Point, other: Point, node: Size): boolean {
  for (let step = 1; step < 40; step++) {
    const x = from.x + ((to.x - from.x) * step) / 40;
    const y = from.y + ((to.y - from.y) * step) / 40;
    if (Math.abs(x - other.x) < node.width / 2 && Math.abs(y - other.y) < node.height / 2) {
      return true;
    }
  }
  return false;
}
