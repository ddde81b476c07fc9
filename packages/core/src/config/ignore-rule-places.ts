import type { Location } from '../values/range.ts';
import type { DriftIgnore } from './config.ts';

type Places = (key: 'pointers' | 'jsonPaths', index: number) => Location;

// Beside the configuration and not in it, as the places of rules are.
const places = new WeakMap<DriftIgnore, Places>();

/** Keeps where the fields of a rule are written. */
export function rememberIgnoreRule(rule: DriftIgnore, at: Places): void {
  places.set(rule, at);
}

/** `plumbline.yaml:3:5: ` of a pointer or path of the rule; nothing where the rule was not read from a file. */
export function placeInIgnoreRule(rule: DriftIgnore, key: 'pointers' | 'jsonPaths', index: number): string {
  const at = places.get(rule)?.(key, index);
  return at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `;
}
