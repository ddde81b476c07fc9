import {
  isArray,
  type JsonValue,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
} from '@plumbline/core';
import { judgedEntries } from '../entries.ts';
import { isSweeping, targetText } from '../target.ts';

export const rule: ResourceRule = {
  id: 'kust/patch-no-match',
  title: 'A patch or replacement with a target finds an object',
  why: 'Kustomize says nothing when a target fits no object: what the patch should change stays as it was, in every build that includes it.',
  remedy: 'Correct the target (names and namespaces are those before or after prefixes, group and kind are exact), or remove the entry.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
  kinds: ['kustomize/Kustomization'],
  scope: 'repository',
  *check(resource, context) {
    const patches = judgedEntries(resource, ['patches', 'patchesJson6902'], context);
    if ('notEvaluated' in patches) yield patches;
    else {
      for (const { path, entry, effect } of patches) {
        const target = member(entry, 'target');
        if (!effect.matched && target !== undefined) yield noMatch([...path, 'target'], 'patch', target);
      }
      yield* replacements(resource, context);
    }
  },
};

function* replacements(resource: Resource, { repository }: RuleContext): Iterable<Problem | NotEvaluated> {
  const list = member(resource.object, 'replacements');
  if (!isArray(list)) return;
  const effects = repository.entryEffects(resource.name);
  if ('notEvaluated' in effects) {
    yield effects;
    return;
  }
  for (const { path, matched } of effects) {
    const [field, index, , at] = path;
    if (matched || field !== 'replacements' || typeof index !== 'number' || typeof at !== 'number') continue;
    const targets = member(list[index], 'targets');
    const select = isArray(targets) ? member(targets[at], 'select') : undefined;
    if (select !== undefined) yield noMatch([...path, 'select'], 'replacement', select);
  }
}

function noMatch(path: Problem['path'], what: string, target: JsonValue): Problem {
  return {
    ...(path === undefined ? {} : { path }),
    part: 'key',
    message: `the target of the ${what} fits no object: ${targetText(target)}`,
    // Who names no object may have meant those that there happen to be.
    ...(isSweeping(target) ? { severity: 'info' } : {}),
  };
}
