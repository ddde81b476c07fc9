import type { NotEvaluated } from '../check/rule.ts';
import type { Classification } from '../classify/classify.ts';
import { toPointer } from '../values/field-path.ts';
import type { Expansion } from './expand.ts';
import type { EntryEffect } from './expander.ts';

/**
 * What the entries of a kustomization file did, in all builds that include it together: an entry matched where it matched in one of
 * them. None where nothing builds the file; not to be told where one of its builds was not done.
 */
export type EntryEffects = (file: string) => readonly EntryEffect[] | NotEvaluated;

export function entryEffectsOf({ builds }: Classification, expansion: Expansion): EntryEffects {
  return (file) => {
    const joined = new Map<string, EntryEffect>();
    for (const build of builds) {
      if (!build.reaches.has(file)) continue;
      const effects = expansion.effects.get(build);
      if (effects === undefined) return { notEvaluated: expansion.unbuilt.get(build.unit) ?? 'a build that includes it was not run' };
      for (const effect of effects) {
        if (effect.file !== file) continue;
        const key = toPointer(effect.path);
        const before = joined.get(key);
        joined.set(key, before === undefined ? effect : join(before, effect));
      }
    }
    return [...joined.values()];
  };
}

function join(a: EntryEffect, b: EntryEffect): EntryEffect {
  return { file: a.file, path: a.path, matched: a.matched || b.matched, changed: a.changed || b.changed };
}
