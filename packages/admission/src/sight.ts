import type { JsonObject, NotEvaluated, Problem, Resource, RuleContext } from '@plumbline/core';
import { isEqual, isObject } from '@plumbline/core';
import { asCreated, asReceived } from './as-created.ts';
import { ask, type Outcome } from './ask.ts';
import { bindingsOf, nameOf } from './bindings.ts';
import { type MutationFailure, mutate } from './mutate.ts';
import type { MutatingPolicy } from './mutating-policy.ts';
import { holds } from './plain-policy.ts';
import { type PolicyObjects, policySetOf, type Relevant, type RequestTypes } from './policy-set.ts';
import type { AdmissionRequest, ResourceType, World } from './request.ts';
import type { AdmissionPorts } from './rule.ts';
import { sayFailure, sayOutcome } from './say.ts';
import { worldOf } from './world-of.ts';

/** The policies that one inventory has, compiled, and what they look at. */
export interface Sight {
  /** What the policies say of an object. */
  check(resource: Resource, context: RuleContext): Iterable<Problem | NotEvaluated>;
  /** The ids of those that were asked. */
  judges(resource: Resource, context: RuleContext): Iterable<string>;
}

/** Compiles the policies for the inventory of the context. */
export function openSight(objects: PolicyObjects, context: RuleContext, ports: AdmissionPorts): Sight {
  // A server lets new expressions use what the release before has.
  const set = policySetOf(objects, { minor: minorOf(context) - 1, patterns: ports.patterns });
  const world = worldOf(context);
  const judged = (resource: Resource, now: RuleContext): Iterable<Judged> => {
    if (set.isEmpty) return [];
    const { group, version, kind } = resource.gvk;
    const relevant = set.relevantTo(`${group}/${version}/${kind}`, () => ports.typeOf(resource, now));
    return relevant === undefined ? [] : judge(resource, now, relevant, world, ports);
  };
  return {
    check: (resource, now) => say(judged(resource, now), resource, now),
    judges: (resource, now) => idsOf(judged(resource, now)),
  };
}

/** What one policy made of a resource. */
type Judged = { readonly failure: MutationFailure } | { readonly mutatedBy: MutatingPolicy } | { readonly outcome: Outcome };

function* judge(resource: Resource, context: RuleContext, relevant: Relevant, world: World, ports: AdmissionPorts): Generator<Judged> {
  const defaulted = (one: JsonObject): JsonObject => ports.defaulted(one, context);
  let object: JsonObject | null = defaulted(resource.object);
  if (relevant.mutating.length > 0) {
    const request = requestOf(resource, asReceived(object), relevant);
    const policies = relevant.mutating.map(({ policy }) => policy);
    const bindings = relevant.mutating.flatMap((one) => one.bindings);
    const {
      object: mutated,
      failures,
      invoked,
    } = mutate(policies, bindings, request, world, {
      topologyOf: (one) => ports.topologyOf(one, context),
      defaulted,
      admittedAgain: asReceived,
    });
    for (const failure of failures) yield { failure };
    for (const mutatedBy of invoked) yield { mutatedBy };
    object = mutated === request.object ? mutated : defaulted(mutated);
  }
  if (object === null || relevant.validating.length === 0) return;
  const asked = requestOf(resource, asCreated(object), relevant);
  const old = oldObject(resource, context);
  const update: AdmissionRequest | undefined =
    old === undefined
      ? undefined
      : { ...asked, operation: 'UPDATE', oldObject: asCreated(placed(defaulted(old), resource, relevant.type)) };
  for (const { policy, bindings, admits } of relevant.validating) {
    const isAdmitted = admits !== undefined && holds(policy, bindingsOf(asked, asked.type, null, world));
    const onCreate = isAdmitted ? admits : ask(policy, bindings, asked, world);
    for (const outcome of onCreate) yield { outcome };
    // What is there already is updated; where it is applied anew it is created. What both say is said once.
    if (update === undefined) continue;
    for (const outcome of ask(policy, bindings, update, world)) if (!onCreate.some((one) => isSame(one, outcome))) yield { outcome };
  }
}

function isSame(a: Outcome, b: Outcome): boolean {
  return a.binding === b.binding && a.decision.index === b.decision.index && a.decision.outcome === b.decision.outcome;
}

/** What the object was, where the change is an update of it; undefined where it is new, where it does not change, and where that is not known. */
function oldObject(resource: Resource, { before }: RuleContext): JsonObject | undefined {
  const old = before?.(resource);
  const { object } = resource;
  return old === undefined || old === null || isEqual(old, object) || old.apiVersion !== object.apiVersion ? undefined : old;
}

function* say(judged: Iterable<Judged>, resource: Resource, context: RuleContext): Generator<Problem | NotEvaluated> {
  for (const one of judged) {
    // Nearly all admit, and then there is nothing to say.
    if ('outcome' in one && one.outcome.decision.outcome === 'admit') continue;
    if ('outcome' in one) yield* sayOutcome(one.outcome, resource, context);
    else if ('failure' in one) yield* sayFailure(one.failure, context);
  }
}

/** The ids of the policies that were asked. */
function idsOf(judged: Iterable<Judged>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const one of judged) {
    if ('outcome' in one) ids.add(`vap/${one.outcome.policy.name}`);
    else ids.add(`map/${'failure' in one ? one.failure.policy.name : one.mutatedBy.name}`);
  }
  return ids;
}

function requestOf(resource: Resource, object: JsonObject, { type, equivalents }: RequestTypes): AdmissionRequest {
  const isNamespace = type.group === '' && type.kind === 'Namespace';
  const namespace = isNamespace ? resource.name : type.isNamespaced ? (resource.namespace ?? 'default') : '';
  return {
    type,
    equivalents,
    subresource: '',
    name: nameOf(object),
    namespace,
    operation: 'CREATE',
    object: placed(object, resource, type),
    oldObject: null,
  };
}

/** In the namespace that it goes to where it names none. */
function placed(object: JsonObject, { namespace }: Resource, { isNamespaced }: ResourceType): JsonObject {
  return isNamespaced && namespace === undefined ? withNamespace(object, 'default') : object;
}

function withNamespace(object: JsonObject, namespace: string): JsonObject {
  return { ...object, metadata: { ...(isObject(object.metadata) ? object.metadata : {}), namespace } };
}

function minorOf({ versions }: RuleContext): number {
  return Number(versions[0]?.split('.')[1] ?? 37);
}
