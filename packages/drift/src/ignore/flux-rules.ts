import { isArray, isObject, type JsonObject, type JsonValue, member, valueAt } from '@plumbline/core';
import { textAt, textsAt } from './argo-differences.ts';
import type { IgnoreRule, IgnoreSubject } from './ignore-rule.ts';
import { labelSelector } from './label-selector.ts';

/** Compiles a regular expression of Go; undefined where it is none. */
export type CompilePattern = (pattern: string) => { test(text: string): boolean } | undefined;

/**
 * The rules of `spec.driftDetection.ignore` of a Flux HelmRelease, or of `spec.ignore` of a Flux Kustomization: pointers, for all objects that it
 * applies or those of a target, whose group, version, kind, namespace and name are regular expressions for the whole of them. `say` is told of
 * what is not understood.
 */
export function fluxRules(
  applier: JsonObject,
  compile: CompilePattern = plainPattern,
  say: (rule: IgnoreRule, problem: string) => void = () => {},
): readonly IgnoreRule[] {
  const isKustomization = applier.kind === 'Kustomization';
  const path = ['spec', ...(isKustomization ? [] : ['driftDetection']), 'ignore'];
  const rules = valueAt(applier, path);
  const name = textAt(member(applier, 'metadata') ?? null, 'name');
  const reason = isKustomization ? `ignore of the Kustomization "${name}"` : `driftDetection of the HelmRelease "${name}"`;
  return (isArray(rules) ? rules : []).flatMap((one, index): IgnoreRule[] => {
    if (!isObject(one)) return [];
    const rule: IgnoreRule = { exactPointers: textsAt(one, 'paths'), reason, origin: { object: applier, path: [...path, index] } };
    const target = member(one, 'target');
    if (!isObject(target)) return [rule];
    const applies = targetOf(target, compile);
    if (typeof applies === 'function') return [{ ...rule, applies }];
    say(rule, applies.problem);
    return [{ ...rule, applies: () => false }];
  });
}

function targetOf(target: JsonObject, compile: CompilePattern): ((subject: IgnoreSubject) => boolean) | { readonly problem: string } {
  const conditions: ((subject: IgnoreSubject) => boolean)[] = [];
  for (const key of ['group', 'version', 'kind', 'namespace', 'name'] as const) {
    const text = textAt(target, key);
    if (text === '') continue;
    const pattern = compile(`^(?:${text})$`);
    if (pattern === undefined) return { problem: `"${text}": this regular expression is not understood` };
    conditions.push((subject) => pattern.test(key === 'version' ? versionOf(subject.object) : (subject[key] ?? '')));
  }
  for (const [key, part] of [
    ['labelSelector', 'labels'],
    ['annotationSelector', 'annotations'],
  ] as const) {
    const text = textAt(target, key);
    if (text === '') continue;
    const matches = labelSelector(text);
    if (matches === undefined) return { problem: `"${text}": this selector is not understood` };
    conditions.push(({ object }) => matches(valueAt(object, ['metadata', part])));
  }
  return (subject) => conditions.every((holds) => holds(subject));
}

function versionOf(object: JsonObject): string {
  return textAt(object, 'apiVersion').split('/').at(-1) ?? '';
}

function plainPattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io';

/** Whether Flux leaves the whole object alone, as either side says, as a clause: it neither compares it, nor applies, nor deletes it. */
export function whyLeftByFlux(desired: JsonObject | undefined, live: JsonObject | undefined): string | undefined {
  const says = (key: string, value: string): boolean =>
    [desired, live].some((object) => object !== undefined && isMarked(object, key, value));
  if (says(`${KUSTOMIZE}/reconcile`, 'disabled')) return 'Flux leaves it alone: reconcile is disabled';
  if (says(`${KUSTOMIZE}/ssa`, 'Ignore')) return 'Flux leaves it alone: ssa is Ignore';
  if (says('helm.toolkit.fluxcd.io/driftDetection', 'disabled')) return 'Flux leaves it alone: driftDetection is disabled';
  const isThere = desired !== undefined && live !== undefined;
  return isThere && says(`${KUSTOMIZE}/ssa`, 'IfNotPresent') ? 'Flux only creates it: ssa is IfNotPresent' : undefined;
}

/** Whether Flux keeps what others added to the object. */
export function isMergedByFlux(desired: JsonObject): boolean {
  return isMarked(desired, `${KUSTOMIZE}/ssa`, 'Merge');
}

/** By a label or an annotation, in any case of letters. */
function isMarked(object: JsonObject, key: string, value: string): boolean {
  return ['annotations', 'labels'].some((part) => {
    const found: JsonValue | undefined = member(valueAt(object, ['metadata', part]), key);
    return typeof found === 'string' && found.toLowerCase() === value.toLowerCase();
  });
}
