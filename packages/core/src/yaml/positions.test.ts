import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { type JsonValue, stringify } from '../values/json.ts';
import type { Range } from '../values/range.ts';
import { readLenient } from './read.ts';

type Path = (string | number)[];

function* scalarsOf(value: JsonValue, path: Path = []): Generator<{ path: Path; value: JsonValue }> {
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* scalarsOf(item, [...path, index]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) yield* scalarsOf(item, [...path, key]);
  else yield { path, value };
}

function textAt(lines: readonly string[], { line, column, endLine, endColumn }: Range): string {
  if (line === endLine) return lines[line - 1]?.slice(column - 1, endColumn - 1) ?? '';
  const middle = lines.slice(line, endLine - 1);
  return [lines[line - 1]?.slice(column - 1), ...middle, lines[endLine - 1]?.slice(0, endColumn - 1)].join('\n');
}

/** Scalars and keys of a file whose stretch of text, read alone, is not what the path gives. Block scalars only begin alike. */
function misplaced(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const wrong: string[] = [];
  const check = (range: Range, value: JsonValue, path: Path): void => {
    const written = textAt(lines, range);
    if (/^[|>]/.test(written)) return;
    const read = readLenient(written);
    if (!('value' in read) || stringify(read.value) !== stringify(value)) wrong.push(`${path.join('/')}: ${written.slice(0, 80)}`);
  };
  for (const document of parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) })) {
    for (const { path, value } of scalarsOf(document.value ?? null)) {
      if (path.length === 0) continue;
      check(document.rangeOf(path), value, path);
      const key = path[path.length - 1];
      const isName = typeof key === 'string' && /^[a-zA-Z_./-]{4,}$/.test(key);
      if (isName && textAt(lines, document.rangeOf(path, 'key')).replace(/^(["'])(.*)\1$/, '$2') !== key)
        wrong.push(`key of ${path.join('/')}`);
    }
  }
  return wrong;
}

const SAMPLE = [
  'apiVersion: v1',
  'metadata: {name: "a", labels: {x-y: z, "other": [1, 2.5, null, "{"]}}',
  'list:',
  '- one',
  '-   two: "folded',
  '      text"',
  '    three: plain',
  '      text # comment',
  '- - nested',
  "  - 'single ''quoted'''",
  'wide: "😀 é"  # after wide characters',
  '😀: after a wide key',
  'empty:',
  'block: |',
  '  text',
  '',
  '---',
  'again: 1',
  '? long.key',
  ': value',
  '',
].join('\n');

test('every scalar and key stands where it is written', () => {
  expect(misplaced(SAMPLE)).toEqual([]);
  expect(misplaced(SAMPLE.replaceAll('\n', '\r\n'))).toEqual([]);
  expect(misplaced('{"a": [1, {"b": "x\\ty"}],\n\t"cccc": null}\n{"a": "second"}\n')).toEqual([]);
});

const policies = fileURLToPath(new URL('../../../../../shared/suites/kyverno-policies/', import.meta.url));

test.skipIf(!existsSync(policies))('so do those of kyverno-policies', () => {
  const names = readdirSync(policies, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
  expect(names.filter((_name, index) => index % 5 === 0).flatMap((name) => misplaced(readFileSync(policies + name, 'utf8')))).toEqual([]);
});
