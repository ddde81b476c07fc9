import { expect, test } from 'vitest';
import { type KnownReads, knownReads } from './read-values.ts';
import { readsOfTemplates, type TemplateReads } from './template-reads.ts';

function readsOf(texts: Readonly<Record<string, string>>): TemplateReads {
  return readsOfTemplates(Object.entries(texts).map(([path, text]) => ({ path, text })));
}

function reads(text: string): readonly string[] {
  return readsOf({ 'a.yaml': text }).values.map(
    ({ path, how, isGuarded }) => `${path.join('.')}${how === 'test' ? '?' : ''}${isGuarded ? ' guarded' : ''}`,
  );
}

const known = (texts: Readonly<Record<string, string>>): KnownReads => knownReads(readsOf(texts));

test('a value that is printed is read with all that is in it', () => {
  expect(reads('image: {{ .Values.image.tag }}')).toEqual(['image.tag']);
  expect(reads('{{ .Values.resources | toYaml | nindent 4 }}')).toEqual(['resources']);
  expect(reads('{{- toYaml .Values.resources | nindent 4 -}}')).toEqual(['resources']);
  expect(reads('{{ printf "%s:%s" .Values.a (.Values.b | quote) }}')).toEqual(['a', 'b']);
});

test('a value beside a default, or inside of a condition that asks for it, may be missing', () => {
  expect(reads('{{ .Values.a | default "x" }}')).toEqual(['a? guarded', 'a']);
  expect(reads('{{ if .Values.a }}{{ .Values.a }}{{ end }}')).toEqual(['a? guarded', 'a guarded']);
  expect(reads('{{ if and .Values.a .Values.b.c }}{{ .Values.b.c }}{{ end }}').at(-1)).toBe('b.c guarded');
});

test('with, range and variables say what a dot leads back to', () => {
  expect(reads('{{ with .Values.a }}{{ .b }}{{ $.Values.c }}{{ end }}')).toEqual(['a? guarded', 'a.b guarded', 'c']);
  expect(reads('{{ range .Values.hosts }}{{ .name }}{{ end }}').at(-1)).toBe('hosts.*.name guarded');
  expect(reads('{{ range $key, $value := .Values.env }}{{ $key }}: {{ $value.text }}{{ end }}').at(-1)).toBe('env.*.text guarded');
  expect(reads('{{ $root := .Values.a }}{{ $root.b }}')).toEqual(['a.b']);
  expect(reads('{{ $x := .Values.a }}{{ if .Values.b }}{{ $x = .Values.c }}{{ end }}{{ $x.d }}').slice(-2)).toEqual(['a.d', 'c.d']);
});

test('what is looked up by name is read', () => {
  expect(reads('{{ index .Values "a" "b-c" }}')).toEqual(['a.b-c']);
  expect(reads('{{ (index .Values.a 0).name }}')).toEqual(['a.*.name']);
  expect(reads('{{ get .Values.a "b" }}')).toEqual(['a.b']);
  expect(reads('{{ dig "a" "b" "none" .Values }}')).toEqual(['a.b']);
});

test('a named template reads what it is given', () => {
  const helpers = '{{ define "full" }}{{ .Values.name }}{{ end }}{{ define "image" }}{{ .image.tag }}{{ .root.Values.registry }}{{ end }}';
  expect(
    readsOf({
      '_helpers.tpl': helpers,
      'a.yaml': '{{ include "full" . }}{{ include "image" (dict "image" .Values.web.image "root" $) }}{{ template "full" . }}',
    }).values.map(({ path, file }) => `${file} ${path.join('.')}`),
  ).toEqual(['_helpers.tpl name', '_helpers.tpl web.image.tag', '_helpers.tpl registry']);
});

test('a named template that is not in sight may read all that it is given', () => {
  expect(reads('{{ include "common.image" (dict "image" .Values.image) }}')).toEqual(['image']);
  expect(known({ 'a.yaml': '{{ include "common.labels" . }}' }).isRead(['anything'])).toBe(true);
});

test('a value that is handed to what is not understood is read with all that is in it', () => {
  expect(known({ 'a.yaml': '{{ someday .Values.a }}' }).isRead(['a', 'b', 'c'])).toBe(true);
});

test('which values nothing reads', () => {
  const values = known({ 'a.yaml': '{{ .Values.image.tag }}{{ range .Values.hosts }}{{ .name }}{{ end }}{{ if .Values.on }}{{ end }}' });
  expect(values.isRead(['image'])).toBe(true);
  expect(values.isRead(['image', 'tag', 'deeper'])).toBe(true);
  expect(values.isRead(['image', 'tga'])).toBe(false);
  expect(values.isRead(['hosts', 0, 'name'])).toBe(true);
  expect(values.isRead(['hosts', 0, 'path'])).toBe(false);
  expect(values.isRead(['on'])).toBe(true);
  expect(values.keysAt(['image'])).toEqual(['tag']);
});

test('what a template of values may read is said to be unknown', () => {
  expect(readsOf({ 'a.yaml': '{{ tpl .Values.text . }}' }).usesTemplatesInValues).toBe(true);
  expect(readsOf({ 'a.yaml': '{{ tpl (toYaml .Values.text) $ }}' }).usesTemplatesInValues).toBe(true);
});

test('what is not understood is said', () => {
  expect(readsOf({ 'a.yaml': '{{ if .Values.a }}' }).unclear).toBe('a.yaml is not understood');
  expect(readsOf({ 'a.yaml': '{{ .Values.a' }).unclear).toBe('a.yaml is not understood');
  expect(readsOf({ 'a.yaml': '{{ end }}' }).unclear).toBe('a.yaml is not understood');
});

test('templates that include themselves come to an end', () => {
  const { values } = readsOf({ 'a.yaml': '{{ define "a" }}{{ .Values.x }}{{ include "a" . }}{{ end }}{{ include "a" . }}' });
  expect(values.map(({ path }) => path)).toEqual([['x']]);
  const nested = Array.from(
    { length: 200 },
    (_, index) => `{{ define "t${index}" }}${`{{ include "t${index + 1}" (dict "a" .) }}`.repeat(3)}{{ end }}`,
  );
  expect(readsOf({ '_a.tpl': nested.join(''), 'a.yaml': '{{ include "t0" .Values }}' }).unclear).toMatch(/include one another too/);
});

test('values in values without end are taken for anything', () => {
  const doubled = Array.from({ length: 60 }, (_, index) => `{{ $x = merge (dict "k${index}" $x "l${index}" $x) $x }}`).join('');
  const texts = {
    'a.yaml': `{{ $x := dict "a" .Values.a }}${doubled}{{ include "show" $x }}`,
    '_a.tpl': '{{ define "show" }}{{ .a }}{{ end }}',
  };
  expect(known(texts).isRead(['a', 'b'])).toBe(true);
  expect(known(texts).isRead(['other'])).toBe(true);
});

test('calls whose result hangs on more than the chart', () => {
  const { calls } = readsOf({
    'a.yaml': '{{ lookup "v1" "Secret" "a" "b" }}{{ randAlphaNum 8 }}{{ if .Capabilities.APIVersions.Has "batch/v1" }}{{ end }}',
  });
  expect(calls.map(({ name, argument }) => [name, argument])).toEqual([
    ['lookup', 'v1'],
    ['randAlphaNum', undefined],
    ['Capabilities.APIVersions.Has', undefined],
    ['Capabilities.APIVersions.Has', 'batch/v1'],
  ]);
});

test('comments, texts and trim marks are no actions', () => {
  expect(reads('{{/* .Values.a }} */}}{{- "}}" -}}{{- /* .Values.b */ -}}{{ `}}` }}{{ .Values.c }}')).toEqual(['c']);
});
