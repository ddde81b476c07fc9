import { join } from 'node:path';
import {
  type AdmissionRequest,
  asCreated,
  ask,
  asReceived,
  compileMutatingPolicy,
  compileValidatingPolicy,
  denialOf,
  type MutationResult,
  mutate,
  type Outcome,
  uncompiled,
  uncompiledMutations,
  type World,
} from '@plumbline/admission';
import { loadCelPatterns, openSchemas } from '@plumbline/cli';
import {
  isArray,
  isEqual,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  parseGvk,
  type Resource,
  setMember,
  stringify,
  valueAt,
} from '@plumbline/core';
import { topologyOf } from '@plumbline/schema';
import { guarded } from '../guarded.ts';
import { readJsonLines, textOf } from '../json-lines.ts';
import type { CaseResult, Suite } from '../suite.ts';

const VERSION = '1.37';
/** New expressions may use what the release before has. */
const MINOR = 36;

/** Policies held against objects as a real API server did: the verdict, and what it said. */
export const suite: Suite = {
  name: 'apiserver/vap',
  data: 'apiserver/vap/vap.jsonl',
  async *run(folder) {
    const judge = createJudge();
    for (const entry of readJsonLines(join(folder, suite.data))) {
      const id = textOf(entry, 'id');
      const cases = objectsIn(entry, 'cases');
      if (cases.length === 0) yield await guarded(id, () => judge.refusedPolicy(id, entry));
      for (const [index, one] of cases.entries()) yield await guarded(`${id}/${index}`, () => judge.verdict(`${id}/${index}`, entry, one));
    }
  },
};

interface VapJudge {
  refusedPolicy(id: string, entry: JsonObject): CaseResult;
  verdict(id: string, entry: JsonObject, one: JsonObject): CaseResult;
}

function createJudge(): VapJudge {
  const schemas = openSchemas();
  const defaults = schemas.defaults();
  const kinds = schemas.catalogue([]);
  const options = { minor: MINOR, patterns: loadCelPatterns };

  const defaulted = (object: JsonObject): JsonObject => defaults.asStored(object, VERSION);

  function requestOf(written: JsonObject, arrive: (object: JsonObject) => JsonObject): AdmissionRequest {
    const object = arrive(defaulted(written));
    const gvk = parseGvk(textOf(object, 'apiVersion'), textOf(object, 'kind'));
    const types = schemas.requestedTypes(gvk, MINOR, kinds);
    if (types === undefined) throw new Error(`no kind ${gvk.kind}`);
    const name = textOf(object.metadata, 'name');
    const isNamespace = gvk.kind === 'Namespace';
    const namespace = isNamespace ? name : types.type.isNamespaced ? textOf(object.metadata, 'namespace') || 'default' : '';
    return { ...types, subresource: '', name, namespace, operation: 'CREATE', object, oldObject: null, userInfo: ADMIN };
  }

  return {
    refusedPolicy(id, entry) {
      const policy = asObject(entry.policy);
      const wrong = isMutating(policy)
        ? uncompiledMutations(compileMutatingPolicy(policy, options))
        : uncompiled(compileValidatingPolicy(policy, options));
      if (wrong.length > 0) return { id, outcome: 'passed' };
      return { id, outcome: 'failed', expected: 'does not compile', got: 'compiles', cause: 'a policy that the server refuses compiles' };
    },
    verdict(id, entry, one) {
      const policy = asObject(entry.policy);
      const written = asObject(one.resource);
      const bindings = objectsIn(entry, 'bindings');
      const world = worldOf(entry, kinds.scopeOf);
      if (isMutating(policy)) {
        const result = mutate([compileMutatingPolicy(policy, options)], bindings, requestOf(written, asReceived), world, {
          topologyOf(object) {
            const known = schemas.types(VERSION)(object);
            return known === undefined ? undefined : topologyOf(known.type);
          },
          defaulted,
          admittedAgain: asReceived,
        });
        return compareMutated(id, { ...result, object: asCreated(defaulted(result.object)) }, one);
      }
      return compare(id, ask(compileValidatingPolicy(policy, options), bindings, requestOf(written, asCreated), world), one);
    },
  };
}

function isMutating(policy: JsonObject): boolean {
  return textOf(policy, 'kind') === 'MutatingAdmissionPolicy';
}

/** Who sent the requests: the administrator of the recorded server. */
const ADMIN = { username: 'admin', uid: '', groups: ['system:masters', 'system:authenticated'] };

function worldOf(entry: JsonObject, scopeOf: (gvk: Resource['gvk']) => 'Namespaced' | 'Cluster' | undefined): World {
  return {
    namespace(name) {
      const labels = member(entry.namespaces, name);
      return isObject(labels) ? { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } } : undefined;
    },
    params(apiVersion, kind) {
      const scope = scopeOf(parseGvk(apiVersion, kind));
      const objects = objectsIn(entry, 'params').filter((one) => textOf(one, 'kind') === kind);
      const isNamespaced =
        scope === undefined ? objects.some(({ metadata }) => textOf(metadata, 'namespace') !== '') : scope === 'Namespaced';
      return { isNamespaced, objects };
    },
  };
}

function compare(id: string, outcomes: readonly Outcome[], one: JsonObject): CaseResult {
  const unknown = outcomes.find(({ decision }) => decision.outcome === 'unknown');
  if (unknown !== undefined) return { id, outcome: 'failed', expected: 'a verdict', got: unknown.decision.message, cause: 'not evaluable' };
  const failing = outcomes.filter(
    ({ decision, policy }) => decision.outcome === 'deny' || (decision.outcome === 'error' && !policy.ignoresErrors),
  );
  const by = (action: 'Deny' | 'Warn'): string[] =>
    failing.filter(({ actions }) => actions.includes(action)).map(({ decision }) => decision.message);
  const denied = by('Deny');
  const expected = member(one, 'admitted') === true ? 'admitted' : 'denied';
  const got = denied.length === 0 ? 'admitted' : 'denied';
  if (expected !== got) return { id, outcome: 'failed', expected, got: `${got}: ${denied.join('; ')}`, cause: `${got} wrongly` };
  const verdict = member(one, 'verdict');
  const wanted = textOf(verdict, 'message').replace(/^.*? denied request: /s, '');
  if (expected === 'denied' && !denied.includes(wanted))
    return { id, outcome: 'failed', expected: wanted, got: denied.join('; '), cause: 'another message' };
  const warnings = listIn(verdict, 'warnings').map((text) =>
    String(text)
      .replace(/^299 - "(.*)"$/s, '$1')
      .replace(/\\(.)/g, '$1')
      .replace(/^Validation failed for .*? with binding '.*?': /s, ''),
  );
  const warned = by('Warn');
  if (JSON.stringify(warnings) !== JSON.stringify(warned))
    return { id, outcome: 'failed', expected: warnings.join('; '), got: warned.join('; '), cause: 'other warnings' };
  return { id, outcome: 'passed' };
}

/** The object that came out, or the first denial. */
function compareMutated(id: string, { object, failures }: MutationResult, one: JsonObject): CaseResult {
  const unknown = failures.find(({ outcome }) => outcome === 'unknown');
  if (unknown !== undefined) return { id, outcome: 'failed', expected: 'a verdict', got: unknown.message, cause: 'not evaluable' };
  const denials = failures.filter(({ policy }) => !policy.ignoresErrors).map(denialOf);
  if (member(one, 'admitted') !== true) {
    const expected = textOf(member(one, 'verdict'), 'message');
    if (denials.some((denial) => expected.endsWith(denial))) return { id, outcome: 'passed' };
    return {
      id,
      outcome: 'failed',
      expected,
      got: denials.join('; '),
      cause: denials.length === 0 ? 'admitted wrongly' : 'another message',
    };
  }
  if (denials.length > 0) return { id, outcome: 'failed', expected: 'admitted', got: denials.join('; '), cause: 'denied wrongly' };
  const expected = withoutAllocated(asObject(one.mutated));
  const got = withoutAllocated(object);
  if (isEqual(expected, got)) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected: stringify(expected), got: stringify(got), cause: 'mutated otherwise' };
}

/** Without what a server makes up for each object: identity, times, owners of fields. */
function withoutAllocated(object: JsonObject): JsonObject {
  const metadata: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(asObject(object.metadata)))
    if (!['uid', 'creationTimestamp', 'managedFields', 'resourceVersion'].includes(key)) setMember(metadata, key, value);
  return { ...object, metadata };
}

function objectsIn(value: JsonValue | undefined, key: string): readonly JsonObject[] {
  return listIn(value, key).filter(isObject);
}

function listIn(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = valueAt(value, [key]);
  return isArray(list) ? list : [];
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
