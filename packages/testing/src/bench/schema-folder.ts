import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface TypeLine {
  readonly n: string;
  readonly p: Readonly<Record<string, string>>;
  readonly r?: readonly string[];
}

interface KindLine {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly types: readonly (readonly [minor: number, line: number])[];
}

type Schema = Readonly<Record<string, unknown>>;

/**
 * Writes one strict JSON schema a kind, named as kubeconform looks for them, from the same data that Plumbline reads
 * (schemas/kubernetes/data), and gives the location to hand to kubeconform.
 */
export function writeSchemaFolder(data: string, folder: string, minor: number): string {
  const lines = readFileSync(join(data, 'types.txt'), 'utf8').split('\n');
  const { kinds } = JSON.parse(readFileSync(join(data, 'kinds.json'), 'utf8')) as { kinds: readonly KindLine[] }; // the generator's format
  mkdirSync(folder, { recursive: true });
  for (const { group, version, kind, types } of kinds) {
    const line = types.filter(([from]) => from <= minor).at(-1)?.[1] ?? -1;
    if (line < 0) continue;
    const suffix = group === '' ? version : `${group.split('.')[0]}-${version}`;
    writeFileSync(join(folder, `${kind.toLowerCase()}-${suffix}.json`), JSON.stringify(schemaOf(line, lines)));
  }
  return `${folder}/{{.ResourceKind}}{{.KindSuffix}}.json`;
}

function schemaOf(root: number, lines: readonly string[]): Schema {
  const definitions: Record<string, Schema> = {};
  const visit = (line: number): Schema => {
    const key = `t${line}`;
    if (!Object.hasOwn(definitions, key)) {
      definitions[key] = {};
      const { p, r } = JSON.parse(lines[line] ?? '{"n":"","p":{}}') as TypeLine; // as above
      const properties: Record<string, Schema> = {};
      for (const [name, text] of Object.entries(p)) {
        const schema = fieldSchema(text.split(';')[0] ?? 'a', visit);
        // The server takes null for an absent member.
        properties[name] = r?.includes(name) === true || Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: 'null' }] };
      }
      definitions[key] = { type: 'object', properties, additionalProperties: false, ...(r === undefined ? {} : { required: r }) };
    }
    return { $ref: `#/definitions/${key}` };
  };
  return { $schema: 'http://json-schema.org/schema#', ...visit(root), definitions };
}

const PRIMITIVES: Readonly<Record<string, Schema>> = {
  s: { type: 'string' },
  b: { type: 'boolean' },
  i4: { type: 'integer', format: 'int32' },
  i8: { type: 'integer', format: 'int64' },
  n: { type: 'number' },
  q: { type: ['string', 'number'] },
  x: { type: ['string', 'integer'] },
  t: { type: 'string', format: 'date-time' },
  u: { type: 'string', format: 'date-time' },
  y: { type: 'string' },
};

function fieldSchema(text: string, visit: (line: number) => Schema): Schema {
  if (text.startsWith('[')) return { type: 'array', items: fieldSchema(text.slice(1), visit) };
  if (text.startsWith('{')) return { type: 'object', additionalProperties: fieldSchema(text.slice(1), visit) };
  const primitive = PRIMITIVES[text];
  if (primitive !== undefined) return primitive;
  return /^\d+$/.test(text) ? visit(Number(text)) : {};
}
