import { type FieldPath, POD_KINDS, type Problem, type ResourceRule, type Stage, valueAt } from '@plumbline/core';
import { allowed } from '../allowed.ts';
import { HOST_KINDS } from '../hosts.ts';
import { isOwnHost, nameOfStage, placesIn, stageOfNameWords } from '../named-environment.ts';
import { NOTHING } from '../nothing.ts';
import { namesOf, textsOf } from '../texts.ts';

export const rule: ResourceRule = {
  id: 'env/cross-env-leak',
  title: 'No environment uses what belongs to another',
  why: 'A host, bucket or Secret that is called after another environment ties the two together: LIVE depends on what may be switched off or hold test data, or tests write to what customers use.',
  remedy:
    'Set the value of this environment in its overlay, or name the value in the option `allowed` of the rule (a list; * stands for any text).',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  kinds: ['ConfigMap', 'Service', ...HOST_KINDS, ...POD_KINDS, 'helm.toolkit.fluxcd.io/HelmRelease'],
  scope: 'environments',
  check(resource, context) {
    const { environments, options } = context;
    const here = environments.of(resource);
    const own = here?.stage;
    if (here === undefined || own === undefined) return NOTHING;
    const isAllowed = allowed(options);
    const problems: Problem[] = [];
    const put = (path: FieldPath, what: string, text: string, stage: Stage): void => {
      const other = stage === own ? undefined : nameOfStage(stage, environments);
      if (other === undefined || isAllowed(text)) return;
      problems.push({
        path,
        message: `${what} "${text}" is called after ${other}, and used in ${here.name}`,
        ...(own === 'live' || stage === 'live' ? {} : { severity: 'warning' as const }),
      });
    };
    for (const { key, text, path } of textsOf(resource)) {
      for (const { what, text: place, stage } of placesIn(text)) {
        // A key that names the environment, too, means it.
        if (stage === own || stageOfNameWords(key) === stage) continue;
        if (what === 'bucket' || isOwnHost(place, stage, resource, environments)) put(path, what, place, stage);
      }
    }
    const counterparts = environments.counterparts(resource);
    for (const { text, path } of namesOf(resource)) {
      const stage = stageOfNameWords(text);
      // A name alone may mean anything; the same name where it belongs tells what it means.
      const isTheirs = counterparts.some(
        ({ environment, resource: other }) => environment.stage === stage && valueAt(other.object, path) === text,
      );
      if (stage !== undefined && isTheirs) put(path, whatIs(path), text, stage);
    }
    return problems;
  },
};

function whatIs(path: FieldPath): string {
  if (path.includes('persistentVolumeClaim')) return 'PersistentVolumeClaim';
  return path.some((step) => typeof step === 'string' && step.startsWith('configMap')) ? 'ConfigMap' : 'Secret';
}
