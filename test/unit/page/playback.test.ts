import { deepEqual, equal, ok } from 'node:assert/strict';
import type { TraceEvent } from '../../../src/demo/types.ts';
import { edgeCurve, lanePoint } from '../../../src/page/curve.ts';
import { number, quantity, span, verdict } from '../../../src/page/format.ts';
import { movesAt, sampleAt, visibleMoves } from '../../../src/page/playback.ts';

const event = (at: number, more: Partial<TraceEvent> = {}): TraceEvent => ({
  at,
  edge: 'ask',
  tookMs: 1,
  kind: 'normal',
  ...more,
});

describe('playback', () => {
  it('a move takes long enough to be seen, and its own time where that is longer', () => {
    const moves = visibleMoves([event(0), event(1_000, { tookMs: 5_000 })], 3, () => 90);
    deepEqual(
      moves.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [0, 840],
        [1_000, 6_000],
      ],
    );
  });

  it('moves that would touch are left out, in each lane by itself', () => {
    const trace = [
      event(0),
      event(10),
      event(20, { kind: 'bad' }),
      event(30, { back: true }),
      event(90),
    ];
    deepEqual(
      visibleMoves(trace, 3, () => 90).map((move) => [move.startMs, move.kind, move.back]),
      [
        [0, 'normal', false],
        [20, 'bad', false],
        [30, 'normal', true],
        [90, 'normal', false],
      ],
    );
  });

  it('a short edge shows fewer of them', () => {
    const trace = Array.from({ length: 100 }, (_, index) => event(index * 10));
    const count = (length: number): number => visibleMoves(trace, 1, () => length).length;
    deepEqual([count(90), count(30)], [34, 12]);
  });

  it('tells what is under way, and how far it is', () => {
    const moves = visibleMoves([event(0), event(1_000), event(3_000)], 1, () => 90);
    deepEqual(movesAt(moves, 500), []);
    deepEqual(
      movesAt(moves, 1_140).map(({ progress }) => progress),
      [0.5],
    );
    deepEqual(movesAt([], 0), []);
  });

  it('shows the last sample whose interval is over', () => {
    const at = [500, 1_000, 1_500];
    deepEqual(
      [0, 499, 500, 999, 1_500, 9_999].map((moment) => sampleAt(at, moment)),
      [0, 0, 0, 0, 2, 2],
    );
  });
});

describe('curves of the topology', () => {
  const size = { width: 88, height: 32 };
  const nodes = [
    { id: 'a', label: 'a', x: 60, y: 60 },
    { id: 'b', label: 'b', x: 230, y: 60 },
    { id: 'c', label: 'c', x: 400, y: 60 },
  ];

  it('an edge is straight, from border to border', () => {
    const curve = edgeCurve({ nodes, edges: [] }, { id: 'e', from: 'a', to: 'b' }, size);
    deepEqual(curve, { from: { x: 106, y: 60 }, bend: { x: 145, y: 60 }, to: { x: 184, y: 60 } });
  });

  it('an edge bows around a node in its way, within the canvas', () => {
    const curve = edgeCurve({ nodes, edges: [] }, { id: 'e', from: 'a', to: 'c' }, size);
    const top = lanePoint(curve, 0.5, false).y;
    ok(top > 0 && top < 44);
  });

  it('what travels back keeps to the other side', () => {
    const curve = edgeCurve({ nodes, edges: [] }, { id: 'e', from: 'a', to: 'b' }, size);
    deepEqual(
      [lanePoint(curve, 0, false), lanePoint(curve, 0, true)],
      [
        { x: 106, y: 56 },
        { x: 184, y: 64 },
      ],
    );
  });
});

describe('numbers', () => {
  it('are short enough to read while they change', () => {
    deepEqual(
      [0, 0.4321, 12.345, 99.96, 123.4, 17_822].map((value) => number(value)),
      ['0', '0.43', '12.3', '100', '123', '17,822'],
    );
  });

  it('carry their unit, and say where there is none', () => {
    deepEqual(
      [
        quantity(120, 'ms'),
        quantity(97, '%'),
        quantity(312, '/s'),
        quantity(7, ''),
        quantity(null, 'ms'),
      ],
      ['120 ms', '97 %', '312/s', '7', '–'],
    );
    equal(span(60_000), 'one minute');
    equal(span(90_000), '90 seconds');
  });

  it('are judged by what the figure says is good', () => {
    deepEqual(
      [
        verdict('lower', 1, 2),
        verdict('lower', 2, 1),
        verdict('higher', 2, 1),
        verdict('higher', 1, 1),
        verdict('lower', 466, 461),
        verdict('zero', 0, 0),
        verdict('zero', 1, 9),
        verdict('neither', 1, 9),
      ],
      ['better', 'worse', 'better', 'same', 'same', 'better', 'worse', 'same'],
    );
  });
});
