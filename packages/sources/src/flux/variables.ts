import { type BuildRequest, isObject, type JsonValue, member, type ReferredObject } from '@plumbline/core';
import type { Mark, Role } from '../kustomize/mark.ts';
import { BuildError } from '../kustomize/problem.ts';
import type { Settings } from '../kustomize/settings.ts';
import type { Variable, Variables } from './substitute.ts';

/** The variables of spec.postBuild. */
export interface PostBuild {
  readonly variables: Variables;
  /** Without any, Flux leaves the objects alone: not even defaults are filled in. */
  readonly isActive: boolean;
  /** Why values are not known, for the report; undefined where all are. */
  readonly unseen: string | undefined;
}

/** Reads spec.postBuild as the controller does: later sources win, and what is written in the object itself wins over all. Throws a BuildError. */
export function postBuildOf(spec: Settings, namespace: string | undefined, lookUp: BuildRequest['lookUp']): PostBuild {
  const known = new Map<string, Variable>();
  let unseen: string | undefined;
  const postBuild = spec.get('postBuild');
  for (const entry of postBuild?.items('substituteFrom') ?? []) {
    const [kind, name] = [entry.text('kind'), entry.text('name')];
    const found = lookUp(kind, namespace, name);
    if (found !== undefined) {
      for (const [key, value] of dataOf(kind, found)) known.set(checked(key, found, kind), { value: value.text, mark: value.mark });
      continue;
    }
    // It may set any variable, also one that an earlier source has set.
    unseen = `the ${kind || 'object'} "${name}", which sets variables, is not in sight`;
    for (const [key, { mark }] of known) known.set(key, { value: undefined, mark });
  }
  const inline = postBuild?.get('substitute');
  if (inline !== undefined && isObject(inline.value)) {
    for (const [key, value] of Object.entries(inline.value)) {
      const at = inline.at(key, value);
      if (!NAME.test(key)) throw wrongName(key, at.mark('key'));
      known.set(key, { value: typeof value === 'string' ? oneLine(value) : undefined, mark: at.mark() });
    }
  }
  return {
    variables: (name) => known.get(name) ?? (unseen === undefined ? undefined : 'unknown'),
    isActive: known.size > 0 || unseen !== undefined,
    unseen:
      unseen ?? ([...known.values()].some(({ value }) => value === undefined) ? 'the value of a variable is not in sight' : undefined),
  };
}

const NAME = /^[_A-Za-z][_A-Za-z0-9]*$/;

function checked(key: string, found: ReferredObject, kind: string): string {
  if (NAME.test(key)) return key;
  throw wrongName(key, markOf(found, kind === 'Secret' && !hasKey(found, 'data', key) ? ['stringData', key] : ['data', key], 'key'));
}

function hasKey({ object }: ReferredObject, member: string, key: string): boolean {
  const data = object[member];
  return isObject(data) && Object.hasOwn(data, key);
}

function wrongName(key: string, mark: Mark): BuildError {
  return new BuildError(
    `Flux takes every key here for the name of a variable, and "${key}" is none: it applies nothing; use letters, digits and "_"`,
    mark,
    'flux/build-fails',
  );
}

interface Datum {
  readonly text: string | undefined;
  readonly mark: Mark;
}

/** What each key sets. Of a Secret the keys only: its values are nobody's business here. */
function* dataOf(kind: string, found: ReferredObject): Generator<readonly [string, Datum]> {
  const isHidden = kind === 'Secret' || found.encrypted === true;
  for (const name of kind === 'Secret' ? ['data', 'stringData'] : ['data']) {
    const data = member(found.object, name);
    if (!isObject(data)) continue;
    for (const [key, value] of Object.entries(data)) {
      yield [key, { text: isHidden ? undefined : plain(value), mark: markOf(found, [name, key], 'value') }];
    }
  }
}

/** A value that itself waits for variables is not known. */
function plain(value: JsonValue): string | undefined {
  return typeof value !== 'string' || value.includes('${') ? undefined : oneLine(value);
}

/** Flux takes the line breaks out of all values. */
function oneLine(value: string): string {
  return value.replaceAll('\n', '');
}

function markOf(found: ReferredObject, path: readonly string[], part: 'key' | 'value'): Mark {
  const role: Role = 'values';
  return {
    role,
    get file() {
      return found.locate(path, part).file;
    },
    range: () => found.locate(path, part),
  };
}
