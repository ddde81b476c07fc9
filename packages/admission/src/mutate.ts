import { toJson, typeNameFaults, type Value } from '@plumbline/cel';
import { isArray, isEqual, isObject, type JsonObject, type JsonValue, member, setMember } from '@plumbline/core';
import { applyConfiguration, applyJsonPatch, MergeError, type Topology } from '@plumbline/merge';
import { bindingsOf, nameOf } from './bindings.ts';
import { BUDGET, Evaluator, isFailed, MATCH_CONDITIONS_BUDGET } from './evaluator.ts';
import { meetsConditions } from './match-conditions.ts';
import { matchResources } from './match-resources.ts';
import { isExempt } from './match-rules.ts';
import type { MutatingPolicy, Mutation } from './mutating-policy.ts';
import { collectParams } from './params.ts';
import { type AdmissionRequest, isUnknown, type ResourceType, type World } from './request.ts';

/** What a mutation asks of whoever knows schemas. */
export interface MutationPorts {
  /** How objects of the kind are merged; undefined where nothing is known of it. */
  topologyOf(object: JsonObject): Topology | undefined;
  /** With the server's defaults, which it sets after each mutation. */
  defaulted(object: JsonObject): JsonObject;
}

/** Why a policy did not mutate: it denies the request unless it ignores errors; `unknown`: it cannot be told here. */
export interface MutationFailure {
  readonly policy: MutatingPolicy;
  readonly binding: JsonObject | undefined;
  readonly outcome: 'error' | 'unknown';
  readonly message: string;
}

export interface MutationResult {
  readonly object: JsonObject;
  readonly failures: readonly MutationFailure[];
  /** Policies that changed the object, in order. */
  readonly changedBy: readonly MutatingPolicy[];
}

interface Invocation {
  readonly policy: MutatingPolicy;
  readonly binding: JsonObject;
  readonly form: ResourceType;
  readonly param: JsonObject | null;
}

/** Asks the policies in order, and once more those that want it where a later one changed the object. */
export function mutate(
  policies: readonly MutatingPolicy[],
  bindings: readonly JsonObject[],
  request: AdmissionRequest,
  world: World,
  ports: MutationPorts,
): MutationResult {
  const run = new Run(request, world, ports);
  if (request.object === null || isExempt(request)) return run.result();
  for (const invocation of policies.flatMap((policy) => run.invocationsOf(policy, bindings))) run.invoke(invocation);
  for (const invocation of run.toReinvoke()) run.invoke(invocation);
  return run.result();
}

class Run {
  #request: AdmissionRequest;
  readonly #world: World;
  readonly #ports: MutationPorts;
  readonly #failures: MutationFailure[] = [];
  readonly #changedBy = new Set<MutatingPolicy>();
  /** Invoked before the last change by another, and willing. */
  readonly #waiting = new Set<Invocation>();
  readonly #again = new Set<Invocation>();

  constructor(request: AdmissionRequest, world: World, ports: MutationPorts) {
    this.#request = request;
    this.#world = world;
    this.#ports = ports;
  }

  result(): MutationResult {
    return { object: this.#request.object ?? {}, failures: this.#failures, changedBy: [...this.#changedBy] };
  }

  toReinvoke(): readonly Invocation[] {
    return [...this.#again];
  }

  invocationsOf(policy: MutatingPolicy, bindings: readonly JsonObject[]): readonly Invocation[] {
    const fail = (outcome: 'error' | 'unknown', message: string, binding?: JsonObject): readonly Invocation[] => {
      this.#failures.push({ policy, binding, outcome, message });
      return [];
    };
    const form = matchResources(policy.matchConstraints, this.#request, this.#world);
    if (form === undefined) return [];
    if (isUnknown(form)) return fail('unknown', form.unknown);
    return bindings
      .filter(({ spec }) => member(spec, 'policyName') === policy.name)
      .flatMap((binding) => {
        const matches = matchResources(member(binding.spec, 'matchResources'), this.#request, this.#world);
        if (matches === undefined) return [];
        if (isUnknown(matches)) return fail('unknown', matches.unknown, binding);
        const params = collectParams(policy.paramKind, member(binding.spec, 'paramRef'), this.#request, this.#world);
        if (isUnknown(params)) return fail('unknown', params.unknown, binding);
        if ('error' in params) return fail('error', `failed to configure binding: ${params.error}`, binding);
        return params.map((param) => ({ policy, binding, form, param }));
      });
  }

  invoke(invocation: Invocation): void {
    const { policy, binding, form, param } = invocation;
    const fail = (outcome: 'error' | 'unknown', message: string): void => {
      this.#failures.push({ policy, binding, outcome, message });
    };
    const bindings = () => bindingsOf(this.#request, form, param, this.#world);
    const conditions = new Evaluator({ ...bindings(), namespaceObject: null }, policy.variables, MATCH_CONDITIONS_BUDGET);
    const meets = meetsConditions(policy.matchConditions, conditions, policy.ignoresErrors);
    if (meets === false) return;
    if (meets !== true) {
      fail(meets.unknown ? 'unknown' : 'error', meets.error);
      return;
    }
    const before = this.#request.object;
    for (const mutation of policy.mutations) {
      const result = new Evaluator(bindings(), policy.variables, BUDGET).evaluate(mutation.expression);
      if (result === undefined)
        fail('error', 'validation failed due to running out of cost budget, no further validation rules will be run');
      else if (isFailed(result)) fail(result.unknown ? 'unknown' : 'error', result.error);
      else this.#apply(mutation, result.value, fail);
    }
    if (!isEqual(before ?? undefined, this.#request.object ?? undefined)) {
      this.#changedBy.add(policy);
      for (const other of this.#waiting) this.#again.add(other);
      this.#waiting.clear();
    }
    if (policy.isReinvoked) this.#waiting.add(invocation);
  }

  #apply({ kind }: Mutation, value: Value, fail: (outcome: 'error' | 'unknown', message: string) => void): void {
    const { object } = this.#request;
    if (object === null) return;
    const faults = typeNameFaults(value);
    if (kind === 'apply' && faults.length > 0) {
      fail('error', `type mismatch: ${faults.join('\n')}`);
      return;
    }
    const json = toJson(value);
    if (json === undefined) {
      fail('error', 'the expression gives a value that has no JSON');
      return;
    }
    try {
      const next = kind === 'apply' ? this.#applied(object, json) : patched(object, json);
      if (typeof next === 'string') fail('unknown', next);
      else this.#request = { ...this.#request, object: this.#ports.defaulted(next) };
    } catch (error) {
      if (!(error instanceof MergeError)) throw error;
      // A test that fails means: leave the object as it is.
      if (error.code !== 'test-failed') fail('error', `${kind === 'apply' ? 'error applying patch' : 'JSON Patch'}: ${error.message}`);
    }
  }

  #applied(object: JsonObject, configuration: JsonValue): JsonObject | string {
    const topology = this.#ports.topologyOf(object);
    if (topology === undefined) return 'how objects of the kind are merged is not known here';
    const { apiVersion = '', kind = '' } = object;
    return applyConfiguration(object, { ...(isObject(configuration) ? configuration : {}), apiVersion, kind }, topology);
  }
}

function patched(object: JsonObject, operations: JsonValue): JsonObject {
  const patch = (isArray(operations) ? operations : []).map((operation) => withoutUnset(operation));
  const result = applyJsonPatch(object, patch);
  return isObject(result) ? result : object;
}

/** A `from` that an expression did not set is an empty text. */
function withoutUnset(operation: JsonValue): JsonValue {
  if (!isObject(operation)) return operation;
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(operation)) if (key !== 'from' || operation[key] !== '') setMember(copy, key, operation[key] ?? null);
  return copy;
}

/** As the server says it. */
export function denialOf({ policy, binding, message }: MutationFailure): string {
  return binding === undefined
    ? `policy ${JSON.stringify(policy.name)} denied request: ${message}`
    : `policy '${policy.name}' with binding '${nameOf(binding)}' denied request: ${message}`;
}
