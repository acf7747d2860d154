/** Every recipe of the registry, on every place that it names in files of all kinds. */
import { deepEqual, ok } from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { SourceText } from '../../src/wire/types.ts';
import { contextOf, targetOf, type WireCase } from '../golden/wire-case.ts';
import { holds } from './holds.ts';
import { forms } from './forms.ts';
import { ownSources, packageScripts, packageTypeScript } from './real-sources.ts';
import { recipeSamples, type RecipeSample } from './samples.ts';
import { SOAK } from './soak.ts';

/** What was wired, and every property that did not hold, so that one defect does not hide the next. */
class Tally {
  readonly counts = { wired: 0, already: 0, manual: 0 };
  readonly failures: string[] = [];

  every({ recipe, instance }: RecipeSample, file: SourceText, wireCase: WireCase): void {
    const context = contextOf(wireCase, instance);
    const attempt = (what: string, work: () => void) => {
      try {
        work();
      } catch (error) {
        this.failures.push(`${what} of ${file.path}: ${String(error)}`);
      }
    };
    attempt('candidates', () => {
      const found = recipe.candidates(file, context.profile, context.params);
      for (const symbol of new Set(found.map((candidate) => candidate.symbol))) {
        attempt(symbol, () => {
          this.counts[holds(recipe, file, symbol, context)] += 1;
        });
      }
    });
  }
}

describe('wiring, on the golden inputs as others would have written them', () => {
  for (const sample of recipeSamples()) {
    for (const [name, mutate] of Object.entries(forms)) {
      it(`${sample.recipe.id}: ${name}`, () => {
        const tally = new Tally();
        for (const { text, wireCase } of sample.cases) {
          tally.every(sample, mutate(targetOf(wireCase, text).file), wireCase);
        }
        deepEqual(tally.failures, []);
        ok(tally.counts.wired >= 5, JSON.stringify(tally.counts));
      });
    }
  }
});

describe('wiring, on files of installed packages and of this project', () => {
  const files = [
    ...packageTypeScript().files.slice(0, 60 * SOAK),
    ...packageScripts().files.slice(0, 40 * SOAK),
    ...ownSources().files.slice(0, 40 * SOAK),
  ];
  const total = { wired: 0, already: 0, manual: 0 };

  for (const sample of recipeSamples()) {
    it(sample.recipe.id, () => {
      const tally = new Tally();
      for (const file of files) {
        for (const params of sample.params.slice(0, 3)) tally.every(sample, file, { params });
      }
      deepEqual(tally.failures, []);
      for (const status of ['wired', 'already', 'manual'] as const) {
        total[status] += tally.counts[status];
      }
    });
  }

  it('has had something to wire', () => {
    ok(files.length >= 140, `${files.length} files; is node_modules installed?`);
    ok(total.wired >= 100, JSON.stringify({ files: files.length, ...total }));
  });
});
