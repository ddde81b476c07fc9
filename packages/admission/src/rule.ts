import type { JsonObject, NotEvaluated, Problem, Resource, ResourceRule, RuleContext } from '@plumbline/core';
import type { Topology } from '@plumbline/merge';
import type { PolicyObjects, RequestTypes } from './policy-set.ts';
import { openSight, type Sight } from './sight.ts';
import type { CompileOptions } from './validating-policy.ts';

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

const NOTHING: readonly (Problem | NotEvaluated)[] = [];

/** Admission policies of the repository, and those that were given, held against every object that they mean. */
export function createAdmissionRule(ports: AdmissionPorts): ResourceRule {
  const known = new WeakMap<object, Sight | null>();
  /** Null where there is no policy to ask: nothing is compiled then, and no code for it loaded. */
  const sightOf = (context: RuleContext): Sight | null => {
    let sight = known.get(context.inventory);
    if (sight === undefined) {
      const objects = policiesIn(context, ports.policies ?? []);
      sight = isAsked(objects) ? openSight(objects, context, ports) : null;
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
    check: (resource, context) => sightOf(context)?.check(resource, context) ?? NOTHING,
    judges: (resource, context) => sightOf(context)?.judges(resource, context) ?? [],
  };
}

/** Whether there is a policy with a binding. */
function isAsked({ validating, validatingBindings, mutating, mutatingBindings }: PolicyObjects): boolean {
  return (validating.length > 0 && validatingBindings.length > 0) || (mutating.length > 0 && mutatingBindings.length > 0);
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
