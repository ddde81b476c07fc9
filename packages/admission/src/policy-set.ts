import type { JsonObject } from '@plumbline/core';
import { addTo, member } from '@plumbline/core';
import type { Outcome } from './ask.ts';
import { nameOf } from './bindings.ts';
import { isExempt, mayMatch } from './match-rules.ts';
import { compileMutatingPolicy, type MutatingPolicy } from './mutating-policy.ts';
import { admittedBy } from './plain-policy.ts';
import type { Operation, ResourceType } from './request.ts';
import { type CompileOptions, compileValidatingPolicy, type ValidatingPolicy } from './validating-policy.ts';

/** A policy and its own bindings. */
export interface Bound<Policy> {
  readonly policy: Policy;
  readonly bindings: readonly JsonObject[];
}

/** How requests name a kind, and the same objects under other versions. */
export interface RequestTypes {
  readonly type: ResourceType;
  readonly equivalents: readonly ResourceType[];
}

/** A policy as it is asked about objects of one kind. */
export interface Asked extends Bound<ValidatingPolicy> {
  /** What comes of it where its expressions hold; undefined where more than them is to be looked at. */
  readonly admits: readonly Outcome[] | undefined;
}

/** The policies whose rules may mean objects of one kind. */
export interface Relevant extends RequestTypes {
  readonly validating: readonly Asked[];
  readonly mutating: readonly Bound<MutatingPolicy>[];
}

/** Policies with the bindings that are in sight; those without any are not asked. */
export interface PolicySet {
  readonly isEmpty: boolean;
  /** Undefined where no policy can mean objects of the kind. Looked up once for each kind. */
  relevantTo(key: string, typesOf: () => RequestTypes | undefined): Relevant | undefined;
}

/** The four kinds of objects that make a set. */
export interface PolicyObjects {
  readonly validating: readonly JsonObject[];
  readonly validatingBindings: readonly JsonObject[];
  readonly mutating: readonly JsonObject[];
  readonly mutatingBindings: readonly JsonObject[];
}

/** Compiles the policies that have bindings. */
export function policySetOf(objects: PolicyObjects, options: CompileOptions): PolicySet {
  return policySet(
    bound(objects.validating, objects.validatingBindings, (object) => compileValidatingPolicy(object, options)),
    bound(objects.mutating, objects.mutatingBindings, (object) => compileMutatingPolicy(object, options)),
  );
}

function policySet(validating: readonly Bound<ValidatingPolicy>[], mutating: readonly Bound<MutatingPolicy>[]): PolicySet {
  const known = new Map<string, Relevant | undefined>();
  return {
    isEmpty: validating.length === 0 && mutating.length === 0,
    relevantTo(key, typesOf) {
      const found = known.get(key);
      if (found !== undefined || known.has(key)) return found;
      const relevant = relevantOf(validating, mutating, typesOf());
      known.set(key, relevant);
      return relevant;
    },
  };
}

function relevantOf(
  validating: readonly Bound<ValidatingPolicy>[],
  mutating: readonly Bound<MutatingPolicy>[],
  types: RequestTypes | undefined,
): Relevant | undefined {
  if (types === undefined || isExempt(types)) return undefined;
  const isMeant =
    (...operations: readonly Operation[]) =>
    ({ policy }: Bound<ValidatingPolicy | MutatingPolicy>): boolean =>
      operations.some((operation) => mayMatch(policy.matchConstraints, types, operation));
  // The short way is that of new objects.
  const asked = validating
    .filter(isMeant('CREATE', 'UPDATE'))
    .map((bound): Asked => ({ ...bound, admits: isMeant('CREATE')(bound) ? admittedBy(bound, types) : undefined }));
  const relevant = { ...types, validating: asked, mutating: mutating.filter(isMeant('CREATE')) };
  return relevant.validating.length === 0 && relevant.mutating.length === 0 ? undefined : relevant;
}

function bound<Policy>(
  objects: readonly JsonObject[],
  bindings: readonly JsonObject[],
  compile: (object: JsonObject) => Policy,
): readonly Bound<Policy>[] {
  if (objects.length === 0 || bindings.length === 0) return [];
  const byPolicy = new Map<unknown, JsonObject[]>();
  for (const binding of bindings) {
    const name = member(binding.spec, 'policyName');
    addTo(byPolicy, name, binding);
  }
  // A server asks them in no certain order; here it is that of their names.
  const inOrder = objects.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  return inOrder.flatMap((object) => {
    const own = byPolicy.get(nameOf(object));
    return own === undefined ? [] : [{ policy: compile(object), bindings: own }];
  });
}
