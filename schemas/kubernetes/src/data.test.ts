import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openData } from './data.ts';

const home = fileURLToPath(new URL('..', import.meta.url));
const read = openData(`${home}data`);
const facts = fileURLToPath(new URL('../../../../shared/facts/merge-keys.json', import.meta.url));

test('the data is what the generator wrote', () => {
  const { data } = JSON.parse(readFileSync(`${home}sources.json`, 'utf8')) as { data: Record<string, string> };
  expect(Object.keys(data)).toEqual(['types.txt', 'kinds.json']);
  for (const [name, digest] of Object.entries(data)) expect(`sha256:${createHash('sha256').update(read(name)).digest('hex')}`).toBe(digest);
  expect(execFileSync(process.execPath, [`${home}generate.mjs`, '--check'], { encoding: 'utf8' })).toMatch(
    /^schemas\/kubernetes: up to date \(/,
  );
});

test('the data is ASCII, as which it is read', () => {
  for (const name of ['types.txt', 'kinds.json']) expect(read(name)).not.toMatch(/[\x80-\xff]/);
});

test('a type of the table refers only to lines that exist', () => {
  const lines = read('types.txt').trimEnd().split('\n');
  for (const line of lines) {
    const { p } = JSON.parse(line) as { p: Record<string, string> };
    for (const spec of Object.values(p)) {
      const reference = /^(?:[[{]|j[abs])*(\d+)/.exec(spec)?.[1];
      if (reference !== undefined) expect(Number(reference)).toBeLessThan(lines.length);
    }
  }
});

interface Oracle {
  readonly types: Readonly<Record<string, { readonly fields: Readonly<Record<string, Record<string, unknown>>> }>>;
}

describe.skipIf(!existsSync(facts))('the oracle of merge keys (../shared/facts)', () => {
  test('agrees in patch strategy, merge key, list type and list keys', () => {
    const { types } = JSON.parse(readFileSync(facts, 'utf8')) as Oracle;
    const newest = new Map<string, Record<string, string>>();
    for (const line of read('types.txt').trimEnd().split('\n')) {
      const { n, p } = JSON.parse(line) as { n: string; p: Record<string, string> };
      // Lines of one name stand in order of version.
      newest.set(n, p);
    }
    const different: string[] = [];
    let compared = 0;
    for (const [name, { fields }] of Object.entries(types)) {
      const ours = newest.get(name.replace(/^io\.k8s\.(?:api\.|apimachinery\.pkg\.apis\.)/, ''));
      if (ours === undefined) continue;
      for (const [field, facts] of Object.entries(fields)) {
        const spec = ours[field];
        if (spec === undefined) continue;
        compared++;
        const attributes = new Map(
          spec
            .split(';')
            .slice(1)
            .map((one) => [one.split('=')[0], one.split('=')[1]] as const),
        );
        const listType = attributes.has('map')
          ? 'map'
          : attributes.has('set')
            ? 'set'
            : spec.startsWith('[') && attributes.has('atomic')
              ? 'atomic'
              : undefined;
        const oracle = [
          facts.patchStrategy,
          facts.patchMergeKey,
          facts.container === 'list' ? facts.listType : undefined,
          (facts.listMapKeys as string[] | undefined)?.join(','),
        ];
        const found = [attributes.get('patch'), attributes.get('key'), listType, attributes.get('map')];
        if (JSON.stringify(oracle) !== JSON.stringify(found))
          different.push(`${name}.${field}: ${JSON.stringify(found)}, the oracle ${JSON.stringify(oracle)}`);
      }
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(1000);
  });
});
