import {
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  type RuleInfo,
  type Severity,
} from '@plumbline/core';
import { asCreated } from './as-created.ts';
import { ask, type Outcome } from './ask.ts';
import { bindingsOf, nameOf } from './bindings.ts';
import { isCompiled } from './expression.ts';
import type { AdmissionRequest, ResourceType, World } from './request.ts';
import { type CompileOptions, compileValidatingPolicy, type ValidatingPolicy } from './validating-policy.ts';
import { fieldsLookedAt } from './why.ts';

const POLICY = 'admissionregistration.k8s.io/ValidatingAdmissionPolicy';
const BINDING = 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding';

/** What the rule asks of whoever knows kinds and schemas. */
export interface AdmissionPorts {
  readonly patterns: CompileOptions['patterns'];
  /** How requests name the kind, and its other served forms; undefined for one that nothing defines. */
  typeOf(
    resource: Resource,
    context: RuleContext,
  ): { readonly type: ResourceType; readonly equivalents: readonly ResourceType[] } | undefined;
  /** The object as the server has it when it asks policies. */
  defaulted(object: JsonObject, minor: number): JsonObject;
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
    prefix: 'vap/',
    kinds: ['*'],
    scope: 'unit',
    check(resource, context) {
      let set = sets.get(context.inventory);
      if (set === undefined) {
        set = policySetOf(context, ports);
        sets.set(context.inventory, set);
      }
      return set.policies.length === 0 ? NOTHING : judge(resource, context, set, ports);
    },
  };
}

const NOTHING: readonly (Problem | NotEvaluated)[] = [];

interface PolicySet {
  readonly policies: readonly ValidatingPolicy[];
  readonly bindings: readonly JsonObject[];
}

/** Policies without a binding are not asked; what does not compile is said on the policy itself. */
function policySetOf(context: RuleContext, ports: AdmissionPorts): PolicySet {
  const given = ports.policies ?? [];
  const objects = (key: string): readonly JsonObject[] => [
    ...context.inventory.byKind(key).map(({ object }) => object),
    ...given.filter((object) => `admissionregistration.k8s.io/${String(object.kind)}` === key),
  ];
  const bindings = objects(BINDING);
  const bound = new Set(bindings.map(({ spec }) => member(spec, 'policyName')));
  const minor = minorOf(context);
  const policies = objects(POLICY)
    .filter((object) => bound.has(nameOf(object)))
    .map((object) => compileValidatingPolicy(object, { minor, patterns: ports.patterns }));
  return { policies, bindings };
}

function* judge(resource: Resource, context: RuleContext, set: PolicySet, ports: AdmissionPorts): Generator<Problem | NotEvaluated> {
  const types = ports.typeOf(resource, context);
  if (types === undefined) return;
  const world = worldOf(context);
  const object = asCreated(ports.defaulted(resource.object, minorOf(context)));
  const request = requestOf(resource, object, types);
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
  return { type, equivalents, subresource: '', name: resource.name, namespace, operation: 'CREATE', object: placed, oldObject: null };
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
      info: infoOf(policy),
      severity: SEVERITY[action],
      message: decision.message,
      ...(looked[0] === undefined ? {} : { path: looked[0].path }),
      policy: {
        apiVersion: textOf(policy.object.apiVersion),
        kind: 'ValidatingAdmissionPolicy',
        name: policy.name,
        ...(decision.index === undefined ? {} : { rule: `validations[${decision.index}]` }),
        ...(binding === undefined ? {} : { binding: nameOf(binding) }),
      },
    };
  }
}

const SEVERITY: Readonly<Record<Outcome['actions'][number], Severity>> = { Deny: 'error', Warn: 'warning', Audit: 'info' };

function lookedAt({ policy, decision }: Outcome, request: AdmissionRequest, world: World): ReturnType<typeof fieldsLookedAt> {
  const expression = policy.validations[decision.index ?? -1]?.expression;
  if (expression === undefined || !isCompiled(expression) || request.object === null) return [];
  return fieldsLookedAt(expression.compiled.program, bindingsOf(request, request.type, null, world), request.object);
}

function infoOf(policy: ValidatingPolicy): RuleInfo {
  return {
    id: `vap/${policy.name}`,
    title: `The ValidatingAdmissionPolicy ${policy.name} admits the object`,
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
