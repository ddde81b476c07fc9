import { BuildError } from './problem.ts';
import type { Settings } from './settings.ts';

/** A path in a list of a kustomization. */
export interface Entry {
  readonly text: string;
  readonly at: Settings;
}

export function missingResource({ text, at }: Entry): BuildError {
  return new BuildError(`"${text}" does not exist, neither as a file nor as a folder`, at.mark(), 'kust/missing-path');
}

export function missingComponent({ text, at }: Entry): BuildError {
  return new BuildError(`the folder "${text}" does not exist`, at.mark(), 'kust/missing-path');
}

export function misplacedComponent({ text, at }: Entry): BuildError {
  return at.error(`"${text}" is a component; list it under "components"`);
}

export function noComponent({ text, at }: Entry): BuildError {
  return at.error(`"${text}" is no component; list it under "resources"`);
}

/** Whether the entry is the object itself, not the path of one. */
export function isInline({ text }: Entry): boolean {
  return text.includes('\n') || text.includes(': ');
}
