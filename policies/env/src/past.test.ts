import { type ParsedFile, parse, type Repository, type Resource, type RunVersion } from '@plumbline/core';
import { expect, test } from 'vitest';
import { isWrittenInFile, namesVersion, schemeOf } from './past.ts';

test.each([
  ['tag: 1.2.0', true],
  ['tag: "v1.2.0"', true],
  ['image: a/web:1.2.0@sha256:ab', true],
  ['chart-1.2.0', true],
  ['tag: 11.2.0', false],
  ['tag: 1.2.01', false],
  ['tag: 1.2.0.1', false],
  ['tag: 1.2.0-rc.1', false],
  ['tag: 0.1.2.0', false],
  ['done in 1.2.0.', true],
])('%j names 1.2.0: %s', (text, expected) => {
  expect(namesVersion(text, '1.2.0')).toBe(expected);
  expect(namesVersion(text, 'v1.2.0')).toBe(expected);
});

test.each([
  ['1.2.0', '#.#.#'],
  ['v1.12.0', '#.#.#'],
  ['1.2.0-rc.1', '#.#.#-rc.#'],
  ['8f3ab21', 'commit'],
  [`sha256:${'a'.repeat(64)}`, 'digest'],
  ['main-8f3ab21-1732', 'main-#-#'],
  ['latest', undefined],
  ['main', undefined],
  ['>=1.0.0', undefined],
  ['~1.2', undefined],
  ['1.x', undefined],
  ['1.2.*', undefined],
  ['', undefined],
])('%s is written as %s', (version, expected) => {
  expect(schemeOf(version)).toBe(expected);
});

test('a version that comes out of a template is not written in its file', () => {
  const file = (path: string, text: string): ParsedFile => {
    const source = { path, bytes: new TextEncoder().encode(text) };
    const unit = { id: 'a', kind: 'files', root: 'a', versions: [], state: 'as-applied' } as const;
    return { file: source, role: 'manifest', text, documents: parse(source), unit };
  };
  const files = [file('a/web.yaml', 'image: web:1.2.0\n'), file('a/template.yaml', 'image: web:{{ .Values.tag }}\n')];
  // The rule asks for no more of the two than this.
  const repository = { filesBelow: () => files } as unknown as Repository;
  const run: RunVersion = { of: 'a:web', kind: 'image', version: '1.2.0', digest: undefined, path: ['image'] };
  const at = (index: number): Resource => ({ document: files[index]?.documents[0] }) as unknown as Resource;
  expect(isWrittenInFile(at(0), run, repository)).toBe(true);
  expect(isWrittenInFile(at(1), run, repository)).toBe(false);
});
