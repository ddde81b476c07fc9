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

interface Known {
  readonly files: ReadonlyMap<string, ParsedFile>;
  readonly applied: WeakMap<Resource, AppliedFiles | 'unknown'>;
  readonly byTarget: Map<string, AppliedFiles>;
}

const known = new WeakMap<Repository, Known>();

function knownOf(repository: Repository): Known {
  let cache = known.get(repository);
  if (cache === undefined) {
    const files = new Map(repository.filesBelow('').map((file) => [file.file.path, file]));
    cache = { files, applied: new WeakMap(), byTarget: new Map() };
    known.set(repository, cache);
  }
  return cache;
}

/** The file of a path, where it is configuration that is not left out. */
export function fileAt(path: string, repository: Repository): ParsedFile | undefined {
  return knownOf(repository).files.get(path);
}

/** The files that a Flux Kustomization applies; undefined where its source is not these files as they lie. */
export function appliedBy(kustomization: Resource, repository: Repository): AppliedFiles | undefined {
  const { applied } = knownOf(repository);
  let found = applied.get(kustomization);
  if (found === undefined) {
    found = find(kustomization, repository) ?? 'unknown';
    applied.set(kustomization, found);
  }
  return found === 'unknown' ? undefined : found;
}

function find(kustomization: Resource, repository: Repository): AppliedFiles | undefined {
  const file = kustomization.document.file.path;
  const source = sourceOfKustomization(kustomization);
  const path = textAt(kustomization, ['spec', 'path']) ?? (isWritten(kustomization, ['spec', 'path']) ? undefined : '.');
  if (source?.kind !== 'GitRepository' || path === undefined || repository.unseenFrom(file) !== undefined) return undefined;
  if (whyOtherContent(source, kustomization, repository) !== undefined) return undefined;
  const target = repository.locate(path, file);
  if (target === undefined) return undefined;
  const { byTarget } = knownOf(repository);
  let applied = byTarget.get(target);
  if (applied === undefined) {
    applied = filesIn(target, repository);
    byTarget.set(target, applied);
  }
  return applied;
}

function filesIn(target: string, repository: Repository): AppliedFiles {
  const nodes = reachOfFolder(repository.graph, target);
  const isRenamed = nodes.some(({ id }) =>
    ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].some((name) =>
      renames(fileAt(id === '.' ? name : `${id}/${name}`, repository)),
    ),
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
