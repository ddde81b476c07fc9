import type { Chart } from '@plumbline/charts';
import { type BuildProblem, decode, type InputReader, type Location, type SourceFile } from '@plumbline/core';
import type { WrittenChart } from './write-chart.ts';

/** Why Helm did not render a chart. `isSyntax`: the template itself cannot be read, whatever it is given. */
export interface HelmProblem extends BuildProblem {
  readonly isSyntax: boolean;
}

/** Places the complaint of `helm template` on the line of the template that it names last: that of the innermost template. */
export function helmProblem(complaint: string, written: WrittenChart, chart: Chart, inputs: InputReader): HelmProblem {
  const text = complaint
    .split('\n')
    .filter((line) => !/^(?:WARNING|level=|walk\.go|coalesce\.go|Use --debug)/.test(line))
    .join('\n')
    .replace(/^Error: /, '')
    .trim();
  const isSyntax = /^parse error at|: function "[^"]*" not defined|unclosed action|unexpected (?:"|<|EOF|\{\{)/.test(text);
  return { rule: 'helm/template-fails', message: messageOf(text), location: placeOf(text, written, inputs) ?? top(chart), isSyntax };
}

function messageOf(text: string): string {
  const last = text.lastIndexOf('>: ');
  const first = (last < 0 ? text : text.slice(last + 3)).split('\n')[0] ?? '';
  const plain = first
    .replace(/^(?:execution error at|parse error at) \([^)]*\): /, '')
    .replace(/^template: \S+: /, '')
    .replace(/^error calling (\w+): /, '$1: ')
    .slice(0, 300);
  return `helm template: ${plain}`;
}

/** `template: web/templates/a.yaml:3:14:`, `parse error at (web/templates/a.yaml:5):`, `YAML parse error on web/templates/a.yaml:` */
const PLACE = /(?:template: |at \(|error on )([^\s:()]+\/[^\s:()]+)(?::(\d+))?(?::(\d+))?/g;

function placeOf(text: string, written: WrittenChart, inputs: InputReader): Location | undefined {
  for (const found of [...text.matchAll(PLACE)].reverse()) {
    const source = written.sourceOf(found[1] ?? '');
    const file = source === undefined || !written.paths.includes(source.path) ? undefined : inputs.read(source.path);
    if (file === undefined) continue;
    const line = found[2] === undefined ? 1 : Number(found[2]);
    // Go counts bytes from 0.
    return restOfLine(file, line, found[3] === undefined ? undefined : Number(found[3]) + 1);
  }
  return undefined;
}

function top({ folder }: Chart): Location {
  return { file: folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** From a place to the end of its line; the whole line where Helm tells no column, or one of bytes that are no characters. */
function restOfLine(file: SourceFile, line: number, column: number | undefined): Location {
  const text = decode(file.bytes).text.split('\n')[line - 1]?.trimEnd() ?? '';
  const start = text.length - text.trimStart().length + 1;
  const from = column === undefined || column < start || column > text.length ? start : column;
  return { file: file.path, line, column: from, endLine: line, endColumn: Math.max(from, text.length + 1) };
}
