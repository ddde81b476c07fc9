import {
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type NotEvaluated,
  type PolicyRef,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  type RuleInfo,
  type Severity,
} from '@plumbline/core';
import type { Topology } from '@plumbline/merge';
import { asCreated, asReceived } from './as-created.ts';
import { ask, type Outcome } from './ask.ts';
import { bindingsOf, nameOf } from './bindings.ts';
import { isCompiled } from './expression.ts';
import { type MutationFailure, mutate } from './mutate.ts';
import { compileMutatingPolicy, type MutatingPolicy } from './mutating-policy.ts';
import type { AdmissionRequest, ResourceType, World } from './request.ts';
import { type CompileOptions, compileValidatingPolicy, type ValidatingPolicy } from './validating-policy.ts';
import { fieldsLookedAt } from './why.ts';

const POLICY = 'admissionregistration.k8s.io/ValidatingAdmissionPolicy';
const MUTATING = 'admissionregistration.k8s.io/MutatingAdmissionPolicy';

/** What the rule asks of whoever knows kinds and schemas. */
export interface AdmissionPorts {
  readonly patterns: CompileOptions['patterns'];
  /** How requests name the kind, and its other served forms; undefined for one that nothing defines. */
  typeOf(
    resource: Resource,
    context: RuleContext,
  ): { readonly type: ResourceType; readonly equivalents: readonly ResourceType[] } | undefined;
  /** The object with the server's defaults. */
  defaulted(object: JsonObject, context: RuleContext): JsonObject;
  /** How objects of the kind are merged; undefined where nothing is known of it. */
  topologyOf(object: JsonObject, context: RuleContext): Topology | undefined;
  /** Policies and bindings from outside of the repository. */
  readonly policies?: readonly JsonObject[];
}

/** ValidatingAdmissionPolicies of the repository, and those that were given, held against every object. */
export function createAdmissionRule(ports: AdmissionPorts): ResourceRule {
  const sets = new WeakMap<object, PolicySet>();
  return {
    id: 'vap/policies',
    title: 'The validating admission policies in sight admit the object',
    why: 'The cluster that has the policy refuses the object, or warns of it.',
    remedy: 'Change the object so that the expression holds.',
    severity: 'error',
    class: 'policy',
    set: 'core',
    prefixes: ['vap/', 'map/'],
    kinds: ['*'],
    scope: 'unit',
    check(resource, context) {
      let set = sets.get(context.inventory);
      if (set === undefined) {
        set = policySetOf(context, ports);
        sets.set(context.inventory, set);
      }
      return set.policies.length === 0 && set.mutating.length === 0 ? NOTHING : judge(resource, context, set, ports);
    },
  };
}

const NOTHING: readonly (Problem | NotEvaluated)[] = [];

interface PolicySet {
  readonly policies: readonly ValidatingPolicy[];
  readonly bindings: readonly JsonObject[];
  readonly mutating: readonly MutatingPolicy[];
  readonly mutatingBindings: readonly JsonObject[];
}

/** Policies without a binding are not asked; what does not compile is said on the policy itself. */
function policySetOf(context: RuleContext, ports: AdmissionPorts): PolicySet {
  const given = ports.policies ?? [];
  const objects = (key: string): readonly JsonObject[] => [
    ...context.inventory.byKind(key).map(({ object }) => object),
    ...given.filter((object) => `admissionregistration.k8s.io/${String(object.kind)}` === key),
  ];
  // A server lets new expressions use what the release before has.
  const options = { minor: minorOf(context) - 1, patterns: ports.patterns };
  const bindings = objects(`${POLICY}Binding`);
  const mutatingBindings = objects(`${MUTATING}Binding`);
  const isBound = (list: readonly JsonObject[]): ((object: JsonObject) => boolean) => {
    const names = new Set(list.map(({ spec }) => member(spec, 'policyName')));
    return (object) => names.has(nameOf(object));
  };
  const policies = objects(POLICY)
    .filter(isBound(bindings))
    .map((object) => compileValidatingPolicy(object, options));
  const mutating = objects(MUTATING)
    .filter(isBound(mutatingBindings))
    .map((object) => compileMutatingPolicy(object, options));
  return { policies, bindings, mutating, mutatingBindings };
}

function* judge(resource: Resource, context: RuleContext, set: PolicySet, ports: AdmissionPorts): Generator<Problem | NotEvaluated> {
  const types = ports.typeOf(resource, context);
  if (types === undefined) return;
  const world = worldOf(context);
  const defaulted = (one: JsonObject): JsonObject => ports.defaulted(one, context);
  const first = requestOf(resource, asReceived(defaulted(resource.object)), types);
  const { object: mutated, failures } = mutate(set.mutating, set.mutatingBindings, first, world, {
    topologyOf: (one) => ports.topologyOf(one, context),
    defaulted,
    admittedAgain: asReceived,
  });
  for (const failure of failures) yield* failed(failure);
  const object = asCreated(mutated === first.object ? mutated : defaulted(mutated));
  const request = { ...first, object, name: nameOf(object) };
  for (const policy of set.policies) {
    for (const outcome of ask(policy, set.bindings, request, world)) yield* said(outcome, request, world);
  }
}

function requestOf(
  resource: Resource,
  object: JsonObject,
  { type, equivalents }: { readonly type: ResourceType; readonly equivalents: readonly ResourceType[] },
): AdmissionRequest {
  const isNamespace = type.group === '' && type.kind === 'Namespace';
  const namespace = isNamespace ? resource.name : type.isNamespaced ? (resource.namespace ?? 'default') : '';
  const placed = type.isNamespaced && resource.namespace === undefined ? withNamespace(object, namespace) : object;
  return { type, equivalents, subresource: '', name: nameOf(object), namespace, operation: 'CREATE', object: placed, oldObject: null };
}

function withNamespace(object: JsonObject, namespace: string): JsonObject {
  return { ...object, metadata: { ...(isObject(object.metadata) ? object.metadata : {}), namespace } };
}

function* said(outcome: Outcome, request: AdmissionRequest, world: World): Generator<Problem | NotEvaluated> {
  const { policy, binding, actions, decision } = outcome;
  const rule = `vap/${policy.name}`;
  if (decision.outcome === 'unknown') {
    yield { notEvaluated: decision.message, rule };
    return;
  }
  if (decision.outcome === 'admit' || (decision.outcome === 'error' && policy.ignoresErrors)) return;
  const looked = binding === undefined ? [] : lookedAt(outcome, request, world);
  for (const action of actions) {
    yield {
      rule,
      info: infoOf(rule, policy),
      severity: SEVERITY[action],
      message: decision.message,
      ...(looked[0] === undefined ? {} : { path: looked[0].path }),
      policy: {
        ...refOf(policy.object, binding),
        ...(decision.index === undefined ? {} : { rule: `validations[${decision.index}]` }),
      },
    };
  }
}

function* failed({ policy, binding, outcome, message }: MutationFailure): Generator<Problem | NotEvaluated> {
  const rule = `map/${policy.name}`;
  if (outcome === 'unknown') yield { notEvaluated: message, rule };
  else if (!policy.ignoresErrors) yield { rule, info: infoOf(rule, policy), message, policy: refOf(policy.object, binding) };
}

const SEVERITY: Readonly<Record<Outcome['actions'][number], Severity>> = { Deny: 'error', Warn: 'warning', Audit: 'info' };

function lookedAt({ policy, decision }: Outcome, request: AdmissionRequest, world: World): ReturnType<typeof fieldsLookedAt> {
  const expression = policy.validations[decision.index ?? -1]?.expression;
  if (expression === undefined || !isCompiled(expression) || request.object === null) return [];
  return fieldsLookedAt(expression.compiled.program, bindingsOf(request, request.type, null, world), request.object);
}

function refOf(policy: JsonObject, binding: JsonObject | undefined): PolicyRef {
  return {
    apiVersion: textOf(policy.apiVersion),
    kind: textOf(policy.kind),
    name: nameOf(policy),
    ...(binding === undefined ? {} : { binding: nameOf(binding) }),
  };
}

function infoOf(id: string, { name, object }: ValidatingPolicy | MutatingPolicy): RuleInfo {
  return {
    id,
    title: `The ${textOf(object.kind)} ${name} admits the object`,
    why: 'The cluster that has the policy refuses the object, or warns of it.',
    remedy: 'Change the object so that the expression holds.',
    severity: 'error',
    class: 'policy',
    set: 'core',
  };
}

function worldOf({ inventory, kinds }: RuleContext): World {
  return {
    namespace: (name) => inventory.byKey('Namespace', undefined, name)?.object,
    params(apiVersion, kind) {
      const [version = '', group = ''] = apiVersion.split('/').reverse();
      const scope = kinds.scopeOf({ group, version, kind });
      const objects = inventory.byKind(group === '' ? kind : `${group}/${kind}`).map(({ object }) => object);
      if (scope === undefined && objects.length === 0) return undefined;
      return {
        isNamespaced:
          scope === undefined ? objects.some(({ metadata }) => member(metadata, 'namespace') !== undefined) : scope === 'Namespaced',
        objects,
        incomplete: inventory.incomplete,
      };
    },
  };
}

function minorOf({ versions }: RuleContext): number {
  return Number(versions[0]?.split('.')[1] ?? 37);
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
