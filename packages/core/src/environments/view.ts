import type { Unit } from '../classify/unit.ts';
import type { Config } from '../config/config.ts';
import type { Resource } from '../read/resource.ts';
import { addTo } from '../values/add-to.ts';
import { kindKey } from '../values/gvk.ts';
import { STAGES, type Stage, stageOfName, withoutStage } from './stage.ts';

/** An environment or cluster, and what is applied there as far as it is in sight. */
export interface Environment {
  readonly name: string;
  /** As the configuration or the name tells. */
  readonly stage: Stage | undefined;
  /** The place in the order of promotion, from 0; the same for clusters of one stage. Undefined where nothing tells. */
  readonly rank: number | undefined;
  /** Objects as they are applied; what was not built is not among them. */
  readonly resources: readonly Resource[];
}

/** All environments of a repository, seen from any of them. */
export interface Environments {
  /** In order of promotion, those without a place last. */
  readonly all: readonly Environment[];
  /** Where an object is applied; undefined where that is nowhere, or in several environments. */
  of(resource: Resource): Environment | undefined;
  /** The same object in other environments, in order of promotion: of the unit at the same place there, or of one that is built on the same base. */
  counterparts(resource: Resource): readonly Counterpart[];
  /** Other environments that have the unit, all of it as it is applied, and in it no such object. */
  lacking(resource: Resource): readonly Environment[];
  /** The files that an object is made of, as far as it is known: its own, and those that the build of its unit reads. */
  filesOf(resource: Resource): readonly string[];
}

export interface Counterpart {
  readonly environment: Environment;
  readonly resource: Resource;
}

/** What the view is made of. */
export interface EnvironmentParts {
  readonly config: Config;
  /** Environments by name with the units that are applied there, as they are applied. */
  readonly units: ReadonlyMap<string, readonly Unit[]>;
  readonly resourcesOf: (unit: Unit) => readonly Resource[];
  /** The files that the build of a unit reads; undefined where it is not built. */
  readonly reachOf: (unit: Unit) => ReadonlySet<string> | undefined;
}

/** Gives the view; each part of it is worked out when somebody asks. */
export function environmentsOf(parts: EnvironmentParts): Environments {
  const places = new Map<Unit, Environment>();
  const all = [...parts.units].map(([name, units]) => environmentOf(name, units, parts)).sort(inOrder);
  for (const environment of all)
    for (const unit of parts.units.get(environment.name) ?? []) if (unit.environment === environment.name) places.set(unit, environment);
  const siblings = siblingFinder(all, parts);
  const indexes = new Map<Unit, ReadonlyMap<string, readonly Resource[]>>();
  const indexOf = (unit: Unit): ReadonlyMap<string, readonly Resource[]> => {
    let index = indexes.get(unit);
    if (index === undefined) {
      index = indexed(parts.resourcesOf(unit));
      indexes.set(unit, index);
    }
    return index;
  };
  const find = (resource: Resource, units: readonly Unit[], key: string): readonly Resource[] => {
    const own = units.flatMap((unit) => indexOf(unit).get(key) ?? []);
    const same = own.filter((other) => other.name === resource.name && other.namespace === resource.namespace);
    return same.length === 1 ? same : own;
  };
  const look = (resource: Resource): Seen => {
    const home = places.get(resource.unit);
    const counterparts: Counterpart[] = [];
    const lacking: Environment[] = [];
    // A name that is there twice is no name.
    const key = componentKey(resource);
    if (home === undefined || find(resource, [resource.unit], key).length !== 1) return { counterparts, lacking };
    for (const [environment, units] of siblings(resource.unit)) {
      const found = find(resource, units, key);
      const [only] = found;
      if (only !== undefined && found.length === 1) {
        if (only.unit.state === 'as-applied') counterparts.push({ environment, resource: only });
      } else if (only === undefined && units.every((unit) => unit.state === 'as-applied')) lacking.push(environment);
    }
    return { counterparts, lacking };
  };
  const seen = new WeakMap<Resource, Seen>();
  const remembered = (resource: Resource): Seen => {
    let known = seen.get(resource);
    if (known === undefined) {
      known = look(resource);
      seen.set(resource, known);
    }
    return known;
  };
  return {
    all,
    // What lies beside a build has the unit as it was before.
    of: ({ unit }) => places.get(unit) ?? all.find(({ name }) => name === unit.environment),
    counterparts: (resource) => remembered(resource).counterparts,
    lacking: (resource) => remembered(resource).lacking,
    filesOf: (resource) => [...new Set([resource.document.file.path, ...(parts.reachOf(resource.unit) ?? [])])],
  };
}

interface Seen {
  readonly counterparts: readonly Counterpart[];
  readonly lacking: readonly Environment[];
}

function environmentOf(name: string, units: readonly Unit[], { config, resourcesOf }: EnvironmentParts): Environment {
  const configured = config.environments ?? [];
  const index = configured.findIndex((one) => one.name === name);
  const told = stageOfName(name);
  // Where no name tells which is the live one, it is the last in the order of promotion.
  const isLast = index >= 0 && index === configured.length - 1 && !configured.some((one) => stageOfName(one.name) === 'live');
  const stage = told ?? (isLast ? 'live' : undefined);
  const rank = configured.length > 0 ? (index < 0 ? undefined : index) : stage === undefined ? undefined : STAGES.indexOf(stage);
  let resources: readonly Resource[] | undefined;
  return {
    name,
    stage,
    rank,
    get resources() {
      resources ??= units.flatMap(resourcesOf).filter(({ gvk, unit }) => gvk.version !== '' && unit.state === 'as-applied');
      return resources;
    },
  };
}

function inOrder(a: Environment, b: Environment): number {
  return (a.rank ?? STAGES.length * 100) - (b.rank ?? STAGES.length * 100) || (a.name < b.name ? -1 : 1);
}

const FOLDERS_OF_ENVIRONMENTS = new Set(['cluster', 'clusters', 'environment', 'environments', 'env', 'envs']);

/** A folder with `*` in place of each step that names its environment; undefined where none does. */
export function placeOfFolder(root: string, environment: string): string | undefined {
  const own = environment.toLowerCase();
  const steps = root.split('/');
  let isNamed = false;
  const place = steps.map((step, index) => {
    const isOwn = step.toLowerCase() === own || stageOfName(step) !== undefined || FOLDERS_OF_ENVIRONMENTS.has(steps[index - 1] ?? '');
    if (isOwn) isNamed = true;
    return isOwn ? '*' : step;
  });
  return isNamed ? place.join('/') : undefined;
}

/** So many environments at one place are a fleet of clusters, not steps of a promotion: they are not held against one another. */
export const FLEET = 24;

type Siblings = ReadonlyMap<Environment, readonly Unit[]>;
const NO_SIBLINGS: Siblings = new Map();

/** Finds the units of other environments that stand for the same: at the same place, else on a common base. */
function siblingFinder(all: readonly Environment[], parts: EnvironmentParts): (unit: Unit) => Siblings {
  let byPlace: Index | undefined;
  let byPath: Index | undefined;
  const known = new Map<Unit, Siblings>();
  const find = (unit: Unit): Siblings => {
    if (unit.environment === undefined) return NO_SIBLINGS;
    byPlace ??= indexBy(all, parts, (unit, environment) => placeOfFolder(unit.id, environment.name) ?? NOTHING);
    const there = byPlace.get(placeOfFolder(unit.id, unit.environment) ?? '');
    if (there !== undefined && there.size > FLEET) return NO_SIBLINGS;
    let onBase: ReadonlyMap<Environment, ReadonlySet<Unit>> | undefined;
    const siblings = new Map<Environment, readonly Unit[]>();
    for (const environment of all) {
      if (environment.name === unit.environment) continue;
      let same = there?.get(environment);
      if (same === undefined) {
        byPath ??= indexBy(all, parts, (unit) => parts.reachOf(unit) ?? NOTHING);
        onBase ??= onCommonBase(parts.reachOf(unit) ?? NOTHING, byPath);
        same = onBase.get(environment);
      }
      if (same !== undefined) siblings.set(environment, [...same]);
    }
    return siblings.size > FLEET ? NO_SIBLINGS : siblings;
  };
  return (unit) => {
    let found = known.get(unit);
    if (found === undefined) {
      found = find(unit);
      known.set(unit, found);
    }
    return found;
  };
}

/** Units by a text that they have in common, and by environment. */
type Index = ReadonlyMap<string, ReadonlyMap<Environment, ReadonlySet<Unit>>>;

const NOTHING: readonly string[] = [];

/** Units by one text or several. */
function indexBy(
  all: readonly Environment[],
  { units }: EnvironmentParts,
  keysOf: (unit: Unit, environment: Environment) => string | Iterable<string>,
): Index {
  const index = new Map<string, Map<Environment, Set<Unit>>>();
  for (const environment of all) {
    for (const unit of units.get(environment.name) ?? []) {
      if (unit.environment !== environment.name) continue;
      const keys = keysOf(unit, environment);
      if (typeof keys === 'string') put(index, keys, environment, unit);
      else for (const key of keys) put(index, key, environment, unit);
    }
  }
  return index;
}

function put(index: Map<string, Map<Environment, Set<Unit>>>, key: string, environment: Environment, unit: Unit): void {
  let here = index.get(key);
  if (here === undefined) {
    here = new Map();
    index.set(key, here);
  }
  const units = here.get(environment);
  if (units === undefined) here.set(environment, new Set([unit]));
  else units.add(unit);
}

function onCommonBase(reach: Iterable<string>, byPath: Index): ReadonlyMap<Environment, ReadonlySet<Unit>> {
  const found = new Map<Environment, Set<Unit>>();
  for (const path of reach) {
    const there = byPath.get(path);
    if (there === undefined || there.size > FLEET) continue;
    for (const [environment, units] of there) {
      const own = found.get(environment) ?? new Set<Unit>();
      for (const unit of units) own.add(unit);
      found.set(environment, own);
    }
  }
  return found;
}

function indexed(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    if (resource.gvk.version === '' || resource.name === '') continue;
    const key = componentKey(resource);
    addTo(index, key, resource);
  }
  return index;
}

// As kustomize writes the hash of what a generated object holds.
const HASH = /-[2456789bcdfghkmt]{10}$/;

/** What is the same for an object in each environment: its kind, and its name and namespace without what names the environment. */
export function componentKey({ gvk, name, namespace, unit }: Resource): string {
  const environment = unit.environment ?? '';
  const isGenerated = gvk.group === '' && (gvk.kind === 'ConfigMap' || gvk.kind === 'Secret');
  const plain = isGenerated ? name.replace(HASH, '') : name;
  return `${kindKey(gvk)}\n${withoutStage(namespace ?? '', environment)}\n${withoutStage(plain, environment)}`;
}
