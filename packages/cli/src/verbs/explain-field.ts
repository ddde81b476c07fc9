import { closest, toDotted } from '@plumbline/core';
import { createSchemaSet, explainField, type FieldExplanation, type SchemaSet } from '@plumbline/schema';
import { openData } from '@plumbline/schemas-kubernetes';
import { dataDirectory } from '../data-directory.ts';
import type { Painter } from '../painter.ts';

/** What the schemas say of `deployment.spec.replicas`: the text, or the field that was probably meant, or neither. */
export function explainFieldText(field: string, paint: Painter): { readonly text?: string; readonly near?: string } {
  const schemas = createSchemaSet(openData(dataDirectory()));
  const [kind = '', ...steps] = field.split('.');
  // `spec.containers[0].image` and `spec.containers[].image` mean the items' field.
  const path = steps.map((step) => step.replace(/(\[\d*\])+$/, '')).filter((step) => step !== '');
  const found = explainField(schemas, kind, path);
  const [first, ...others] = found;
  return first === undefined ? nearField(schemas, kind, path) : { text: fieldText(first, others, schemas, paint) };
}

/** The deepest part that exists, with the nearest name for the step after it. */
function nearField(schemas: SchemaSet, kind: string, path: readonly string[]): { readonly near?: string } {
  const kinds = [...new Set(schemas.kinds().map((one) => one.kind))];
  if (explainField(schemas, kind, []).length === 0) {
    const near = closest(kind, kinds);
    return near === undefined ? {} : { near: [near.toLowerCase(), ...path].join('.') };
  }
  for (let length = path.length - 1; length >= 0; length--) {
    const parent = path.slice(0, length);
    const [known] = explainField(schemas, kind, parent);
    if (known === undefined) continue;
    const near = closest(path[length] ?? '', known.fields);
    return near === undefined ? {} : { near: [kind, ...parent, near, ...path.slice(length + 1)].join('.') };
  }
  return {};
}

function fieldText(field: FieldExplanation, others: readonly FieldExplanation[], schemas: SchemaSet, paint: Painter): string {
  const where = toDotted(field.path);
  const rows: (readonly [string, string])[] = [
    ['Type', field.structure === undefined ? field.type : `${field.type} (${field.structure})`],
    ['Required', field.isRequired ? 'yes' : 'no'],
  ];
  if (field.default !== undefined) rows.push(['Default', field.default]);
  if (field.values !== undefined) rows.push(['One of', field.values.join(', ')]);
  if (field.listType !== undefined)
    rows.push(['List type', field.listKeys === undefined ? field.listType : `${field.listType}, by ${field.listKeys.join(' and ')}`]);
  if (field.patchStrategy !== undefined)
    rows.push(['Patches', field.mergeKey === undefined ? field.patchStrategy : `${field.patchStrategy}, by ${field.mergeKey}`]);
  const oldest = schemas.versions.at(-1) ?? '';
  const since = field.since === oldest ? `${field.since} or before` : field.since;
  rows.push(['Kubernetes', field.until === undefined ? `since ${since}` : `${since} to ${field.until}`]);
  const lines = [paint.bold(`${field.apiVersion} ${field.kind}${where === '' ? '' : `  ${where}`}`), ''];
  for (const [name, value] of rows) lines.push(`${name.padEnd(12)}${value}`);
  if (field.fields.length > 0) lines.push('', 'Fields', ...columns([...field.fields].sort()));
  if (others.length > 0) lines.push('', `Also in ${others.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function columns(names: readonly string[]): string[] {
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const perLine = Math.max(1, Math.floor(78 / width));
  const lines: string[] = [];
  for (let at = 0; at < names.length; at += perLine)
    lines.push(
      `  ${names
        .slice(at, at + perLine)
        .map((name) => name.padEnd(width))
        .join('')
        .trimEnd()}`,
    );
  return lines;
}
