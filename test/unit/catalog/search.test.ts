import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { searchPatterns } from '../../../src/catalog/search.ts';

const { patterns } = await loadCatalog(join(import.meta.dirname, '../../../templates'));
const find = (query: string) => searchPatterns(patterns.values(), query).map(({ id }) => id);

describe('searchPatterns', () => {
  it('puts the pattern of that name first, whatever the spelling', () => {
    for (const { id, title } of patterns.values()) {
      equal(find(id)[0], id);
      equal(find(title)[0], id);
      equal(find(title.toUpperCase())[0], id);
    }
  });

  it('finds patterns by what people call them', () => {
    const expected = {
      'pub/sub': 'publisher-subscriber',
      'presigned url': 'valet-key',
      'circuit breaker': 'ambassador',
      'feature flag': 'external-configuration-store',
      'message ordering': 'sequential-convoy',
      k8s: 'containerization-and-orchestration',
      'distributed lock': 'leader-election',
      bff: 'backend-for-frontend',
      '202 accepted': 'async-request-reply',
      lambda: 'serverless',
      'read model': 'cqrs',
      'large message': 'claim-check',
    };
    for (const [query, id] of Object.entries(expected)) {
      equal(find(query).slice(0, 2).includes(id), true, `${query}: ${find(query).join(', ')}`);
    }
  });

  it('finds beginnings of words and forgives one wrong letter', () => {
    equal(find('shard')[0], 'sharding');
    equal(find('choreograpy')[0], 'choreography');
    equal(find('ambasador')[0], 'ambassador');
    equal(find('sidecra')[0], 'sidecar');
  });

  it('prefers patterns in which more of the words are found', () => {
    equal(find('append-only event log with snapshots')[0], 'event-sourcing');
  });

  it('gives all for an empty query, none for words that nobody uses', () => {
    deepEqual(find('  '), [...patterns.keys()]);
    deepEqual(find('zzzzqqq'), []);
  });
});
