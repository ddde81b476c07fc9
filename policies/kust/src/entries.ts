import { type EntryEffect, isArray, type JsonValue, member, type NotEvaluated, type Resource, type RuleContext } from '@plumbline/core';

/** An entry of a kustomization, and what it did in the builds that include the kustomization. */
export interface JudgedEntry {
  readonly path: readonly (string | number)[];
  readonly entry: JsonValue;
  readonly effect: EntryEffect;
}

/** The entries of some fields of which the builds tell something; not evaluated where a build was not done. */
export function judgedEntries(
  resource: Resource,
  fields: readonly string[],
  { repository }: RuleContext,
): readonly JudgedEntry[] | NotEvaluated {
  const entries = fields.flatMap((field) => {
    const list = member(resource.object, field);
    return isArray(list) ? list.map((entry, index) => ({ path: [field, index], entry })) : [];
  });
  if (entries.length === 0) return [];
  const effects = repository.entryEffects(resource.name);
  if ('notEvaluated' in effects) return effects;
  return entries.flatMap(({ path, entry }) => {
    const effect = effects.find((each) => each.path.length === 2 && each.path[0] === path[0] && each.path[1] === path[1]);
    return effect === undefined ? [] : [{ path, entry, effect }];
  });
}
