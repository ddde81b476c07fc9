import { expect, test } from 'vitest';
import { tagsOf, wrongBlocks } from './template-tags.ts';

test('tags, without the dashes that trim', () => {
  expect(tagsOf('a{{ .b }}-{{- c -}}')?.map(({ text }) => text)).toEqual(['.b', 'c']);
  expect(tagsOf('none')).toEqual([]);
});

test('braces in quotes are text', () => {
  expect(tagsOf('{{ printf "}}\\"" .a }}{{`}}`}}')?.map(({ text }) => text)).toEqual(['printf "}}\\"" .a', '`}}`']);
});

test('a tag that is not closed', () => {
  expect(tagsOf('{{ .a }')).toBeUndefined();
  expect(tagsOf('{{ "a }}')).toBeUndefined();
});

test('blocks', () => {
  const wrong = (text: string) => wrongBlocks(tagsOf(text) ?? []);
  expect(wrong('{{if .a}}b{{else}}{{with .c}}{{.}}{{end}}{{end}}')).toBeUndefined();
  expect(wrong('{{if .a}}b')).toBe('a block without an "end"');
  expect(wrong('{{end}}')).toBe('an "end" without a block');
});
