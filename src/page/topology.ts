import type { Topology } from '../demo/types.ts';
import { s } from './dom.ts';
import { arrowHead, edgeCurve, lanePoint, type Curve } from './curve.ts';
import { movesAt, type Move } from './playback.ts';

const node = { width: 88, height: 32 };

/** The picture of who talks to whom. Dots are the run's trace events. */
export class TopologyView {
  readonly element: SVGSVGElement;
  readonly #curves: ReadonlyMap<string, Curve>;
  readonly #dots = s('g', { class: 'dots' });
  readonly #pool: SVGCircleElement[] = [];

  constructor(topology: Topology) {
    this.#curves = new Map(
      topology.edges.map((edge) => [edge.id, edgeCurve(topology, edge, node)]),
    );
    this.element = s(
      'svg',
      { class: 'topology', viewBox: '0 0 460 120', role: 'img', 'aria-label': described(topology) },
      ...topology.edges.map((edge) => this.#edge(edge.id, edge.dashed ?? false)),
      ...topology.nodes.map((it) =>
        s(
          'g',
          { class: 'node' },
          s('rect', {
            x: it.x - node.width / 2,
            y: it.y - node.height / 2,
            width: node.width,
            height: node.height,
            rx: 4,
          }),
          s('text', { x: it.x, y: it.y, 'text-anchor': 'middle', dy: '0.35em' }, it.label),
        ),
      ),
      this.#dots,
    );
  }

  /** Length of an edge in units of the canvas. */
  readonly lengthOf = (edge: string): number => {
    const curve = this.#curves.get(edge);
    return curve ? Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y) : 1;
  };

  /** Draws what is under way at a simulated moment; nothing when `moves` is empty. */
  moveTo(moves: readonly Move[], atMs: number): void {
    const under = movesAt(moves, atMs);
    while (this.#pool.length < under.length) {
      const dot = s('circle', { r: 3.5 });
      this.#pool.push(dot);
      this.#dots.append(dot);
    }
    this.#pool.forEach((dot, index) => {
      const moving = under[index];
      const curve = moving && this.#curves.get(moving.move.edge);
      dot.setAttribute('visibility', curve ? 'visible' : 'hidden');
      if (!curve) return;
      const { back, kind } = moving.move;
      const { x, y } = lanePoint(curve, moving.progress, back);
      dot.setAttribute('cx', x.toFixed(1));
      dot.setAttribute('cy', y.toFixed(1));
      dot.setAttribute('class', kind);
    });
  }

  #edge(id: string, dashed: boolean): SVGGElement {
    const curve = this.#curves.get(id);
    if (!curve) return s('g');
    const { from, bend, to } = curve;
    const path = `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`;
    return s(
      'g',
      { class: dashed ? 'edge dashed' : 'edge' },
      s('path', { d: path }),
      s('path', { class: 'head', d: arrowHead(curve) }),
    );
  }
}

function described(topology: Topology): string {
  const label = (id: string): string => topology.nodes.find((it) => it.id === id)?.label ?? id;
  const edges = topology.edges.map((edge) => `${label(edge.from)} to ${label(edge.to)}`);
  return `Who talks to whom: ${edges.join(', ')}.`;
}
