import { isArray, member, valueAt } from '../values/json.ts';
import type { Build } from './builds.ts';
import type { Draft } from './draft.ts';
import type { PlacedDeployer } from './place-deployers.ts';
import type { RepositoryMap } from './repository-map.ts';
import { foldersAbove, isBelow, resolvePath } from './repository-path.ts';
import type { Unit } from './unit.ts';

/** The charts that are rendered by themselves: those that Flux and Argo CD apply, and those that no other chart depends on. */
export class ChartBuilds {
  readonly #map: RepositoryMap;
  #parts: ReadonlySet<string> | undefined;

  constructor(map: RepositoryMap) {
    this.#map = map;
  }

  of(draft: Draft, unit: Unit): Build | undefined {
    const folder = draft.root === '.' ? '' : draft.root;
    const [deployer] = draft.deployers;
    if (deployer !== undefined)
      return { unit, kind: 'chart', folder, deployer, reaches: new Set([...this.#filesOf(folder), ...this.#valuesOf(deployer, folder)]) };
    // Somebody applies it with values that are not in sight, or it is a part of another.
    if (draft.applied !== undefined || this.#isPart(folder)) return undefined;
    return { unit, kind: 'chart', folder, reaches: this.#filesOf(folder) };
  }

  /** Also the charts below it, and those that it names by a path. */
  #filesOf(folder: string): Set<string> {
    const folders = [folder, ...dependenciesOf(folder, this.#map)];
    const paths = new Set<string>();
    for (const { file } of this.#map.files) if (folders.some((each) => each === '' || isBelow(file.path, each))) paths.add(file.path);
    return paths;
  }

  /** The files that the object that applies it takes values from. */
  #valuesOf({ deployer, document }: PlacedDeployer, folder: string): readonly string[] {
    const source = valueAt(document.value, deployer.source);
    const lists = [valueAt(source, ['helm', 'valueFiles']), valueAt(source, ['chart', 'spec', 'valuesFiles'])];
    const names = lists.flatMap((list) => (isArray(list) ? list.filter((each) => typeof each === 'string') : []));
    return [
      ...names.flatMap((name) =>
        [resolvePath(folder, name), resolvePath('', name.replace(/^\$[^/]+\//, ''))].flatMap((path) => path ?? []),
      ),
      ...this.#mapsOf(document.value),
    ];
  }

  /** The files of ConfigMaps that a HelmRelease takes values from. */
  #mapsOf(release: PlacedDeployer['document']['value']): readonly string[] {
    const entries = valueAt(release, ['spec', 'valuesFrom']);
    const names = new Set(isArray(entries) ? entries.map((entry) => member(entry, 'name')) : []);
    if (names.size === 0) return [];
    return this.#map.files.flatMap(({ file, verdict }) =>
      verdict.documents?.some(({ value }) => member(value, 'kind') === 'ConfigMap' && names.has(valueAt(value, ['metadata', 'name']))) ===
      true
        ? file.path
        : [],
    );
  }

  #isPart(folder: string): boolean {
    if (folder === '') return false;
    this.#parts ??= new Set([...this.#map.charts].flatMap((chart) => dependenciesOf(chart, this.#map)));
    return (
      this.#parts.has(folder) ||
      [...foldersAbove(folder)].some((above) => this.#map.charts.has(above) && isBelow(folder, below(above, 'charts')))
    );
  }
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Charts that a chart names by a path. */
function dependenciesOf(folder: string, map: RepositoryMap): readonly string[] {
  const entries = map.files
    .filter(({ file }) => file.path === below(folder, 'Chart.yaml') || file.path === below(folder, 'requirements.yaml'))
    .flatMap(({ verdict }) => verdict.documents ?? [])
    .flatMap(({ value }) => {
      const list = member(value, 'dependencies');
      return isArray(list) ? list : [];
    });
  return entries.flatMap((entry) => {
    const repository = member(entry, 'repository');
    const path = typeof repository === 'string' && repository.startsWith('file://') ? repository.slice('file://'.length) : undefined;
    const resolved = path === undefined || path.startsWith('/') ? undefined : resolvePath(folder, path);
    return resolved === undefined || resolved === folder ? [] : [resolved];
  });
}
