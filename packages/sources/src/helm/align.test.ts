import { expect, test } from 'vitest';
import { align, indexTemplate } from './align.ts';

/** Number of the template's line for each rendered line; `+` where an action there printed it among others. */
function aligned(template: string, rendered: string): readonly string[] {
  return align(rendered.split('\n'), indexTemplate(template)).map((origin) =>
    origin === undefined ? '' : `${origin.line.line}${origin.isOwn ? '' : '+'}`,
  );
}

test('literal lines, and lines with a value in them', () => {
  expect(aligned('a: 1\nb: {{ .Values.b }}\nc: "{{ .x }}-{{ .y }}"', 'a: 1\nb: 2\nc: "p-q"')).toEqual(['1', '2', '3']);
});

test('what is left out by a condition is passed over', () => {
  const template = 'ports:\n{{- if .Values.tls }}\n- name: https\n  port: 443\n{{- end }}\n- name: http\n  port: 80';
  expect(aligned(template, 'ports:\n- name: http\n  port: 80')).toEqual(['1', '6', '7']);
});

test('a range goes round again', () => {
  const template = 'hosts:\n{{- range .Values.hosts }}\n- host: {{ . }}\n  tls: true\n{{- end }}\nend: true';
  expect(aligned(template, 'hosts:\n- host: a\n  tls: true\n- host: b\n  tls: true\nend: true')).toEqual(['1', '3', '4', '3', '4', '6']);
});

test('lines of an include belong to the action that prints them', () => {
  const template = 'labels:\n  {{- include "labels" . | nindent 2 }}\n  own: yes';
  expect(aligned(template, 'labels:\n  app: web\n  team: shop\n  own: yes')).toEqual(['1', '2+', '2+', '3']);
  expect(aligned('resources: {{- toYaml .Values.r | nindent 2 }}\nend: 1', 'resources:\n  limits: 1\nend: 1')).toEqual(['1', '1+', '2']);
});

test('the same text in another document of the file is not meant', () => {
  const template = 'kind: A\nmetadata:\n  name: {{ .a }}\nspec: 1\n---\nkind: B\nmetadata:\n  name: {{ .b }}\nspec: 1';
  expect(aligned(template, 'kind: B\nmetadata:\n  name: x\nspec: 1')).toEqual(['6', '7', '8', '9']);
  expect(aligned(template, 'kind: A\nmetadata:\n  name: x\nspec: 1')).toEqual(['1', '2', '3', '4']);
});

test('of two lines with an action the one counts that prints the value', () => {
  const template = '- port: {{ .Values.tls }}\n- port: {{ .Values.grpc }}';
  const values: Record<number, string> = { 1: '9899', 2: '9999' };
  const index = indexTemplate(template, ({ line }) => values[line]);
  expect(align(['- port: 9999'], index).map((origin) => origin?.line.line)).toEqual([2]);
});

test('actions over several lines, and lines that end as Windows ends them', () => {
  expect(aligned('a: {{ include "x"\n  (dict "y" 1) }}\r\nb: 1\r', 'a: q\nb: 1')).toEqual(['1', '3']);
});

test('a large document of a small template takes no long time', () => {
  const lines = Array.from({ length: 3000 }, (_, index) => `  key${index}: value`);
  expect(aligned('data:\n  {{- toYaml .Values.data | nindent 2 }}', ['data:', ...lines].join('\n')).at(-1)).toBe('2+');
});
