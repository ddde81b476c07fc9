import { closest, isArray, isObject, type SourceFile } from '@plumbline/core';
import { KUSTOMIZATION } from './kustomization-shape.ts';
import { documentsOf, type Loader } from './loader.ts';
import { LineMark, type Mark, type Role } from './mark.ts';
import { BuildError } from './problem.ts';
import { checkShape, flawsOf, Settings } from './settings.ts';

/** A kustomization file that was read, with the fields of older days put where they belong now. */
export interface Kustomization {
  readonly file: SourceFile;
  readonly settings: Settings;
  readonly isComponent: boolean;
}

export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Reads the kustomization of a folder; `at` is what asked for it. Throws a BuildError. */
export function readKustomization(loader: Loader, at: Mark | undefined): Kustomization {
  const prefix = loader.root === '' ? '' : `${loader.root}/`;
  const found = KUSTOMIZATION_NAMES.flatMap((name) => loader.session.read(prefix + name, 'overlay') ?? []);
  const [file, second] = found;
  if (file === undefined) {
    throw new BuildError(
      `the folder "${loader.root === '' ? '.' : loader.root}" has no kustomization.yaml`,
      at ?? new LineMark(`${prefix}kustomization.yaml`, 'overlay'),
      'kust/missing-path',
    );
  }
  if (second !== undefined) {
    throw new BuildError(`the folder has another kustomization file, ${second.path}; keep one`, new LineMark(file.path, 'overlay'));
  }
  let known = read.get(file);
  if (known === undefined) {
    known = checked(file);
    read.set(file, known);
  }
  return known;
}

const read = new WeakMap<SourceFile, Kustomization>();

function checked(file: SourceFile): Kustomization {
  const settings = settingsOf(file);
  checkShape(settings, KUSTOMIZATION, 'a kustomization');
  if (isNothing(settings)) throw new BuildError('the kustomization is empty', new LineMark(file.path, 'overlay'));
  for (const flaw of flawsOfType(settings)) throw flaw;
  return { file, settings, isComponent: kindOf(settings) === 'Component' };
}

/** All that is wrong with the fields of a kustomization. */
export function* flawsOfFile(settings: Settings): Generator<BuildError> {
  yield* flawsOf(settings, KUSTOMIZATION, 'a kustomization');
  if (isObject(settings.value)) yield* flawsOfType(settings);
}

function kindOf(settings: Settings): string {
  return settings.text('kind') || 'Kustomization';
}

function* flawsOfType(settings: Settings): Generator<BuildError> {
  const kind = kindOf(settings);
  if (kind !== 'Kustomization' && kind !== 'Component') {
    const at = (settings.get('kind') ?? settings).mark();
    yield new BuildError(
      `kind is Kustomization or Component, not "${kind}"`,
      at,
      'kust/schema',
      closest(kind, ['Kustomization', 'Component']),
    );
    return;
  }
  const wanted = kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1';
  const apiVersion = settings.get('apiVersion');
  if (apiVersion === undefined || settings.text('apiVersion') === '' || apiVersion.value === wanted) return;
  yield new BuildError(`the apiVersion of a ${kind} is ${wanted}`, apiVersion.mark(), 'kust/schema', wanted);
}

/** The settings in a file: its first document. Throws a BuildError where it cannot be read, and where a key is there twice if it is read strictly. */
export function settingsOf(file: SourceFile, role: Role = 'overlay', isStrict = false): Settings {
  const [document] = documentsOf(file);
  const flaw = document?.problems.find(({ level, code }) => level === 'fatal' || (isStrict && code === 'duplicate-key'));
  if (flaw !== undefined) {
    throw new BuildError(`the YAML cannot be read: ${flaw.message}`, { file: file.path, role, range: () => flaw.range });
  }
  if (document === undefined) throw new BuildError('the file is empty', new LineMark(file.path, role));
  return new Settings({ file: file.path, rangeOf: (path, part) => document.rangeOf(path, part) }, role, document.value);
}

/** Whether no field says anything: an empty list does, as kustomize counts. */
function isNothing({ value }: Settings): boolean {
  if (!isObject(value)) return true;
  return Object.entries(value).every(([key, field]) => {
    if (key === 'kind' || key === 'apiVersion' || field === null || field === '') return true;
    return (key === 'bases' || key === 'imageTags') && isArray(field) && field.length === 0;
  });
}
