import { SELECTOR_TYPE } from './selector.ts';
import { demandedOf, isSelectorJudged } from './server-facts.ts';
import {
  ANY,
  BOOLEAN,
  BYTES,
  createType,
  type Facts,
  type Field,
  fieldOf,
  INT_OR_STRING,
  INT32,
  INT64,
  LIST,
  MAP,
  MICRO_TIME,
  NUMBER,
  OBJECT,
  QUANTITY,
  RAW,
  SCHEMA_OR_BOOLEAN,
  SCHEMA_OR_LIST,
  SCHEMA_OR_STRINGS,
  STRING,
  TIME,
  type Type,
  type TypeSource,
} from './type.ts';

/** The table of built-in types. A line is parsed when something first needs it, so that a version costs only what it uses. */
export interface TypeTable extends TypeSource {
  /** The type on a line, counted from 0. */
  at(line: number): Type;
}

const PRIMITIVES: Readonly<Record<string, number>> = {
  s: STRING,
  b: BOOLEAN,
  i4: INT32,
  i8: INT64,
  n: NUMBER,
  q: QUANTITY,
  x: INT_OR_STRING,
  t: TIME,
  u: MICRO_TIME,
  y: BYTES,
  a: ANY,
  o: RAW,
};
const SCHEMA_FORMS: Readonly<Record<string, number>> = { jb: SCHEMA_OR_BOOLEAN, ja: SCHEMA_OR_LIST, js: SCHEMA_OR_STRINGS };

/** `text`: one type a line, as `schemas/kubernetes/generate/compact.mjs` writes them. */
export function createTypeTable(text: string): TypeTable {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const types = new Map<number, Type>();
  // Equal texts are one type: `s` is read once.
  const byText = new Map<string, Type>();

  const table: TypeTable = {
    at(line) {
      const known = types.get(line);
      if (known) return known;
      const type = structure(text.slice(starts[line], (starts[line + 1] ?? 0) - 1), table);
      types.set(line, type);
      return type;
    },
    read(spec) {
      const known = byText.get(spec);
      if (known) return known;
      const type = parseSpec(spec, table);
      byText.set(spec, type);
      return type;
    },
  };
  return table;
}

function structure(line: string, table: TypeTable): Type {
  // The generator's own output.
  const { n, p, r, m } = JSON.parse(line) as { n: string; p: Record<string, string>; r?: string[]; m?: 1 };
  const fields = new Map<string, Field>();
  for (const name in p) fields.set(name, { text: p[name] ?? 'a', type: undefined, table });
  if (p.selector !== undefined && !isSelectorJudged(n, 'selector'))
    fields.set('selector', fieldOf({ ...table.read(p.selector), limits: undefined }));
  return createType(OBJECT, {
    name: n,
    fields,
    required: [...new Set([...(r ?? []), ...demandedOf(n)])],
    ...(m ? { facts: { isAtomicMap: true } } : {}),
    ...(n === SELECTOR_TYPE ? { limits: { isSelector: true } } : {}),
  });
}

function parseSpec(spec: string, table: TypeTable): Type {
  const [head = 'a', ...attributes] = spec.split(';');
  let list: Type['list'];
  let keys: readonly string[] = [];
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {};
  for (const attribute of attributes) {
    const equals = attribute.indexOf('=');
    const name = equals < 0 ? attribute : attribute.slice(0, equals);
    const value = attribute.slice(equals + 1);
    if (name === 'map') {
      list = 'map';
      keys = value.split(',');
    } else if (name === 'set') list = 'set';
    else if (name === 'atomic') {
      if (head.startsWith('[')) list = 'atomic';
      else facts.isAtomicMap = true;
    } else if (name === 'patch') facts.patchStrategy = value;
    else if (name === 'key') facts.mergeKey = value;
    else if (name === 'default') facts.default = value;
    else if (name === 'enum') facts.values = value.split('|');
  }
  const extra = Object.keys(facts).length > 0 ? { facts } : {};
  const itemOf = (text: string): Field =>
    facts.values ? fieldOf(table.read(`${text};enum=${facts.values.join('|')}`)) : { text, type: undefined, table };
  if (head.startsWith('[')) return createType(LIST, { item: itemOf(head.slice(1)), list, keys, ...extra });
  if (head.startsWith('{')) return createType(MAP, { item: itemOf(head.slice(1)), ...extra });
  const primitive = PRIMITIVES[head];
  if (primitive !== undefined) return createType(primitive, extra);
  const form = SCHEMA_FORMS[head.slice(0, 2)];
  if (form !== undefined) return createType(form, { item: fieldOf(table.at(Number(head.slice(2)))), ...extra });
  const target = table.at(Number(head));
  return facts.patchStrategy || facts.isAtomicMap || facts.default ? { ...target, facts: { ...target.facts, ...facts } } : target;
}
