import { type Gvk, gvkText, type ResId } from './res-id.ts';
import type { Resource } from './resource.ts';
import type { ResourceMap } from './resource-map.ts';
import type { Settings } from './settings.ts';
import { defaultOrder } from './transformer-config.ts';

/** Puts the objects into the order that `sortOptions` asks for: that of kinds unless it says fifo. Throws a BuildError. */
export function sortResources(resources: ResourceMap, options: Settings | undefined): void {
  const legacy = options?.get('legacySortOptions');
  const order = options === undefined ? 'legacy' : options.text('order');
  if (options !== undefined && order !== 'legacy' && order !== 'fifo') {
    throw (options.get('order') ?? options).error(`the order is legacy or fifo, not "${order}"`);
  }
  if (order === 'fifo') {
    if (legacy !== undefined) throw legacy.error('legacySortOptions need the order legacy');
    return;
  }
  const names = (field: string): readonly string[] => legacy?.texts(field).map(({ text }) => text) ?? [];
  const first = legacy === undefined ? defaultOrder().first : names('orderFirst');
  const last = legacy === undefined ? defaultOrder().last : names('orderLast');
  const ranks = new Map<string, number>();
  for (const [index, kind] of first.entries()) ranks.set(kind, index - first.length);
  for (const [index, kind] of last.entries()) ranks.set(kind, index + 1);
  const entries = resources.list.map((resource) => entryOf(resource, ranks));
  entries.sort(compare);
  for (const [index, { resource }] of entries.entries()) resources.list[index] = resource;
}

/** What an object is sorted by, worked out once. */
interface Entry {
  readonly resource: Resource;
  readonly id: ResId;
  readonly rank: number;
  readonly kindText: string;
  readonly text: string;
}

function entryOf(resource: Resource, ranks: ReadonlyMap<string, number>): Entry {
  const id = resource.curId();
  return { resource, id, rank: ranks.get(id.kind) ?? 0, kindText: kindText(id), text: textOf(id) };
}

function compare(one: Entry, other: Entry): number {
  const [a, b] = [one.id, other.id];
  if (a.kind === b.kind && a.group === b.group && a.version === b.version) return compareTexts(one.text, other.text);
  if (one.rank !== other.rank) return one.rank - other.rank;
  const order = compareTexts(one.kindText, other.kindText);
  return a.kind === 'Namespace' && b.kind === 'Namespace' && (a.group === '' || b.group === '') ? -order : order;
}

function kindText({ group, version, kind }: Gvk): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

function textOf(id: ResId): string {
  return `${gvkText(id)}|${id.namespace || '~X'}|${id.name || '~N'}`;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
