import { checkAlone } from '@plumbline/testing';
import { expect, test } from 'vitest';
import { rule } from './rules/orphan-file.ts';

const FILES = {
  'app/kustomization.yaml': 'resources: [web.yaml]\n',
  'app/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n',
  'app/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n',
};

/** How the orphan is judged beside so many texts, and how many of them were read. */
async function judged(count: number, text: string, files: Readonly<Record<string, string>> = FILES): Promise<readonly [string[], number]> {
  let read = 0;
  const encoder = new TextEncoder();
  const sources = Object.entries(files).map(([path, yaml]) => ({ path, bytes: encoder.encode(yaml) }));
  const report = await checkAlone(rule, sources, {
    run: {
      listInputs: () => Array.from({ length: count }, (_, index) => `src/${index}.go`),
      readInput: (path) => {
        if (!path.startsWith('src/')) return undefined;
        read++;
        return { path, bytes: encoder.encode(text) };
      },
    },
  });
  return [[...report.findings.map(({ message }) => message), ...report.notEvaluated.map(({ reason }) => reason)], read];
}

test('texts are read as far as it costs little, and beyond that nothing is said', async () => {
  expect(await judged(10, 'x')).toEqual([['nothing applies this file: kustomization.yaml lists its neighbours, and not it'], 10]);
  const [said, read] = await judged(6_000, 'x');
  expect(said).toEqual(['the repository has too many texts to search all of them for the name of the file']);
  expect(read).toBeLessThan(6_000);
  expect((await judged(200, 'x'.repeat(400_000)))[1]).toBeLessThan(200);
});

test('no text is read where nothing is left to look for', async () => {
  expect(await judged(10, 'x', { ...FILES, 'app/kustomization.yaml': 'resources: [web.yaml, extra.yaml]\n' })).toEqual([[], 0]);
  expect(await judged(6_000, 'apply extra.yaml')).toEqual([[], 1]);
});
