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
      const kind = group?.kinds.get(`${gvk.version}/${gvk.kind}`);
      return group === undefined || kind === undefined ? undefined : { form: 'types', type: group.types.at(kind.line), from: kind.from };
    },
  });
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
