import { placeInScalar } from '../read/place-in-scalar.ts';
import type { Location } from '../values/range.ts';
import type { CelRuleConfig } from './config.ts';

/** A text of a rule, and the file that it is written in. */
interface Written {
  readonly source: string;
  at(key: keyof CelRuleConfig): Location;
}

// Beside the configuration and not in it, as the places of rules are.
const written = new WeakMap<CelRuleConfig, Written>();

/** Keeps where a rule's texts are written. */
export function rememberCelRule(rule: CelRuleConfig, where: Written): void {
  written.set(rule, where);
}

/** `plumbline.yaml:3:5: ` of a text of the rule, or of the character `offset` in it; nothing where the rule was not read from a file. */
export function placeInCelRule(rule: CelRuleConfig, key: keyof CelRuleConfig, offset = 0): string {
  const where = written.get(rule);
  if (where === undefined) return '';
  const start = where.at(key);
  const value = rule[key];
  const { line, column } = typeof value === 'string' ? placeInScalar(where.source, start, value, offset) : start;
  return `${start.file}:${line}:${column}: `;
}
