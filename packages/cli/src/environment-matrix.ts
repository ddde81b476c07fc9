import {
  type Config,
  compareVersions,
  componentKey,
  type Environment,
  type Environments,
  pathMatcher,
  type Resource,
  type RunVersion,
  versionsOfResource,
  withoutStage,
} from '@plumbline/core';
import { layerOf } from './layer-of.ts';

/** Which version of which component runs where. */
export interface EnvironmentMatrix {
  /** In order of promotion; without a rank where nothing tells the order. */
  readonly environments: readonly { readonly name: string; readonly stage?: string; readonly rank?: number }[];
  /** By layer, then by name. */
  readonly components: readonly MatrixRow[];
}

export interface MatrixRow {
  readonly layer?: string;
  readonly component: { readonly kind: string; readonly namespace?: string; readonly name: string };
  /** What the versions are of: `CONTAINER:IMAGE`, or a chart. */
  readonly of: string;
  readonly cells: readonly MatrixCell[];
  /** Whether two environments run different versions. */
  readonly differs: boolean;
}

export interface MatrixCell {
  readonly environment: string;
  readonly version: string;
  readonly digest?: string;
  readonly file: string;
  readonly line: number;
  /** It is newer than the version of this environment, which comes before. */
  readonly newerThan?: string;
}

interface Row {
  readonly first: Resource;
  readonly environment: Environment;
  readonly of: string;
  readonly cells: Map<Environment, { readonly resource: Resource; readonly run: RunVersion }>;
}

/** Makes the matrix of all components that have a version. */
export function matrixOf(environments: Environments, config: Config): EnvironmentMatrix {
  const rows: Row[] = [];
  const rowOf = new Map<Resource, Map<string, Row>>();
  for (const environment of environments.all) {
    for (const resource of environment.resources) {
      // What several environments share as it lies is at each of them.
      for (const run of versionsOfResource(resource)) {
        const row = knownRow(resource, run, environments, rowOf) ?? sharedRow(resource, run, rowOf);
        if (row === undefined) {
          const made: Row = { first: resource, environment, of: run.of, cells: new Map([[environment, { resource, run }]]) };
          rows.push(made);
          remember(rowOf, resource, made);
        } else {
          if (!row.cells.has(environment)) row.cells.set(environment, { resource, run });
          remember(rowOf, resource, row);
        }
      }
    }
  }
  const layers = (config.layers ?? []).map(({ name, paths }) => ({ name, matches: pathMatcher(paths) }));
  const finished = rows.map((row) => finish(row, environments, (resource) => layerOf(resource, layers)));
  const ranks = new Map([...layers.map(({ name }) => name), 'presentation', 'application', 'data'].map((name, index) => [name, index]));
  return {
    environments: environments.all.map(({ name, stage, rank }) => ({
      name,
      ...(stage === undefined ? {} : { stage }),
      ...(rank === undefined ? {} : { rank }),
    })),
    components: finished.sort(
      (a, b) =>
        (ranks.get(a.layer ?? '') ?? ranks.size) - (ranks.get(b.layer ?? '') ?? ranks.size) ||
        compareTexts(a.component.name, b.component.name) ||
        compareTexts(a.component.kind, b.component.kind) ||
        compareTexts(a.component.namespace ?? '', b.component.namespace ?? '') ||
        compareTexts(a.of, b.of),
    ),
  };
}

function remember(rowOf: Map<Resource, Map<string, Row>>, resource: Resource, row: Row): void {
  const own = rowOf.get(resource);
  if (own === undefined) rowOf.set(resource, new Map([[row.of, row]]));
  else own.set(row.of, row);
}

/** The row in which the same component of an environment before stands. */
function knownRow(
  resource: Resource,
  { of }: RunVersion,
  environments: Environments,
  rowOf: ReadonlyMap<Resource, ReadonlyMap<string, Row>>,
): Row | undefined {
  for (const { resource: other } of environments.counterparts(resource)) {
    const row = rowOf.get(other)?.get(of);
    if (row !== undefined) return row;
  }
  return undefined;
}

function sharedRow(resource: Resource, { of }: RunVersion, rowOf: ReadonlyMap<Resource, ReadonlyMap<string, Row>>): Row | undefined {
  return rowOf.get(resource)?.get(of);
}

function finish(row: Row, environments: Environments, layerAt: (resource: Resource) => string | undefined): MatrixRow {
  const { first } = row;
  const layer = layerAt(first);
  const cells = environments.all.flatMap((environment): MatrixCell[] => {
    const cell = row.cells.get(environment);
    if (cell === undefined) return [];
    const { resource, run } = cell;
    const newer = newerThan(environment, run, row);
    return [
      {
        environment: environment.name,
        version: run.version,
        ...(run.digest === undefined ? {} : { digest: run.digest }),
        ...placeOf(resource, run),
        ...(newer === undefined ? {} : { newerThan: newer }),
      },
    ];
  });
  const environment = first.unit.environment ?? row.environment.name;
  const namespace = first.namespace === undefined ? undefined : withoutStage(first.namespace, environment);
  return {
    ...(layer === undefined ? {} : { layer }),
    component: {
      kind: first.gvk.kind,
      ...(namespace === undefined ? {} : { namespace }),
      name: componentKey(first).split('\n')[2] ?? first.name,
    },
    of: row.of,
    cells,
    differs: new Set(cells.map(({ version, digest }) => `${version} ${digest ?? ''}`)).size > 1,
  };
}

/** The nearest environment before that runs an older version. */
function newerThan({ rank }: Environment, run: RunVersion, { cells }: Row): string | undefined {
  if (rank === undefined) return undefined;
  const before = [...cells].filter(([other]) => other.rank !== undefined && other.rank < rank);
  const nearest = Math.max(...before.map(([other]) => other.rank ?? -1));
  const beside = before.filter(([other]) => other.rank === nearest);
  const isNewer = beside.length > 0 && beside.every(([, other]) => (compareVersions(run.version, other.run.version) ?? 0) > 0);
  // Of several clusters the one that is nearest to having it.
  return isNewer ? beside.toSorted(([, a], [, b]) => compareVersions(b.run.version, a.run.version) ?? 0)[0]?.[0].name : undefined;
}

function placeOf(resource: Resource, { path }: RunVersion): { readonly file: string; readonly line: number } {
  const place = resource.locate?.(path);
  if (place !== undefined) return { file: place.file, line: place.line };
  return { file: resource.document.file.path, line: resource.document.rangeOf([...resource.root, ...path]).line };
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
