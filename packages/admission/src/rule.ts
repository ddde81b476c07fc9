import {
  isObject,
  type JsonObject,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
} from '@plumbline/core';
import type { Topology } from '@plumbline/merge';
import { asCreated, asReceived } from './as-created.ts';
import { ask, type Outcome } from './ask.ts';
import { nameOf } from './bindings.ts';
import { type MutationFailure, mutate } from './mutate.ts';
import type { MutatingPolicy } from './mutating-policy.ts';
import { type PolicyObjects, type PolicySet, policySetOf, type Relevant, type RequestTypes } from './policy-set.ts';
import type { AdmissionRequest, World } from './request.ts';
import { sayFailure, sayOutcome } from './say.ts';
import type { CompileOptions } from './validating-policy.ts';
import { worldOf } from './world-of.ts';

/** What the rule asks of whoever knows kinds and schemas. */
export interface AdmissionPorts {
  readonly patterns: CompileOptions['patterns'];
  /** How requests name the kind, and its other served forms; undefined for one that nothing defines. The same for all objects of a kind and version. */
  typeOf(resource: Resource, context: RuleContext): RequestTypes | undefined;
  /** The object with the server's defaults. */
  defaulted(object: JsonObject, context: RuleContext): JsonObject;
  /** How objects of the kind are merged; undefined where nothing is known of it. */
  topologyOf(object: JsonObject, context: RuleContext): Topology | undefined;
  /** Policies and bindings from outside of the repository. */
  readonly policies?: readonly JsonObject[];
}

interface Sight {
  readonly set: PolicySet;
  readonly world: World;
}

const NOTHING: readonly (Problem | NotEvaluated)[] = [];

/** Admission policies of the repository, and those that were given, held against every object that they mean. */
export function createAdmissionRule(ports: AdmissionPorts): ResourceRule {
  const known = new WeakMap<object, Sight>();
  const sightOf = (context: RuleContext): Sight => {
    let sight = known.get(context.inventory);
    if (sight === undefined) {
      // A server lets new expressions use what the release before has.
      const options = { minor: minorOf(context) - 1, patterns: ports.patterns };
      sight = { set: policySetOf(policiesIn(context, ports.policies ?? []), options), world: worldOf(context) };
      known.set(context.inventory, sight);
    }
    return sight;
  };
  return {
    id: 'vap/policies',
    title: 'The admission policies in sight admit the object',
    why: 'The cluster that has the policy refuses the object, or warns of it.',
    remedy: 'Change the object so that the expression holds.',
    severity: 'error',
    class: 'policy',
    set: 'core',
    prefixes: ['vap/', 'map/'],
    kinds: ['*'],
    scope: 'unit',
    check(resource, context) {
      const sight = sightOf(context);
      const relevant = relevantTo(resource, context, sight);
      return relevant === undefined ? NOTHING : say(judge(resource, context, relevant, sight.world, ports), resource, context);
    },
    judges(resource, context) {
      const sight = sightOf(context);
      const relevant = relevantTo(resource, context, sight);
      return relevant === undefined ? [] : idsOf(judge(resource, context, relevant, sight.world, ports));
    },
  };

  function relevantTo(resource: Resource, context: RuleContext, { set }: Sight): Relevant | undefined {
    if (set.isEmpty) return undefined;
    const { group, version, kind } = resource.gvk;
    return set.relevantTo(`${group}/${version}/${kind}`, () => ports.typeOf(resource, context));
  }
}

const GROUP = 'admissionregistration.k8s.io';

function policiesIn({ inventory }: RuleContext, given: readonly JsonObject[]): PolicyObjects {
  const objects = (kind: string): readonly JsonObject[] => [
    ...inventory.byKind(`${GROUP}/${kind}`).map(({ object }) => object),
    ...given.filter((object) => object.kind === kind),
  ];
  return {
    validating: objects('ValidatingAdmissionPolicy'),
    validatingBindings: objects('ValidatingAdmissionPolicyBinding'),
    mutating: objects('MutatingAdmissionPolicy'),
    mutatingBindings: objects('MutatingAdmissionPolicyBinding'),
  };
}

/** What one policy made of a resource. */
type Judged = { readonly failure: MutationFailure } | { readonly mutatedBy: MutatingPolicy } | { readonly outcome: Outcome };

function* judge(resource: Resource, context: RuleContext, relevant: Relevant, world: World, ports: AdmissionPorts): Generator<Judged> {
  const defaulted = (one: JsonObject): JsonObject => ports.defaulted(one, context);
  const request = requestOf(resource, asReceived(defaulted(resource.object)), relevant);
  let object = request.object;
  if (relevant.mutating.length > 0) {
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
    if (mutated !== object) object = defaulted(mutated);
  }
  if (object === null || relevant.validating.length === 0) return;
  const created = asCreated(object);
  const asked = { ...request, object: created, name: nameOf(created) };
  for (const { policy, bindings } of relevant.validating) for (const outcome of ask(policy, bindings, asked, world)) yield { outcome };
}

function* say(judged: Iterable<Judged>, resource: Resource, context: RuleContext): Generator<Problem | NotEvaluated> {
  for (const one of judged) {
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
  const placed = type.isNamespaced && resource.namespace === undefined ? withNamespace(object, namespace) : object;
  return { type, equivalents, subresource: '', name: nameOf(object), namespace, operation: 'CREATE', object: placed, oldObject: null };
}

function withNamespace(object: JsonObject, namespace: string): JsonObject {
  return { ...object, metadata: { ...(isObject(object.metadata) ? object.metadata : {}), namespace } };
}

function minorOf({ versions }: RuleContext): number {
  return Number(versions[0]?.split('.')[1] ?? 37);
}
