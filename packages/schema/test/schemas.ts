// What the tests of this package share: the generated data, and objects judged as a lone manifest.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Environments,
  type JsonObject,
  type NotEvaluated,
  type Problem,
  parse,
  parseGvk,
  type Repository,
  type Resource,
  type RuleContext,
  toDotted,
  type Unit,
} from '@plumbline/core';
import { RE2JS } from 're2js';
import { createKindCatalogue, createSchemaRule, createSchemaSet } from '../src/index.ts';
import { usePatternLibrary } from '../src/pattern.ts';

usePatternLibrary(() => RE2JS);

const data = fileURLToPath(new URL('../../../schemas/kubernetes/data/', import.meta.url));
export const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));
export const schemas = createSchemaSet((name) => readFileSync(data + name, 'utf8'));
const rule = createSchemaRule(schemas);

const UNIT: Unit = { id: '.', kind: 'files', root: '.', versions: ['1.37'], state: 'as-applied' };

export interface Judging {
  readonly versions?: readonly string[];
  /** Custom resource definitions in sight. */
  readonly definitions?: readonly Resource[];
  readonly unit?: Unit;
  readonly servedApis?: readonly string[];
}

export function resourceOf(text: string, unit: Unit = UNIT): Resource {
  const document = parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) }).find(
    (one) => one.value !== null && one.value !== undefined,
  );
  // The tests' own text.
  const object = document?.value as JsonObject;
  if (!document || typeof object !== 'object') throw new Error(`no object in ${text}`);
  return toResource(object, document, unit);
}

export function toResource(object: JsonObject, document: Resource['document'], unit: Unit = UNIT): Resource {
  const metadata = object.metadata as JsonObject | undefined;
  const namespace = metadata?.namespace;
  return {
    gvk: parseGvk(String(object.apiVersion), String(object.kind)),
    namespace: typeof namespace === 'string' ? namespace : undefined,
    name: String(metadata?.name ?? ''),
    object,
    document,
    root: [],
    unit,
  };
}

/** For rules that look at no environment. */
const NO_REPOSITORY: Repository = {
  unseenFrom: () => 'nothing is around',
  kindOf: () => undefined,
  textOf: undefined,
  locate: () => undefined,
  namesIn: () => [],
  filesBelow: () => [],
  inputs: { read: () => undefined, isFolder: () => false, filesBelow: () => [], list: () => [] },
  byKind: () => [],
  deployers: [],
  entryEffects: () => [],
  graph: { nodes: [], cycles: [], hasDeployers: false },
};

const NO_ENVIRONMENTS: Environments = { all: [], of: () => undefined, counterparts: () => [], lacking: () => [], filesOf: () => [] };

/** What a rule sees that looks at its subject only. */
export const NOTHING_AROUND: Pick<RuleContext, 'environments' | 'repository' | 'history' | 'today'> = {
  environments: NO_ENVIRONMENTS,
  repository: NO_REPOSITORY,
  history: { textsOf: () => ({ texts: [] }) },
  today: undefined,
};

export function judgeResource(resource: Resource, judging: Judging = {}): (Problem | NotEvaluated)[] {
  const definitions = judging.definitions ?? [];
  return [
    ...rule.check(resource, {
      versions: judging.versions ?? ['1.37'],
      ...NOTHING_AROUND,
      inventory: {
        byKind: () => definitions,
        byKey: () => undefined,
        all: () => definitions,
        incomplete: undefined,
        isExternal: () => false,
      },
      kinds: createKindCatalogue(schemas, definitions),
      options: {},
      ...(judging.servedApis ? { servedApis: judging.servedApis } : {}),
    }),
  ];
}

/** One line a problem: `rule path: message`, with the versions where it is not all, and a mark for what is no refusal. */
export function linesOf(text: string, judging: Judging = {}): string[] {
  return judgeResource(resourceOf(text, judging.unit), judging).map((one) => {
    if ('notEvaluated' in one) return `${one.rule} not evaluated: ${one.notEvaluated}`;
    const versions = one.versions === undefined ? '' : ` [${one.versions.join(' ')}]`;
    const mark = one.class === 'refusal' ? '' : ` (${one.class})`;
    return `${one.rule} ${toDotted(one.path ?? [])}: ${one.message}${mark}${versions}`;
  });
}
