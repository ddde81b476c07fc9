import {
  isArray,
  isObject,
  isWritten,
  type JsonValue,
  member,
  type ParsedFile,
  type Repository,
  type Resource,
  reachOfFolder,
  textAt,
  valueAt,
} from '@plumbline/core';
import { whyOtherContent } from './same-source.ts';
import { sourceOfKustomization } from './sources.ts';

/** What a Flux Kustomization surely applies of the files around. */
export interface AppliedFiles {
  /** The folder, from the repository's root. */
  readonly target: string;
  /** The manifests by path. */
  readonly paths: ReadonlySet<string>;
  /** Whether a kustomization on the way gives objects other names or namespaces, or merges something in. */
  readonly isRenamed: boolean;
}

const known = new WeakMap<Repository, { files: ReadonlyMap<string, ParsedFile>; applied: WeakMap<Resource, AppliedFiles | 'unknown'> }>();

/** The files that a Flux Kustomization applies; undefined where its source is not these files as they lie. */
export function appliedBy(kustomization: Resource, repository: Repository): AppliedFiles | undefined {
  let cache = known.get(repository);
  if (cache === undefined) {
    cache = { files: new Map(repository.filesBelow('').map((file) => [file.file.path, file])), applied: new WeakMap() };
    known.set(repository, cache);
  }
  let applied = cache.applied.get(kustomization);
  if (applied === undefined) {
    applied = find(kustomization, repository, cache.files) ?? 'unknown';
    cache.applied.set(kustomization, applied);
  }
  return applied === 'unknown' ? undefined : applied;
}

function find(kustomization: Resource, repository: Repository, files: ReadonlyMap<string, ParsedFile>): AppliedFiles | undefined {
  const file = kustomization.document.file.path;
  const source = sourceOfKustomization(kustomization);
  const path = textAt(kustomization, ['spec', 'path']) ?? (isWritten(kustomization, ['spec', 'path']) ? undefined : '.');
  if (source?.kind !== 'GitRepository' || path === undefined || repository.unseenFrom(file) !== undefined) return undefined;
  if (whyOtherContent(source, kustomization, repository) !== undefined) return undefined;
  const target = repository.locate(path, file);
  if (target === undefined) return undefined;
  const nodes = reachOfFolder(repository.graph, target);
  const isRenamed = nodes.some(({ id }) =>
    ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].some((name) => renames(files.get(id === '.' ? name : `${id}/${name}`))),
  );
  return { target, paths: new Set(nodes.flatMap((node) => node.files)), isRenamed };
}

const RENAMING = ['namespace', 'namePrefix', 'nameSuffix', 'components', 'transformers', 'replacements'];

function renames(file: ParsedFile | undefined): boolean {
  const value = file?.documents[0]?.value;
  return RENAMING.some((key) => isFilled(member(value, key))) || JSON.stringify(member(value, 'patches') ?? '').includes('$patch');
}

function isFilled(value: JsonValue | undefined): boolean {
  if (isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== '';
}

/** The fields of a Kustomization that decide under which names its objects are applied, as one text. */
export function namingOf({ object }: Resource): string {
  const fields = [
    'targetNamespace',
    'namePrefix',
    'nameSuffix',
    'kubeConfig',
    'components',
    'postBuild',
    'patches',
    'patchesStrategicMerge',
    'patchesJson6902',
  ];
  return JSON.stringify(fields.map((field) => valueAt(object, ['spec', field]) ?? null));
}

/** Whether it gives objects no other names than those in the files. */
export function keepsNames({ object }: Resource): boolean {
  const spec = valueAt(object, ['spec']);
  return (
    isObject(spec) &&
    [
      'targetNamespace',
      'namePrefix',
      'nameSuffix',
      'kubeConfig',
      'components',
      'patches',
      'patchesStrategicMerge',
      'patchesJson6902',
    ].every((field) => !isFilled(member(spec, field)))
  );
}
