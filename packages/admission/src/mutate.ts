import { toJson, typeNameFaults, type Value } from '@plumbline/cel';
import { isArray, isEqual, isObject, type JsonObject, member } from '@plumbline/core';
import { applyConfiguration, MergeError, type Topology } from '@plumbline/merge';
import { bindingsOf, nameOf } from './bindings.ts';
import { BUDGET, Evaluator, isFailed, MATCH_CONDITIONS_BUDGET } from './evaluator.ts';
import { inForm, notConverted } from './form.ts';
import { patchAsServer } from './json-patch.ts';
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
  /** As the admission plugins before leave an object that a policy changed: they are asked once more. */
  admittedAgain?(object: JsonObject): JsonObject;
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
  /** Policies that were asked: they mean the object, and their conditions were met. */
  readonly invoked: readonly MutatingPolicy[];
}

/** Asks the policies in order, then the plugins before them, and once more the policies that want it, where one changed the object. */
export function mutate(
  policies: readonly MutatingPolicy[],
  bindings: readonly JsonObject[],
  request: AdmissionRequest,
  world: World,
  ports: MutationPorts,
): MutationResult {
  if (request.object === null || policies.length === 0 || isExempt(request))
    return { object: request.object ?? {}, failures: [], changedBy: [], invoked: [] };
  const first = new Pass(request, world, ports);
  const invocations = first.run(policies, bindings, () => true);
  const { object, changedBy, failures } = first;
  const invoked = [...new Set(invocations.map(({ policy }) => policy))];
  const isDenied = failures.some(({ policy }) => !policy.ignoresErrors);
  if (changedBy.size === 0 || isDenied) return { object, failures, changedBy: [...changedBy], invoked };
  const admitted = ports.admittedAgain?.(object) ?? object;
  const again = new Set(invocations.filter(({ policy }) => policy.isReinvoked).map(keyOf));
  if (again.size === 0) return { object: admitted, failures, changedBy: [...changedBy], invoked };
  const second = new Pass({ ...request, object: admitted }, world, ports);
  second.run(policies, bindings, (invocation) => again.has(keyOf(invocation)));
  return {
    object: second.object,
    failures: [...failures, ...second.failures],
    changedBy: [...new Set([...changedBy, ...second.changedBy])],
    invoked,
  };
}

interface Invocation {
  readonly policy: MutatingPolicy;
  readonly binding: JsonObject;
  readonly form: ResourceType;
  readonly param: JsonObject | null;
}

function keyOf({ policy, binding, param }: Invocation): string {
  return JSON.stringify([policy.name, nameOf(binding), member(param?.metadata, 'namespace') ?? '', param === null ? '' : nameOf(param)]);
}

/** One pass over all policies: what matches is found at its start, by the object as it comes in. */
class Pass {
  readonly failures: MutationFailure[] = [];
  readonly changedBy = new Set<MutatingPolicy>();
  #request: AdmissionRequest;
  readonly #world: World;
  readonly #ports: MutationPorts;

  constructor(request: AdmissionRequest, world: World, ports: MutationPorts) {
    this.#request = request;
    this.#world = world;
    this.#ports = ports;
  }

  get object(): JsonObject {
    return this.#request.object ?? {};
  }

  /** Gives the invocations whose conditions were met. */
  run(
    policies: readonly MutatingPolicy[],
    bindings: readonly JsonObject[],
    isWanted: (invocation: Invocation) => boolean,
  ): readonly Invocation[] {
    return policies.flatMap((policy) => this.#invocationsOf(policy, bindings)).filter((invocation) => this.#invoke(invocation, isWanted));
  }

  #invocationsOf(policy: MutatingPolicy, bindings: readonly JsonObject[]): readonly Invocation[] {
    const fail = (outcome: 'error' | 'unknown', message: string, binding?: JsonObject): readonly Invocation[] => {
      this.failures.push({ policy, binding, outcome, message });
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

  #invoke(invocation: Invocation, isWanted: (invocation: Invocation) => boolean): boolean {
    const { policy, binding, form, param } = invocation;
    const fail: Fail = (outcome, message) => {
      this.failures.push({ policy, binding, outcome, message });
      return false;
    };
    const before = inForm(this.object, this.#request.type, form);
    if (before === undefined) return fail('unknown', notConverted(this.#request.type, form));
    const bindings = (object: JsonObject) => bindingsOf({ ...this.#request, object }, form, param, this.#world);
    const conditions = new Evaluator({ ...bindings(before), namespaceObject: null }, policy.variables, MATCH_CONDITIONS_BUDGET);
    const meets = meetsConditions(policy.matchConditions, conditions, policy.ignoresErrors);
    if (meets === false) return false;
    if (meets !== true) return fail(meets.unknown ? 'unknown' : 'error', meets.error);
    if (!isWanted(invocation)) return false;
    let now = before;
    for (const mutation of policy.mutations) {
      const result = new Evaluator(bindings(now), policy.variables, BUDGET).evaluate(mutation.expression);
      if (result === undefined)
        fail('error', 'validation failed due to running out of cost budget, no further validation rules will be run');
      else if (isFailed(result)) fail(result.unknown ? 'unknown' : 'error', result.error);
      else now = this.#applied(mutation, result.value, now, fail) ?? now;
    }
    if (!isEqual(before, now)) this.changedBy.add(policy);
    this.#request = { ...this.#request, object: inForm(now, form, this.#request.type) ?? now };
    return true;
  }

  #applied({ kind }: Mutation, value: Value, object: JsonObject, fail: Fail): JsonObject | undefined {
    const refuse: (...said: Parameters<Fail>) => undefined = (outcome, message) => {
      fail(outcome, message);
    };
    const faults = typeNameFaults(value);
    if (kind === 'apply' && faults.length > 0) return refuse('error', `type mismatch: ${faults.join('\n')}`);
    const json = toJson(value);
    if (json === undefined) return refuse('error', 'the expression gives a value that has no JSON');
    try {
      if (kind === 'json-patch') {
        // A test that fails means: leave the object as it is.
        const patched = patchAsServer(object, isArray(json) ? json : []);
        return patched && this.#ports.defaulted(patched);
      }
      const topology = this.#ports.topologyOf(object);
      if (topology === undefined) return refuse('unknown', 'how objects of the kind are merged is not known here');
      const { apiVersion = '', kind: own = '' } = object;
      return this.#ports.defaulted(applyConfiguration(object, { ...(isObject(json) ? json : {}), apiVersion, kind: own }, topology));
    } catch (error) {
      if (!(error instanceof MergeError)) throw error;
      return refuse('error', `${kind === 'apply' ? 'error applying patch' : 'JSON Patch'}: ${error.message}`);
    }
  }
}

type Fail = (outcome: 'error' | 'unknown', message: string) => false;

/** As the server says it. */
export function denialOf({ policy, binding, message }: MutationFailure): string {
  return binding === undefined
    ? `policy ${JSON.stringify(policy.name)} denied request: ${message}`
    : `policy '${policy.name}' with binding '${nameOf(binding)}' denied request: ${message}`;
}
