import { isArray, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { applicationSpec } from '../application-spec.ts';
import { application } from '../examples.ts';
import { APPLICATION, APPLICATION_SET } from '../kinds.ts';

const ignoring = (pointer: string): string =>
  application(['path: apps'], ['ignoreDifferences:', '  - group: apps', '    kind: Deployment', '    jsonPointers:', `      - ${pointer}`]);

export const rule: ResourceRule = {
  id: 'argo/ignore-differences',
  title: 'Ignored differences are fields, not whole objects',
  why: 'With the whole object or its whole spec ignored, Argo CD says "Synced" whatever runs, and does not mend it.',
  remedy: 'Name the fields that something else sets: /spec/replicas, or .spec.template.spec.containers[].resources.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/',
  examples: { pass: ignoring('/spec/replicas'), fail: ignoring('/spec') },
  kinds: [APPLICATION, APPLICATION_SET],
  *check(resource): Iterable<Problem> {
    const found = applicationSpec(resource);
    const list = found === undefined ? undefined : valueAt(found.spec, ['ignoreDifferences']);
    if (found === undefined || !isArray(list)) return;
    for (const [index, entry] of list.entries()) {
      for (const field of ['jsonPointers', 'jqPathExpressions']) {
        const paths = valueAt(entry, [field]);
        for (const [at, path] of isArray(paths) ? paths.entries() : []) {
          if (typeof path !== 'string') continue;
          const what = whole(path.trim());
          if (what !== undefined)
            yield { path: [...found.path, 'ignoreDifferences', index, field, at], message: `"${path}" ignores ${what}` };
        }
      }
    }
  },
};

function whole(path: string): string | undefined {
  if (path === '' || path === '/' || path === '.' || path === '/*' || path === '.[]') return 'the whole object';
  return /^[/.]spec\/?$|^\.spec\[\]$|^\.\["spec"\]$/.test(path) ? 'the whole spec' : undefined;
}
