import { isArray, isObject, type JsonObject, member, valueAt } from '@plumbline/core';
import { textAt, textsAt } from './argo-differences.ts';
import type { IgnoreRule } from './ignore-rule.ts';

/** The rules of `spec.driftDetection.ignore` of a Flux HelmRelease: pointers, for all objects of the release or those of a target. */
export function fluxRules(release: JsonObject): readonly IgnoreRule[] {
  const rules = valueAt(release, ['spec', 'driftDetection', 'ignore']);
  const name = textAt(member(release, 'metadata') ?? null, 'name');
  return (isArray(rules) ? rules : []).filter(isObject).map((rule): IgnoreRule => {
    const target = member(rule, 'target');
    const of = (key: string): string => (isObject(target) ? textAt(target, key) : '');
    const said = ['group', 'kind', 'namespace', 'name'].filter((key) => of(key) !== '').map((key) => [key, of(key)]);
    return {
      // Flux takes regular expressions for names; those that are more than a name with `.*` in it are kept as they are.
      target: Object.fromEntries(said.map(([key = '', value = '']) => [key, value.replace(/^\^|\$$/g, '').replaceAll('.*', '*')])),
      pointers: textsAt(rule, 'paths').map((path) => (path === '' ? '/**' : path)),
      reason: `driftDetection of the HelmRelease "${name}"`,
    };
  });
}

/** Whether the whole object is left alone: `kustomize.toolkit.fluxcd.io/reconcile: disabled`, `helm.toolkit.fluxcd.io/driftDetection: disabled`. */
export function isLeftAloneByFlux(object: JsonObject): boolean {
  return ['kustomize.toolkit.fluxcd.io/reconcile', 'helm.toolkit.fluxcd.io/driftDetection'].some((key) =>
    ['annotations', 'labels'].some((part) => valueAt(object, ['metadata', part, key]) === 'disabled'),
  );
}
