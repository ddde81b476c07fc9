import { closest, isPlain, type Problem, type Resource, type ResourceRule } from '@plumbline/core';
import { annotation, annotationPath, entriesOf } from '../annotation.ts';

const HOOK = 'argocd.argoproj.io/hook';
const POLICY = 'argocd.argoproj.io/hook-delete-policy';
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  [HOOK]: ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip', 'PreDelete', 'PostDelete'],
  [POLICY]: ['HookSucceeded', 'HookFailed', 'BeforeHookCreation'],
};
const job = (hook: string): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: ${hook}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: registry.example.org/migrate:1.2.3
`;

export const rule: ResourceRule = {
  id: 'argo/hook-annotation',
  title: 'Hooks of Argo CD have names that it knows',
  why: 'Argo CD passes over a name that it does not know, without a word: the hook runs in no phase, or is never deleted.',
  remedy: 'Write one of the names in the message, exactly so; several are parted by commas.',
  severity: 'error',
  class: 'quality',
  set: 'core',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/',
  examples: { pass: job('PreSync'), fail: job('Presync') },
  kinds: ['*'],
  check(resource): Iterable<Problem> {
    const { object } = resource;
    if (annotation(object, HOOK) === undefined && annotation(object, POLICY) === undefined) return [];
    return [...judge(resource, HOOK, 'hook'), ...judge(resource, POLICY, 'delete policy')];
  },
};

function* judge({ object }: Resource, key: string, what: string): Iterable<Problem> {
  const text = annotation(object, key);
  if (text === undefined || !isPlain(text)) return;
  const known = KNOWN[key] ?? [];
  const entries = entriesOf(text);
  for (const entry of entries) {
    if (known.includes(entry)) continue;
    const meant = closest(entry, known);
    const path = annotationPath(key);
    yield {
      path,
      message: `"${entry}" is no ${what} of Argo CD${meant === undefined ? `, only ${known.join(', ')}` : `; did you mean "${meant}"?`}`,
      ...(meant === undefined
        ? {}
        : {
            fix: {
              title: `write ${meant}`,
              safe: false,
              changes: [{ op: 'replace' as const, path, after: entries.map((each) => (each === entry ? meant : each)).join(',') }],
            },
          }),
    };
  }
}
