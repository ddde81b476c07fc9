import { join } from 'node:path';
import { compileMutatingPolicy, compileValidatingPolicy, uncompiled, uncompiledMutations } from '@plumbline/admission';
import { loadCelPatterns } from '@plumbline/cli';
import { isArray, isEqual, isObject, type JsonObject, type JsonValue, member, stringify } from '@plumbline/core';
import { createPolicyAsk, type PolicyVerdict, withoutMadeUp } from '../../policy-verdict.ts';
import { guarded } from '../guarded.ts';
import { readJsonLines, textOf } from '../json-lines.ts';
import type { CaseResult, Suite } from '../suite.ts';

/** Who sent the requests: the administrator of the recorded server. */
const ADMIN = { username: 'admin', uid: '', groups: ['system:masters', 'system:authenticated'] };

/** Policies held against objects as a real API server did: the verdict, what it said, and the object that came out. */
export const suite: Suite = {
  name: 'apiserver/vap',
  data: 'apiserver/vap/vap.jsonl',
  async *run(folder) {
    const ask = createPolicyAsk();
    for (const entry of readJsonLines(join(folder, suite.data))) {
      const id = textOf(entry, 'id');
      const policy = asObject(entry.policy);
      const cases = objectsIn(entry, 'cases');
      if (cases.length === 0) yield await guarded(id, () => refused(id, policy));
      const bindings = objectsIn(entry, 'bindings');
      const world = [...objectsIn(entry, 'params'), ...namespacesOf(entry)];
      for (const [index, one] of cases.entries())
        yield await guarded(`${id}/${index}`, () =>
          compare(`${id}/${index}`, ask({ policies: [policy], bindings, object: asObject(one.resource), world, userInfo: ADMIN }), one),
        );
    }
  },
};

/** A policy that the server refuses: one of its expressions does not compile. */
function refused(id: string, policy: JsonObject): CaseResult {
  const options = { minor: 36, patterns: loadCelPatterns };
  const wrong =
    policy.kind === 'MutatingAdmissionPolicy'
      ? uncompiledMutations(compileMutatingPolicy(policy, options))
      : uncompiled(compileValidatingPolicy(policy, options));
  if (wrong.length > 0) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected: 'does not compile', got: 'compiles', cause: 'a policy that the server refuses compiles' };
}

function namespacesOf(entry: JsonObject): readonly JsonObject[] {
  return Object.entries(asObject(entry.namespaces)).map(([name, labels]) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  }));
}

function compare(id: string, { denials, warnings: warned, object, unknown }: PolicyVerdict, one: JsonObject): CaseResult {
  if (unknown !== undefined) return { id, outcome: 'failed', expected: 'a verdict', got: unknown, cause: 'not evaluable' };
  const expected = member(one, 'admitted') === true ? 'admitted' : 'denied';
  const got = denials.length === 0 ? 'admitted' : 'denied';
  if (expected !== got) return { id, outcome: 'failed', expected, got: `${got}: ${denials.join('; ')}`, cause: `${got} wrongly` };
  const verdict = member(one, 'verdict');
  const wanted = saidBy(textOf(verdict, 'message'));
  if (expected === 'denied' && !denials.map(saidBy).includes(wanted))
    return { id, outcome: 'failed', expected: wanted, got: denials.join('; '), cause: 'another message' };
  const warnings = listIn(verdict, 'warnings').map((text) =>
    String(text)
      .replace(/^299 - "(.*)"$/s, '$1')
      .replace(/\\(.)/g, '$1')
      .replace(/^Validation failed for .*? with binding '.*?': /s, ''),
  );
  if (JSON.stringify(warnings) !== JSON.stringify(warned))
    return { id, outcome: 'failed', expected: warnings.join('; '), got: warned.join('; '), cause: 'other warnings' };
  const mutated = isObject(one.mutated) ? withoutMadeUp(one.mutated) : undefined;
  if (mutated === undefined || isEqual(mutated, object)) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected: stringify(mutated), got: stringify(object), cause: 'mutated otherwise' };
}

/** The text after the names of the policy and its binding. */
function saidBy(message: string): string {
  return message.replace(/^.*? denied request: /s, '');
}

function objectsIn(value: JsonValue | undefined, key: string): readonly JsonObject[] {
  return listIn(value, key).filter(isObject);
}

function listIn(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const list = member(value, key);
  return isArray(list) ? list : [];
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
