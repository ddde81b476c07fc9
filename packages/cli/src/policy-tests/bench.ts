import {
  type AdmissionRequest,
  asCreated,
  ask,
  asReceived,
  compileMutatingPolicy,
  compileValidatingPolicy,
  mutate,
  type Outcome,
  type RequestTypes,
  type UserInfo,
  type ValidatingPolicy,
  type World,
  worldOfObjects,
} from '@plumbline/admission';
import { isEqual, isObject, type JsonObject, type JsonValue, type KindCatalogue, member, parseGvk, type Resource } from '@plumbline/core';
import { deducedTopology, type SchemaSource, topologyOf } from '@plumbline/schema';
import { loadCelPatterns } from '../load-patterns.ts';
import { asKyvernoReads } from './kyverno-policy.ts';
import type { CaseResult, Dialect, PolicyCase, PolicyTest, Verdict } from './policy-test.ts';

/** Runs the cases of a test for a minor of Kubernetes. */
export function runTest(test: PolicyTest, schemas: SchemaSource, version: string): readonly CaseResult[] {
  const bench = new Bench(test, schemas, version);
  return test.cases.map((one): CaseResult => {
    const { name, file, line, column } = one;
    return { test: test.file, name, file, line, column, ...bench.judge(one) };
  });
}

interface Judged {
  readonly outcome: CaseResult['outcome'];
  readonly reason?: string;
}

/** What policies make of an object. */
interface Came {
  readonly verdict: Verdict;
  readonly messages: readonly string[];
  readonly object: JsonObject;
  /** Why it is not known. */
  readonly unknown: string | undefined;
}

/** From the hardest on: what one policy says wins over what another admits. */
const RANK: readonly Verdict[] = ['error', 'deny', 'warn', 'audit', 'admit', 'skip'];

class Bench {
  readonly #test: PolicyTest;
  readonly #schemas: SchemaSource;
  readonly #version: string;
  readonly #kinds: KindCatalogue;
  readonly #definitions: readonly Resource[];
  readonly #world: World;
  readonly #policies: readonly JsonObject[];
  readonly #compiled = new Map<JsonObject, ValidatingPolicy>();

  constructor(test: PolicyTest, schemas: SchemaSource, version: string) {
    this.#test = test;
    this.#schemas = schemas;
    this.#version = version;
    // Of a definition nothing but the object is read.
    this.#definitions = test.objects.flatMap((object) =>
      object.kind === 'CustomResourceDefinition' ? [{ object } as unknown as Resource] : [],
    );
    this.#kinds = schemas.catalogue(this.#definitions);
    this.#world = worldOfObjects(test.objects, this.#kinds);
    this.#policies = test.dialect === 'kyverno' ? test.policies.map(asKyvernoReads) : test.policies;
  }

  judge(one: PolicyCase): Judged {
    const { subject, expected } = one;
    if ('notEvaluated' in subject) return { outcome: 'not-evaluated', reason: subject.notEvaluated };
    if ('missing' in subject) return { outcome: 'failed', reason: subject.missing };
    const types = this.#typesOf(subject.object);
    if (types === undefined) return { outcome: 'not-evaluated', reason: `nothing defines the kind ${textIn(subject.object, 'kind')}` };
    const came = this.#ask(subject.object, types, one.policy);
    if (came.unknown !== undefined) return { outcome: 'not-evaluated', reason: came.unknown };
    const said = came.messages.length === 0 ? '' : `: ${came.messages.join('; ')}`;
    if (!expected.includes(came.verdict))
      return { outcome: 'failed', reason: `expected ${expected.join(' or ')}, but it is ${SHOWN[came.verdict]}${said}` };
    if (one.message !== undefined && !came.messages.includes(one.message))
      return {
        outcome: 'failed',
        reason: `expected the message ${JSON.stringify(one.message)}, not ${came.messages.map((text) => JSON.stringify(text)).join(', ') || 'none'}`,
      };
    const other = one.mutated === undefined ? undefined : this.#difference(came.object, one.mutated);
    return other === undefined ? { outcome: 'passed' } : { outcome: 'failed', reason: `the object comes out otherwise: ${other}` };
  }

  #ask(written: JsonObject, types: RequestTypes, name: string | undefined): Came {
    const isAsked = ({ metadata }: JsonObject): boolean => name === undefined || member(metadata, 'name') === name;
    const asked = this.#policies.filter(isAsked);
    const found: Verdict[] = [];
    const messages: string[] = [];
    const options = { minor: Number(this.#version.split('.')[1]) - 1, patterns: loadCelPatterns };
    const bindingsOf = (policy: JsonObject): readonly JsonObject[] => bindingsFor(policy, this.#policies);
    const mutating = asked.filter(({ kind }) => kind === 'MutatingAdmissionPolicy');
    const isServers = this.#test.dialect === 'server';
    const received = isServers ? asReceived(this.#defaulted(written)) : written;
    const result = mutate(
      mutating.map((policy) => compileMutatingPolicy(policy, options)),
      mutating.flatMap(bindingsOf),
      this.#requestOf(received, types),
      this.#world,
      {
        topologyOf: (object) => this.#topologyOf(object),
        defaulted: (object) => (isServers ? this.#defaulted(object) : object),
        ...(isServers ? { admittedAgain: asReceived } : {}),
      },
    );
    let unknown: string | undefined;
    for (const { policy, outcome, message } of result.failures) {
      if (outcome === 'unknown') unknown ??= message;
      else if (!policy.ignoresErrors || !isServers) {
        found.push(isServers ? 'deny' : 'error');
        messages.push(message);
      }
    }
    if (result.invoked.length > 0) found.push('admit');
    const object = isServers ? asCreated(this.#defaulted(result.object)) : result.object;
    const request = this.#requestOf(object, types);
    for (const policy of asked.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')) {
      for (const outcome of ask(this.#validating(policy, options), bindingsOf(policy), request, this.#world)) {
        if (outcome.decision.outcome === 'unknown') unknown ??= outcome.decision.message;
        const verdict = verdictOf(outcome, policy, this.#test.dialect);
        found.push(verdict);
        if (verdict !== 'admit') messages.push(outcome.decision.message);
      }
    }
    return { verdict: RANK.find((one) => found.includes(one)) ?? 'skip', messages, object: result.object, unknown };
  }

  #validating(policy: JsonObject, options: Parameters<typeof compileValidatingPolicy>[1]): ValidatingPolicy {
    const known = this.#compiled.get(policy) ?? compileValidatingPolicy(policy, options);
    this.#compiled.set(policy, known);
    return known;
  }

  #requestOf(object: JsonObject, { type, equivalents }: RequestTypes): AdmissionRequest {
    const { dialect, userInfo } = this.#test;
    const name = textIn(object.metadata, 'name');
    const isNamespace = type.group === '' && type.kind === 'Namespace';
    const namespace = isNamespace ? name : type.isNamespaced ? textIn(object.metadata, 'namespace') || 'default' : '';
    const user: UserInfo | undefined = userInfo ?? (dialect === 'kyverno' ? {} : undefined);
    const placed =
      dialect === 'server' && type.isNamespaced
        ? { ...object, metadata: { ...(isObject(object.metadata) ? object.metadata : {}), namespace } }
        : object;
    return {
      type,
      equivalents,
      subresource: '',
      name,
      namespace,
      operation: 'CREATE',
      object: placed,
      oldObject: null,
      ...(user === undefined ? {} : { userInfo: user }),
    };
  }

  #typesOf(object: JsonObject): RequestTypes | undefined {
    const gvk = parseGvk(textIn(object, 'apiVersion'), textIn(object, 'kind'));
    const known = this.#schemas.requestedTypes(gvk, Number(this.#version.split('.')[1]), this.#kinds);
    if (known !== undefined || this.#test.dialect === 'server') return known;
    // The Kyverno command guesses of kinds that it does not know.
    const type = { ...gvk, resource: `${gvk.kind.toLowerCase()}s`, isNamespaced: textIn(object.metadata, 'namespace') !== '' };
    return { type, equivalents: [] };
  }

  #topologyOf(object: JsonObject): ReturnType<typeof topologyOf> | undefined {
    const known = this.#schemas.types(this.#version, this.#definitions)(object);
    if (known !== undefined) return topologyOf(known.type);
    return this.#test.dialect === 'kyverno' ? deducedTopology() : undefined;
  }

  #defaulted(object: JsonObject): JsonObject {
    return this.#schemas.defaults(this.#definitions).asStored(object, this.#version);
  }

  /** Where an object is not as it should be; undefined where it is. */
  #difference(got: JsonObject, wanted: JsonObject): string | undefined {
    const level = (object: JsonObject): JsonObject =>
      withoutOwners(this.#test.dialect === 'server' ? asReceived(this.#defaulted(object)) : object);
    return firstDifference(level(got), level(wanted), '');
  }
}

const SHOWN: Readonly<Record<Verdict, string>> = {
  admit: 'admitted',
  deny: 'denied',
  warn: 'warned of',
  audit: 'noted for the audit',
  error: 'an error',
  skip: 'asked about by no policy',
};

function verdictOf({ policy, actions, decision }: Outcome, written: JsonObject, dialect: Dialect): Verdict {
  if (decision.outcome === 'admit' || decision.outcome === 'unknown') return 'admit';
  if (dialect === 'kyverno') {
    if (decision.outcome === 'error') return 'error';
    return member(member(written.metadata, 'annotations'), 'policies.kyverno.io/scored') === 'false' ? 'warn' : 'deny';
  }
  if (decision.outcome === 'error' && policy.ignoresErrors) return 'admit';
  return actions.includes('Deny') ? 'deny' : actions.includes('Warn') ? 'warn' : 'audit';
}

/** The bindings of a policy; one without any is asked as if a binding denied with it, for tests need none. */
function bindingsFor(policy: JsonObject, all: readonly JsonObject[]): readonly JsonObject[] {
  const policyName = member(policy.metadata, 'name') ?? '';
  const kind = `${textIn(policy, 'kind')}Binding`;
  const own = all.filter((one) => one.kind === kind && member(one.spec, 'policyName') === policyName);
  return own.length > 0 ? own : [{ kind, metadata: { name: policyName }, spec: { policyName, validationActions: ['Deny'] } }];
}

function withoutOwners(object: JsonObject): JsonObject {
  if (!isObject(object.metadata)) return object;
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function firstDifference(got: JsonValue | undefined, wanted: JsonValue | undefined, path: string): string | undefined {
  if (isEqual(got, wanted)) return undefined;
  const deeper =
    isObject(got) && isObject(wanted)
      ? [...new Set([...Object.keys(wanted), ...Object.keys(got)])].map((key) => [key, member(got, key), member(wanted, key)] as const)
      : Array.isArray(got) && Array.isArray(wanted)
        ? Array.from({ length: Math.max(got.length, wanted.length) }, (_, at) => [at, got[at], wanted[at]] as const)
        : [];
  for (const [step, left, right] of deeper) {
    const found = firstDifference(left, right, typeof step === 'number' ? `${path}[${step}]` : `${path}.${step}`);
    if (found !== undefined) return found;
  }
  return `${path.replace(/^\./, '') || 'the whole'} is ${textOf(got)}, expected ${textOf(wanted)}`;
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined) return 'not there';
  const text = JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each));
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

function textIn(value: JsonValue | undefined, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}
