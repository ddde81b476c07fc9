import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CelType, createEnvironment, type Environment } from '@plumbline/cel';
import { isArray, isObject, type JsonObject, type JsonValue, member } from '@plumbline/core';
import { celTypeOfSchema } from '@plumbline/schema';
import { guarded } from '../guarded.ts';
import { parseExactJson } from '../json-exact.ts';
import { textOf } from '../json-lines.ts';
import type { CaseResult, Suite } from '../suite.ts';
import { loadPatterns } from './cel-value.ts';

/** Rules of custom resource definitions: those that hold, those that fail, and schemas whose rules fail at some level. */
export const suite: Suite = {
  name: 'cel/crd-validation-rules',
  data: 'cel/crd-validation-rules.json',
  async *run(folder) {
    const data = parseExactJson(readFileSync(join(folder, suite.data), 'utf8'));
    const entries = member(data, 'entries');
    for (const entry of isArray(entries) ? entries : []) {
      const id = textOf(entry, 'id');
      yield await guarded(id, () => (isObject(entry) ? judgeTable(id, entry) : { id, outcome: 'not-evaluated', cause: 'no table' }));
    }
  },
};

function judgeTable(id: string, entry: JsonObject): CaseResult {
  const schema = isObject(entry.schema) ? entry.schema : {};
  const problems =
    entry.table === 'levels'
      ? levelProblems(entry, schema)
      : ruleProblems(entry, celTypeOfSchema(schema, 'selfType', entry.isRoot === true));
  const [first] = problems;
  if (first === undefined) return { id, outcome: 'passed' };
  return { id, outcome: 'failed', expected: first.expected, got: `${first.got} (${problems.length} in all)`, cause: 'rule' };
}

interface Problem {
  readonly expected: string;
  readonly got: string;
}

/** What a rule gives: `true`, or why not. */
function verdictOf(
  environment: Environment,
  rule: string,
  self: JsonValue,
  oldSelf: JsonValue | undefined,
): { readonly text: string; readonly cost: number } {
  const compilation = environment.compile(rule);
  if (!compilation.ok) {
    const stage = compilation.stage === 'program' ? 'program instantiation failed' : 'compilation failed';
    return { text: `compile error: ${stage}: ${compilation.message}`, cost: 0 };
  }
  // A rule about a change is passed over where nothing was there before.
  const isSkipped = oldSelf === undefined && compilation.program.references.has('oldSelf');
  if (isSkipped) return { text: 'true', cost: 0 };
  const evaluation = compilation.program.evaluate({ self, ...(oldSelf === undefined ? {} : { oldSelf }) });
  if (!evaluation.ok) return { text: `${evaluation.error.message} evaluating rule: ${rule}`, cost: evaluation.cost };
  return { text: evaluation.value === true ? 'true' : 'failed rule', cost: evaluation.cost };
}

function environmentFor(type: CelType): Environment {
  const variables = [
    { name: 'self', type },
    { name: 'oldSelf', type },
  ];
  return createEnvironment({ minor: 37, variables, patterns: loadPatterns });
}

function ruleProblems(entry: JsonObject, type: CelType | undefined): readonly Problem[] {
  if (type === undefined) return [{ expected: 'a type', got: 'none' }];
  const environment = environmentFor(type);
  const problems: Problem[] = [];
  const self = entry.obj ?? null;
  for (const rule of isArray(entry.valid) ? entry.valid : []) {
    const { text, cost } = verdictOf(environment, String(rule), self, entry.oldObj);
    if (text !== 'true') problems.push({ expected: `holds: ${String(rule)}`, got: text });
    else if (entry.expectedCost !== undefined && entry.expectedCost !== cost)
      problems.push({ expected: `cost ${String(entry.expectedCost)}: ${String(rule)}`, got: `cost ${cost}` });
  }
  for (const [rule, message] of Object.entries(isObject(entry.errors) ? entry.errors : {})) {
    const { text } = verdictOf(environment, rule, self, entry.oldObj);
    if (!text.includes(String(message))) problems.push({ expected: `${String(message)}: ${rule}`, got: text });
  }
  return problems;
}

function levelProblems(entry: JsonObject, schema: JsonObject): readonly Problem[] {
  const found = [...failuresIn(schema, entry.obj ?? null, entry.oldObj, entry.isRoot === true)];
  const wanted = isArray(entry.errorsContain) ? entry.errorsContain.map(String) : [];
  if (wanted.length === 0) return found.map((got) => ({ expected: 'no error', got }));
  return wanted
    .filter((each) => !found.some((text) => `Invalid value: ${text}`.includes(each)))
    .map((expected) => ({ expected, got: found.join(' | ') }));
}

/** The rules that fail or do not compile, at each level of the schema. */
function* failuresIn(schema: JsonObject, self: JsonValue, oldSelf: JsonValue | undefined, isResource: boolean): Generator<string> {
  const type = celTypeOfSchema(schema, 'selfType', isResource);
  const ruled = [schema, ...(isArray(schema.allOf) ? schema.allOf : [])];
  for (const validation of ruled.flatMap((each) => {
    const rules = member(each, 'x-kubernetes-validations');
    return isArray(rules) ? rules : [];
  })) {
    const rule = textOf(validation, 'rule');
    const { text } = type === undefined ? { text: 'no type' } : verdictOf(environmentFor(type), rule, self, oldSelf);
    if (text === 'true') continue;
    const message = textOf(validation, 'message');
    yield text === 'failed rule' ? message || `failed rule: ${rule}` : text;
  }
  for (const [name, property] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    const value = member(self, name);
    if (isObject(property) && value !== undefined) yield* failuresIn(property, value, member(oldSelf, name), false);
  }
  if (isObject(schema.additionalProperties) && isObject(self))
    for (const [name, value] of Object.entries(self)) yield* failuresIn(schema.additionalProperties, value, member(oldSelf, name), false);
  if (isObject(schema.items) && isArray(self)) for (const item of self) yield* failuresIn(schema.items, item, undefined, false);
}
