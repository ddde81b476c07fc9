import { addTo } from '../values/add-to.ts';
import type { Draft } from './draft.ts';
import { folderOf, isBelow } from './repository-path.ts';

/** Which units go to one cluster or environment. */
export interface DraftGroup {
  readonly id: string;
  readonly environment: string | undefined;
  /** Where its units are applied in several environments and nowhere else: their names. */
  readonly environments: readonly string[];
  readonly drafts: readonly Draft[];
  readonly shared: readonly Draft[];
  /** Worked out when asked for: it may be most of the repository. */
  readonly elsewhere: () => readonly Draft[];
}

/**
 * Groups units by the environments that they reach: that of the units that include or apply them, else that of their
 * folder names, else their top-level folder. A unit that reaches several is judged in a group of its own.
 */
export function groupUnits(drafts: readonly Draft[], environmentOf: (draft: Draft) => string | undefined): DraftGroup[] {
  const labels = labelUnits(drafts, environmentOf);
  const byKey = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const key = labels.get(draft)?.join(' + ') ?? '.';
    addTo(byKey, key, draft);
  }
  const keysOf = new Map<string, Set<string>>();
  const labelsOf = (members: readonly Draft[]): readonly string[] => (members[0] === undefined ? [] : (labels.get(members[0]) ?? []));
  for (const [key, members] of byKey) {
    for (const label of labelsOf(members)) {
      const keys = keysOf.get(label);
      if (keys === undefined) keysOf.set(label, new Set([key]));
      else keys.add(key);
    }
  }
  const membersOf = (keys: Iterable<string>): Draft[] => [...keys].flatMap((key) => byKey.get(key) ?? []);
  const groups: DraftGroup[] = [];
  for (const [id, members] of byKey) {
    const own = labelsOf(members);
    const related = new Set(own.flatMap((label) => [...(keysOf.get(label) ?? [])]));
    related.delete(id);
    const isEnvironment = own.every((label) => label.startsWith(ENVIRONMENT));
    groups.push({
      id,
      environment: own.length === 1 && isEnvironment ? id.slice(ENVIRONMENT.length) : undefined,
      environments: own.length > 1 && isEnvironment ? own.map((label) => label.slice(ENVIRONMENT.length)) : [],
      drafts: members,
      shared: membersOf(related),
      // One environment says nothing of another, what belongs to none may belong to each.
      elsewhere: () =>
        membersOf(
          [...byKey.keys()].filter(
            (key) =>
              key !== id &&
              !related.has(key) &&
              !(isEnvironment && labelsOf(byKey.get(key) ?? []).every((label) => label.startsWith(ENVIRONMENT))),
          ),
        ),
    });
  }
  return groups.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const ENVIRONMENT = 'environment ';

function labelUnits(drafts: readonly Draft[], environmentOf: (draft: Draft) => string | undefined): Map<Draft, readonly string[]> {
  const labels = new Map<Draft, readonly string[]>();
  const open = new Set<Draft>();
  const common = commonRoot(drafts);
  const settle = (draft: Draft): void => {
    const incoming = new Set<string>();
    // A cycle has no beginning: whoever is asked first counts.
    for (const parent of parentsOf(draft)) for (const label of labels.get(parent) ?? []) incoming.add(label);
    const environments = [...incoming].filter((label) => label.startsWith(ENVIRONMENT));
    const own = environmentOf(draft);
    if (environments.length > 0) labels.set(draft, environments.sort());
    else if (own !== undefined) labels.set(draft, [`${ENVIRONMENT}${own}`]);
    else if (incoming.size > 0) labels.set(draft, [...incoming].sort());
    else labels.set(draft, [topOf(draft.root, common)]);
  };
  // Parents first, with a stack of its own: chains of kustomizations may be longer than calls can nest.
  const stack = [...drafts].reverse();
  for (let draft = stack.at(-1); draft !== undefined; draft = stack.at(-1)) {
    const waiting: Draft[] = [];
    if (!labels.has(draft)) {
      open.add(draft);
      for (const parent of parentsOf(draft)) if (!labels.has(parent) && !open.has(parent)) waiting.push(parent);
      if (waiting.length === 0) settle(draft);
    }
    if (waiting.length === 0) stack.pop();
    else stack.push(...waiting);
  }
  return labels;
}

function* parentsOf(draft: Draft): Generator<Draft> {
  yield* draft.includedBy;
  yield* draft.deployedBy;
}

/** The first folder below the one that holds everything; that folder itself where nothing lies below. */
function topOf(root: string, common: string): string {
  const start = common === '' ? 0 : common.length + 1;
  if (root.length <= start) return root;
  const slash = root.indexOf('/', start);
  return slash < 0 ? root : root.slice(0, slash);
}

/** The deepest folder above all units: several levels of folders with nothing beside them separate nothing. */
function commonRoot(drafts: readonly Draft[]): string {
  let common: string | undefined;
  for (const { root } of drafts) {
    if (root === '.') return '';
    if (common === undefined) common = root;
    while (common !== '' && root !== common && !isBelow(root, common)) common = folderOf(common);
    if (common === '') break;
  }
  return common ?? '';
}
