import {
  apiVersionOf,
  closest,
  type GroupVersionKind,
  isEqual,
  type JsonObject,
  mayGainFields,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  toPointer,
} from '@plumbline/core';
import { type CrdIndex, type CustomKind, createCrdIndex } from './crd-index.ts';
import { judgePruned } from './crd-pruned.ts';
import { judgeDefinition } from './crd-structural.ts';
import { judgeRules } from './custom-rules/judge-rules.ts';
import { judgeFieldLife } from './field-life.ts';
import { judge, type Walk } from './judge.ts';
import { definitionsOf } from './kind-catalogue.ts';
import { judgeDeprecation, judgeLife, judgeUnknownKind } from './kind-life.ts';
import { judgeLabels, judgeNames } from './metadata.ts';
import { asAdvice, judgeByJsonSchema } from './more-schemas/judge-more.ts';
import type { MoreSchema, MoreSchemas } from './more-schemas/more-schemas.ts';
import { judgeNative } from './native/native.ts';
import { isFilledIn } from './placeholder.ts';
import { isPlain } from './quick.ts';
import { RULE_INFOS } from './rule-infos.ts';
import { type BuiltinKind, minorOf, type SchemaSet } from './schema-set.ts';
import { judgeServerFields } from './server-fields.ts';
import { judgeSizes, mayBeTooLong } from './sizes.ts';
import type { Type } from './type.ts';
import { createVerdict, refuse, skip, type Verdict } from './verdict.ts';
import { writtenAt } from './written.ts';

type Output = Problem | NotEvaluated;
const NOTHING: readonly Output[] = [];
const DEFINITION = 'apiextensions.k8s.io/CustomResourceDefinition';

/** One pass over every object, which reports what the API server itself decides under the ids of `RULE_INFOS`. */
export function createSchemaRule(schemas: SchemaSet, more?: () => MoreSchemas | undefined): ResourceRule {
  let metadataType: Type | undefined;
  const metadataOf = (): Type => {
    metadataType ??= objectMetaOf(schemas);
    return metadataType;
  };
  return {
    id: 'schema/server',
    title: 'The API server takes the object',
    why: 'What a server refuses at apply time stops a delivery half way.',
    remedy: 'Mend what the finding of the member rule says.',
    severity: 'error',
    class: 'refusal',
    set: 'core',
    members: RULE_INFOS,
    kinds: ['*'],
    check: (resource, context) => check(resource, context, schemas, metadataOf, more),
  };
}

function check(
  resource: Resource,
  context: RuleContext,
  schemas: SchemaSet,
  metadataOf: () => Type,
  more: (() => MoreSchemas | undefined) | undefined,
): Iterable<Output> {
  const { gvk } = resource;
  if (gvk.version === '') return NOTHING;
  const builtin = schemas.kindOf(gvk.group, gvk.version, gvk.kind);
  if (builtin !== undefined) return checkBuiltin(resource, builtin, context, schemas);
  const crds = crdsOf(context);
  const custom = crds.kindOf(gvk.group, gvk.kind);
  if (custom !== undefined) return checkCustom(resource, context, custom, metadataOf());
  const found = schemas.isBuiltinGroup(gvk.group) ? undefined : more?.()?.schemaOf(gvk, context.versions[0] ?? '');
  if (found !== undefined) return checkByMore(resource, context, found, metadataOf());
  if (crds.hasGroup(gvk.group)) return [{ notEvaluated: unknownKind(gvk, crds), rule: 'schema/unknown-kind' }];
  if (!schemas.isBuiltinGroup(gvk.group)) return [{ notEvaluated: unknownGroup(gvk, schemas), rule: 'schema/unknown-kind' }];
  if (isListOf(resource, schemas)) return NOTHING;
  if (gvk.group === '' && gvk.kind === 'Config' && resource.object.clusters !== undefined)
    return [{ notEvaluated: 'a kubeconfig is a file of kubectl, not an object', rule: 'schema/unknown-kind' }];
  const byVersion = context.versions.map((version) => {
    const verdict = createVerdict(isFilledIn(resource));
    judgeUnknownKind(gvk, minorOf(version), schemas, verdict);
    return verdict;
  });
  return output(context.versions, byVersion, createVerdict(isFilledIn(resource)));
}

function checkBuiltin(resource: Resource, kind: BuiltinKind, context: RuleContext, schemas: SchemaSet): Iterable<Output> {
  const { versions } = context;
  const common = createVerdict(isFilledIn(resource));
  const isServed = kind.off !== undefined && isDeclaredServed(kind, context.servedApis);
  const byLine = new Map<number, Verdict>();
  let hasAny = false;
  const byVersion: Verdict[] = [];
  for (const version of versions) {
    const minor = minorOf(version);
    const line = schemas.lineOf(kind, minor);
    const verdict = createVerdict(isFilledIn(resource));
    byVersion.push(verdict);
    if (judgeLife(kind, resource, minor, line, isServed, schemas, verdict)) continue;
    hasAny = true;
    judgeDeprecation(kind, resource, minor, schemas, verdict);
    judgeNames(resource, minor, kind.scope ?? 'Namespaced', verdict);
    let form = byLine.get(line);
    if (form === undefined) {
      form = createVerdict(isFilledIn(resource));
      const type = schemas.typeAt(line);
      if (!isPlain(resource.object, type)) {
        judge(resource.object, type, [], walkOf(resource, form, true, true));
        judgeFieldLife(form, kind, minor, schemas);
      }
      byLine.set(line, form);
    }
    merge(verdict, form);
    judgeNative(resource, minor, verdict);
  }
  if (hasAny) {
    judgeCommon(resource, true, common);
    if (kind.kind === 'CustomResourceDefinition' && kind.group === 'apiextensions.k8s.io') {
      judgeDefinition(resource, common);
      judgePruned(resource, common);
    }
  }
  return output(versions, byVersion, common);
}

/** By a schema that is not in the repository: what it proves depends on whose it is. */
function checkByMore(resource: Resource, context: RuleContext, more: MoreSchema, metadata: Type): Iterable<Output> {
  const verdict = createVerdict(isFilledIn(resource));
  switch (more.form) {
    case 'definition':
      return checkCustom(resource, context, more.kind, metadata);
    case 'missing':
      return [{ notEvaluated: more.why, rule: 'schema/unknown-kind' }];
    case 'json-schema':
      return judgeByJsonSchema(resource, more.validate, more.from);
    case 'types':
      judge(resource.object, more.type, [], { ...walkOf(resource, verdict, false, true), formOnly: true });
      return asAdvice(verdict, more.from);
  }
}

function checkCustom(resource: Resource, context: RuleContext, kind: CustomKind, metadata: Type): Iterable<Output> {
  const { gvk } = resource;
  const verdict = createVerdict(isFilledIn(resource));
  const version = kind.versions.get(gvk.version);
  if (version === undefined || !version.isServed) {
    const served = [...kind.versions.values()].filter((one) => one.isServed).map((one) => one.name);
    const what = version === undefined ? `has no version "${gvk.version}"` : `does not serve version "${gvk.version}"`;
    refuse(verdict, 'schema/unknown-kind', ['apiVersion'], `the definition of ${gvk.kind} ${what}, only ${served.join(', ')}`);
    return output(context.versions, [], verdict);
  }
  if (version.isDeprecated) {
    const message = version.deprecationWarning ?? `${gvk.group}/${gvk.version} ${gvk.kind} is deprecated`;
    verdict.problems.push({ rule: 'api/deprecated', path: ['apiVersion'], message, class: 'server-warning', severity: 'warning' });
  }
  judgeNames(resource, 0, kind.scope, verdict);
  const type = version.type(metadata);
  if (type === undefined) skip(verdict, 'schema/invalid', 'the definition has no schema for the version');
  else if (!isPlain(resource.object, type)) judge(resource.object, type, [], walkOf(resource, verdict, false, version.hasStatus));
  if (version.hasOddPattern) skip(verdict, 'schema/invalid', 'a pattern of the definition does not compile');
  if (version.hasExpressions) {
    const isSound = verdict.problems.every((problem) => problem.class !== 'refusal');
    if (mayGainFields(resource) || isFilledIn(resource)) skip(verdict, 'schema/cel-rule', 'a build that was not run may change the object');
    // A server runs the rules once everything else holds.
    else if (isSound) judgeRules(resource.object, version, minorOf(context.versions[0] ?? ''), verdict, changedFrom(resource, context));
  }
  judgeCommon(resource, false, verdict);
  return output(context.versions, [], verdict);
}

/** What the object was before; null where it is new or did not change, undefined where that is not known, or it was of another version. */
function changedFrom(resource: Resource, { before }: RuleContext): JsonObject | null | undefined {
  const old = before?.(resource);
  if (old === undefined || old === null) return old;
  if (old === resource.object || isEqual(old, resource.object)) return null;
  return old.apiVersion === resource.object.apiVersion ? old : undefined;
}

function judgeCommon(resource: Resource, isBuiltin: boolean, verdict: Verdict): void {
  judgeLabels(resource, isBuiltin, verdict);
  judgeServerFields(resource, verdict);
  if (mayBeTooLong(resource)) judgeSizes(resource, verdict);
}

function walkOf(resource: Resource, verdict: Verdict, isBuiltin: boolean, dropsStatus: boolean): Walk {
  return {
    verdict,
    isBuiltin,
    hidesValues: resource.gvk.kind === 'Secret',
    writtenAt: (path) => writtenAt(resource, path),
    mayGainFields: mayGainFields(resource),
    above: [],
    dropsStatus,
    formOnly: false,
  };
}

function unknownKind({ group, kind }: GroupVersionKind, crds: CrdIndex): string {
  const there = crds.kindsOf(group).map((one) => one.kind);
  return `no definition of kind "${kind}" is in sight, only of ${there.sort().join(', ')} in its group`;
}

function unknownGroup({ group, kind }: GroupVersionKind, schemas: SchemaSet): string {
  const groups = schemas.kinds().filter((one) => one.kind === kind && one.group !== '' && !one.off);
  const near = closest(
    group,
    groups.map((one) => one.group),
  );
  return `no schema of group "${group}" is in sight${near === undefined ? '' : `, did you mean "${near}"?`}`;
}

/** `ConfigMapList` and its like: their items are judged one by one. */
function isListOf(resource: Resource, schemas: SchemaSet): boolean {
  const { group, version, kind } = resource.gvk;
  if (!kind.endsWith('List')) return false;
  return (kind === 'List' && group === '') || schemas.kindOf(group, version, kind.slice(0, -4)) !== undefined;
}

function objectMetaOf(schemas: SchemaSet): Type {
  const kind = schemas.kindOf('', 'v1', 'ConfigMap');
  const newest = minorOf(schemas.versions[0] ?? '');
  const field = kind && schemas.typeAt(schemas.lineOf(kind, newest)).fields?.get('metadata');
  if (field === undefined) throw new Error('the schema data has no ConfigMap');
  return field.type ?? field.table?.read(field.text) ?? (field.type as never);
}

const indexes = new WeakMap<object, CrdIndex>();

function crdsOf(context: RuleContext): CrdIndex {
  const known = definitionsOf(context.kinds) ?? indexes.get(context.inventory);
  if (known !== undefined) return known;
  const index = createCrdIndex(context.inventory.byKind(DEFINITION));
  indexes.set(context.inventory, index);
  return index;
}

function isDeclaredServed(kind: BuiltinKind, served: readonly string[] | undefined): boolean {
  if (served === undefined) return false;
  const api = apiVersionOf(kind);
  return served.includes(api) || served.includes(`${api}/${kind.kind}`);
}

function merge(into: Verdict, from: Verdict): void {
  for (const problem of from.problems) into.problems.push(problem);
  for (const [rule, reasons] of from.skipped ?? []) for (const reason of reasons) skip(into, rule, reason);
}

/** Of one value once: a server that refuses it does not warn of it as well, and what has the wrong type is not missing. */
function withoutEchoes(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length < 2) return problems;
  const pointersOf = (isMeant: (problem: Problem) => boolean): ReadonlySet<string> =>
    new Set(problems.filter(isMeant).map(({ path }) => toPointer(path ?? [])));
  const refused = pointersOf((problem) => problem.class === 'refusal');
  const mistyped = pointersOf(({ rule }) => rule === 'schema/wrong-type');
  return problems.filter(({ class: kind, rule, path }) => {
    const pointer = toPointer(path ?? []);
    if (kind === 'server-warning') return !refused.has(pointer);
    return rule !== 'schema/missing-required' || !mistyped.has(pointer);
  });
}

/** Equal problems of several versions are one; `versions` says which where it is not all. */
function output(versions: readonly string[], byVersion: readonly Verdict[], common: Verdict): Iterable<Output> {
  const one = byVersion.length === 1 ? byVersion[0] : undefined;
  if (
    byVersion.length <= 1 &&
    (one === undefined || one.problems.length === 0) &&
    common.problems.length === 0 &&
    common.skipped === undefined &&
    one?.skipped === undefined
  )
    return NOTHING;
  const merged = new Map<string, { problem: Problem; versions: string[] }>();
  byVersion.forEach((verdict, index) => {
    for (const problem of withoutEchoes(verdict.problems)) {
      const key = `${problem.rule}\n${toPointer(problem.path ?? [])}\n${problem.message}`;
      const known = merged.get(key);
      if (known) known.versions.push(versions[index] ?? '');
      else merged.set(key, { problem, versions: [versions[index] ?? ''] });
    }
    for (const [rule, reasons] of verdict.skipped ?? []) for (const reason of reasons) skip(common, rule, reason);
  });
  const result: Output[] = [];
  for (const { problem, versions: held } of merged.values())
    result.push(held.length === versions.length ? problem : { ...problem, versions: held });
  for (const problem of common.problems) result.push(problem);
  for (const [rule, reasons] of common.skipped ?? []) for (const notEvaluated of reasons) result.push({ notEvaluated, rule });
  return result;
}
