import { type Bindings, CelError, fromJson, NO_OPTIONAL, OptionalValue } from '@plumbline/cel';
import {
  type FieldPath,
  isArray,
  isEqual,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  parseGvk,
  type Resource,
} from '@plumbline/core';
import { type CrdIndex, createCrdIndex } from '../crd-index.ts';
import { fillCustom } from '../defaults/custom.ts';
import { copyOfObject } from '../defaults/draft.ts';
import { type CustomRule, type RuledLevel, rulesOf } from './rules-of.ts';

// k8s.io/apiserver/pkg/apis/cel: what one call may cost.
const EACH = 1_000_000;

/** A rule about a change that a server refuses it for. */
export interface RefusedChange {
  /** Where the rule looks, in the object after the change. */
  readonly path: FieldPath;
  readonly message: string;
}

/** Judges changes of the custom resources that the definitions define. */
export function changeJudge(
  definitions: readonly Resource[],
  minor: number,
): (after: JsonObject, before: JsonObject) => readonly RefusedChange[] {
  let kinds: CrdIndex | undefined;
  return (after, before) => {
    const { apiVersion, kind } = after;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
    const { group, version } = parseGvk(apiVersion, kind);
    kinds ??= createCrdIndex(definitions);
    const found = kinds.kindOf(group, kind)?.versions.get(version);
    if (found?.schema === undefined || !found.hasExpressions) return [];
    const filled = copyOfObject(after);
    fillCustom(filled, found.schema);
    return judgeChange(filled, before, found.schema, minor);
  };
}

/**
 * Holds a change of a custom resource against the rules of its definition that compare with what was before (`oldSelf`), as a server does on
 * update. What cannot be evaluated is passed over: this tells what is surely refused.
 */
export function judgeChange(after: JsonObject, before: JsonObject, schema: JsonObject, minor: number): readonly RefusedChange[] {
  const level = rulesOf(schema, minor);
  const refused: RefusedChange[] = [];
  if (level !== undefined) walk(after, before, level, schema, [], refused);
  return refused;
}

function walk(
  self: JsonValue | undefined,
  old: JsonValue | undefined,
  level: RuledLevel,
  schema: JsonValue | undefined,
  path: FieldPath,
  refused: RefusedChange[],
): void {
  // What did not change is not judged again.
  if (self === undefined || self === null || (old !== undefined && isEqual(self, old))) return;
  for (const rule of level.rules) {
    const message = rule.isTransition ? refusal(self, old ?? undefined, rule) : undefined;
    if (message !== undefined) refused.push({ path: [...path, ...rule.fieldPath], message });
  }
  if (isArray(self)) {
    if (level.each === undefined) return;
    const items = member(schema, 'items');
    for (const [index, item] of self.entries()) walk(item, itemLike(item, old, schema), level.each, items, [...path, index], refused);
    return;
  }
  if (!isObject(self)) return;
  const before = isObject(old) ? old : undefined;
  const properties = member(schema, 'properties');
  for (const [name, below] of level.members)
    walk(member(self, name), member(before, name), below, member(properties, name), [...path, name], refused);
  if (level.each === undefined) return;
  const values = member(schema, 'additionalProperties');
  for (const name of Object.keys(self))
    if (!level.members.has(name)) walk(self[name], member(before, name), level.each, values, [...path, name], refused);
}

/** What an item was before: of a list with keys the one with the same; of others a server does not know. */
function itemLike(item: JsonValue, old: JsonValue | undefined, schema: JsonValue | undefined): JsonValue | undefined {
  const keys = member(schema, 'x-kubernetes-list-map-keys');
  if (member(schema, 'x-kubernetes-list-type') !== 'map' || !isArray(keys) || !isArray(old)) return undefined;
  const isSame = (other: JsonValue): boolean =>
    keys.every((key) => typeof key === 'string' && isEqual(member(item, key) ?? null, member(other, key) ?? null));
  return old.find(isSame);
}

function refusal(self: JsonValue, old: JsonValue | undefined, rule: CustomRule): string | undefined {
  const { program } = rule;
  if (program === undefined || (old === undefined && !rule.takesOptionalOld)) return undefined;
  const given = old === undefined ? undefined : fromJson(old, rule.selfType);
  if (given instanceof CelError) return undefined;
  const optional = given === undefined ? NO_OPTIONAL : new OptionalValue(given);
  const bindings: Bindings = { self, oldSelf: rule.takesOptionalOld ? optional : old };
  const evaluation = program.evaluate(bindings, { costLimit: EACH });
  if (!evaluation.ok || evaluation.value !== false) return undefined;
  const named = rule.messageProgram?.evaluate(bindings, { costLimit: EACH });
  const text = named?.ok === true && typeof named.value === 'string' ? named.value.trim() : '';
  if (text !== '' && !text.includes('\n')) return text;
  return rule.message === '' ? `failed rule: ${rule.rule.trim()}` : rule.message;
}
