import { closest, type FieldPath, isArray, isPlain, type Problem, type ResourceRule, valueAt } from '@plumbline/core';
import { annotation, annotationPath, entriesOf } from '../annotation.ts';
import { applicationSpec } from '../application-spec.ts';
import { application } from '../examples.ts';

const ANNOTATION = 'argocd.argoproj.io/sync-options';
const both = ['true', 'false'];
/** What Argo CD looks for, letter by letter. */
const OF_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  Prune: ['true', 'false', 'confirm'],
  Delete: ['true', 'false', 'confirm'],
  Validate: both,
  SkipDryRunOnMissingResource: both,
  PruneLast: both,
  Replace: both,
  Force: both,
  ServerSideApply: both,
  ClientSideApplyMigration: both,
};
const OF_APPLICATIONS: Readonly<Record<string, readonly string[]>> = {
  ...OF_OBJECTS,
  CreateNamespace: both,
  PrunePropagationPolicy: ['foreground', 'background', 'orphan'],
  ApplyOutOfSyncOnly: both,
  FailOnSharedResource: both,
  RespectIgnoreDifferences: both,
  DisableClientSideApplyMigration: both,
};

/** An option of a name that is like no other is left alone: a newer Argo CD may know it. */
export const rule: ResourceRule = {
  id: 'argo/sync-options',
  title: 'Options of a sync are ones that Argo CD knows, and do not rule each other out',
  why: 'Argo CD compares options letter by letter and passes over what it does not know, without a word.',
  remedy:
    'Write Name=value, without spaces, as in the message. Where "Replace" is wanted, take "ServerSideApply" away: it is not used then.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/',
  examples: {
    pass: application(['path: apps'], ['syncPolicy:', '  syncOptions:', '    - CreateNamespace=true']),
    fail: application(['path: apps'], ['syncPolicy:', '  syncOptions:', '    - createNamespace=true']),
  },
  kinds: ['*'],
  check(resource): Iterable<Problem> {
    const { gvk, object } = resource;
    const text = annotation(object, ANNOTATION);
    const problems: Problem[] = [];
    if (text !== undefined && isPlain(text)) {
      const path = annotationPath(ANNOTATION);
      const entries = entriesOf(text);
      problems.push(
        ...judge(
          entries,
          OF_OBJECTS,
          () => path,
          (entry, meant) => entries.map((each) => (each === entry ? meant : each)).join(','),
        ),
      );
    }
    if (gvk.group === 'argoproj.io' && (gvk.kind === 'Application' || gvk.kind === 'ApplicationSet')) {
      const found = applicationSpec(resource);
      const path: FieldPath = [...(found?.path ?? []), 'syncPolicy', 'syncOptions'];
      const options = found === undefined ? undefined : valueAt(object, path);
      if (isArray(options)) {
        const entries = options.map((option) => (typeof option === 'string' ? option : ''));
        problems.push(
          ...judge(
            entries,
            OF_APPLICATIONS,
            (index) => [...path, index],
            (_, meant) => meant,
          ),
        );
      }
    }
    return problems;
  },
};

function* judge(
  entries: readonly string[],
  known: Readonly<Record<string, readonly string[]>>,
  at: (index: number) => FieldPath,
  mended: (entry: string, meant: string) => string,
): Iterable<Problem> {
  for (const [index, entry] of entries.entries()) {
    if (!isPlain(entry)) continue;
    const meant = meantBy(entry, known);
    const path = at(index);
    if (meant !== undefined) {
      yield {
        path,
        message: `"${entry}" is no option that Argo CD knows; did you mean "${meant}"?`,
        fix: { title: `write ${meant}`, safe: false, changes: [{ op: 'replace', path, after: mended(entry, meant) }] },
      };
    } else if (entry === 'ServerSideApply=true' && entries.includes('Replace=true'))
      yield { path, message: '"ServerSideApply=true" is not used beside "Replace=true"' };
  }
}

/** What a wrong option is nearest to; undefined for a right one, and for one that is like none. */
function meantBy(entry: string, known: Readonly<Record<string, readonly string[]>>): string | undefined {
  const [name = '', value = ''] = entry.split('=').map((part) => part.trim());
  const right = Object.hasOwn(known, name) ? name : closest(name, Object.keys(known));
  if (right === undefined) return undefined;
  const values = known[right] ?? [];
  const rightValue = values.includes(value)
    ? value
    : (closest(value, values) ?? (values.includes('true') && value === '' ? 'true' : undefined));
  if (rightValue === undefined || `${right}=${rightValue}` === entry) return undefined;
  return `${right}=${rightValue}`;
}
