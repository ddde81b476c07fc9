import { type FieldPath, isEqual } from '@plumbline/core';
import type { Node } from './node.ts';
import { BuildError } from './problem.ts';
import type { Resource } from './resource.ts';
import type { Settings } from './settings.ts';
import { toJson } from './through-json.ts';

/** What an entry of a kustomization did in a build. */
export class Effect {
  readonly file: string;
  readonly path: FieldPath;
  /** It chose an object, or a field of one. */
  matched = false;
  /** An object is another one for it. */
  changed = false;

  constructor({ place, path }: Settings) {
    this.file = place.file;
    this.path = path;
  }

  /** Runs what the entry does to an object that it chose. Objects are compared until the first one that changed. */
  on(resource: Resource, run: () => void): void {
    this.matched = true;
    if (this.changed) {
      run();
      return;
    }
    const before = resource.node.copy();
    run();
    this.changed = !isSame(before, resource.node);
  }
}

/** Runs it, and minds what it does where somebody wants to know. */
export function watched(effect: Effect | undefined, resource: Resource, run: () => void): void {
  if (effect === undefined) run();
  else effect.on(resource, run);
}

/** Whether two trees mean the same, whatever quotes they are written with. */
function isSame(a: Node, b: Node): boolean {
  if (isWrittenTheSame(a, b)) return true;
  try {
    return isEqual(toJson(a), toJson(b));
  } catch (error) {
    if (error instanceof BuildError) return false;
    throw error;
  }
}

/** The common case, told without a value of either tree. */
function isWrittenTheSame(a: Node, b: Node): boolean {
  if (a.value !== b.value || a.kind !== b.kind || a.tag !== b.tag || a.style !== b.style) return false;
  const { content } = b;
  return a.content.length === content.length && a.content.every((each, index) => isSameItem(each, content[index]));
}

function isSameItem(a: Node, b: Node | undefined): boolean {
  return b !== undefined && isWrittenTheSame(a, b);
}
