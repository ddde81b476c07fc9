import { type JsonValue, member, type ResourceRule } from '@plumbline/core';
import { judgedEntries } from '../entries.ts';

export const rule: ResourceRule = {
  id: 'kust/patch-noop',
  title: 'A patch changes something',
  why: 'A patch that says what the object says already, in every build that includes it, is text that readers take for a difference; it hides where a value really comes from.',
  remedy: 'Remove the patch, or correct it: often the field is misplaced, or the base has caught up with it.',
  severity: 'info',
  class: 'quality',
  set: 'recommended',
  kinds: ['kustomize/Kustomization'],
  scope: 'repository',
  *check(resource, context) {
    const patches = judgedEntries(resource, ['patches', 'patchesJson6902', 'patchesStrategicMerge'], context);
    if ('notEvaluated' in patches) yield patches;
    else
      for (const { path, entry, effect } of patches) {
        if (effect.matched && !effect.changed && !mayOnlyTest(entry)) yield { path, message: `the patch${nameOf(entry)} changes nothing` };
      }
  },
};

/** Operations may be there to test what they find. */
function mayOnlyTest(entry: JsonValue): boolean {
  const patch = member(entry, 'patch');
  return typeof patch === 'string' && /["']?op["']?\s*:\s*["']?test/.test(patch);
}

function nameOf(entry: JsonValue): string {
  const path = typeof entry === 'string' ? entry : member(entry, 'path');
  return typeof path === 'string' && !path.includes('\n') ? ` "${path}"` : '';
}
