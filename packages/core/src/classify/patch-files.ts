import type { Document } from '../read/document.ts';
import { isArray, isObject, type JsonValue, member, valueAt } from '../values/json.ts';
import { foldersAbove, nameOf } from './repository-path.ts';

// Patches that no kustomization lists: an entry that was commented out, a file that a script hands to `kubectl patch`.

const FOLDER = /(?:^|\/)patch(?:es)?\//;
const NAME = /^patch(?:es)?$|^patch[-_.]|[-_.]patch$/;

interface Folders {
  has(folder: string): boolean;
}

/** Whether the file lies in a folder of patches below a kustomization. `resources`: folders that kustomizations take resources from. */
export function isAmongPatches(path: string, kustomizations: Folders, resources: Folders): boolean {
  if (!FOLDER.test(path)) return false;
  let isPatches = false;
  for (const folder of foldersAbove(path)) {
    if (kustomizations.has(folder)) return isPatches;
    if (resources.has(folder)) return false;
    isPatches ||= FOLDER.test(`${nameOf(folder)}/`);
  }
  return false;
}

/** What each object of the kind has, and a patch seldom holds. */
const WHOLE: Readonly<Record<string, readonly string[]>> = {
  CustomResourceDefinition: ['spec', 'group'],
  DaemonSet: ['spec', 'selector'],
  Deployment: ['spec', 'selector'],
  StatefulSet: ['spec', 'selector'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  PersistentVolumeClaim: ['spec', 'accessModes'],
};

/** Whether the file calls itself a patch, and holds nothing but parts of objects. */
export function isPatchByName(path: string, read: () => readonly Document[]): boolean {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  if (!NAME.test(dot < 0 ? name : name.slice(0, dot))) return false;
  const values = read().flatMap(({ value }) => (value === undefined || value === null ? [] : [value]));
  return values.length > 0 && values.every(isPart);
}

function isPart(value: JsonValue): boolean {
  const kind = member(value, 'kind');
  const path = typeof kind === 'string' && Object.hasOwn(WHOLE, kind) ? WHOLE[kind] : undefined;
  return isObject(value) && path !== undefined && isAbsent(valueAt(value, path));
}

function isAbsent(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || (isArray(value) && value.length === 0);
}
