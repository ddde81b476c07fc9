import { closest, type GroupVersionKind } from '@plumbline/core';
import { createTypeTable, type TypeTable } from '../type-table.ts';
import { type MoreSchemas, remembering } from './more-schemas.ts';

interface Group {
  /** `version/Kind` → whose types they are, and the line of its type. */
  readonly kinds: ReadonlyMap<string, { readonly from: string; readonly line: number }>;
  readonly types: TypeTable;
}

/**
 * The types of `schemas/crds`: names and types of fields of custom resources, as some release of their project has them.
 * `readGroup` gives the text of a group's file, undefined where there is none.
 */
export function bundledTypes(readGroup: (group: string) => string | undefined): MoreSchemas {
  const groups = new Map<string, Group | undefined>();
  const groupOf = (name: string): Group | undefined => {
    if (!groups.has(name)) groups.set(name, readText(readGroup(name)));
    return groups.get(name);
  };
  return remembering({
    schemaOf(gvk) {
      const group = groupOf(gvk.group);
      if (group === undefined) return undefined;
      const kind = group.kinds.get(`${gvk.version}/${gvk.kind}`);
      return kind === undefined
        ? { form: 'missing', why: whyMissing(gvk, group) }
        : { form: 'types', type: group.types.at(kind.line), from: kind.from };
    },
  });
}

function whyMissing({ group, version, kind }: GroupVersionKind, { kinds }: Group): string {
  const there = [...kinds.keys()].map((key) => key.split('/'));
  const versions = there.filter(([, name]) => name === kind).map(([one]) => one);
  const what = `no schema of kind "${kind}" of ${group}/${version} is in sight`;
  if (versions.length > 0) return `${what}, only of ${versions.join(', ')}`;
  const near = closest(
    kind,
    there.map(([, name = '']) => name),
  );
  return near === undefined ? what : `${what}, did you mean "${near}"?`;
}

function readText(text: string | undefined): Group | undefined {
  if (text === undefined) return undefined;
  const end = text.indexOf('\n');
  // The generator's own output: source → version/Kind → line.
  const header = JSON.parse(text.slice(0, end)) as Readonly<Record<string, Readonly<Record<string, number>>>>;
  const kinds = new Map(
    Object.entries(header).flatMap(([from, lines]) => Object.entries(lines).map(([kind, line]) => [kind, { from, line }] as const)),
  );
  return { kinds, types: createTypeTable(text.slice(end + 1)) };
}
