import {
  type AdmissionRequest,
  asCreated,
  ask,
  asReceived,
  compileMutatingPolicy,
  compileValidatingPolicy,
  denialOf,
  mutate,
  type UserInfo,
  type World,
  worldOfObjects,
} from '@plumbline/admission';
import { loadCelPatterns, openSchemas } from '@plumbline/cli';
import { isObject, type JsonObject, type JsonValue, member, parseGvk, type Resource, setMember } from '@plumbline/core';
import { topologyOf } from '@plumbline/schema';

/** What policies make of an object that is created. */
export interface PolicyVerdict {
  /** What the denials say, in the order of the validations. */
  readonly denials: readonly string[];
  readonly warnings: readonly string[];
  /** The object as the server would give it back, without what it makes up. */
  readonly object: JsonObject;
  /** Why the verdict is not known. */
  readonly unknown: string | undefined;
}

export interface PolicyQuestion {
  /** One policy, or several of one kind. */
  readonly policies: readonly JsonObject[];
  readonly bindings: readonly JsonObject[];
  readonly object: JsonObject;
  /** Namespaces, parameters and definitions. */
  readonly world: readonly JsonObject[];
  readonly userInfo: UserInfo;
}

/** Asks policies as the command does, with everything of a server of 1.37 that is known. */
export function createPolicyAsk(): (question: PolicyQuestion) => PolicyVerdict {
  const version = '1.37';
  const schemas = openSchemas();
  // New expressions may use what the release before has.
  const options = { minor: 36, patterns: loadCelPatterns };
  return ({ policies, bindings, object: written, world: around, userInfo }) => {
    const definitions = around.flatMap((object) => (object.kind === 'CustomResourceDefinition' ? [{ object } as unknown as Resource] : [])); // of a definition nothing else is read
    const kinds = schemas.catalogue(definitions);
    const defaults = schemas.defaults(definitions);
    const defaulted = (object: JsonObject): JsonObject => defaults.asStored(object, version);
    const world: World = worldOfObjects(around, kinds);
    const requestOf = (object: JsonObject): AdmissionRequest => {
      const gvk = parseGvk(textOf(object.apiVersion), textOf(object.kind));
      const types = schemas.requestedTypes(gvk, 37, kinds);
      if (types === undefined) throw new Error(`no kind ${gvk.kind}`);
      const name = textOf(member(object.metadata, 'name'));
      const isNamespace = gvk.kind === 'Namespace';
      const namespace = isNamespace ? name : types.type.isNamespaced ? textOf(member(object.metadata, 'namespace')) || 'default' : '';
      return { ...types, subresource: '', name, namespace, operation: 'CREATE', object, oldObject: null, userInfo };
    };
    const received = asReceived(defaulted(written));
    const mutating = policies.filter(isMutating).map((policy) => compileMutatingPolicy(policy, options));
    const result = mutate(mutating, bindings, requestOf(received), world, {
      topologyOf(object) {
        const known = schemas.types(version, definitions)(object);
        return known === undefined ? undefined : topologyOf(known.type);
      },
      defaulted,
      admittedAgain: asReceived,
    });
    const created = asCreated(defaulted(result.object));
    const outcomes = policies
      .filter((policy) => !isMutating(policy))
      .flatMap((policy) => ask(compileValidatingPolicy(policy, options), bindings, requestOf(created), world));
    const failing = outcomes.filter(
      ({ decision, policy }) => decision.outcome === 'deny' || (decision.outcome === 'error' && !policy.ignoresErrors),
    );
    const by = (action: 'Deny' | 'Warn'): string[] =>
      failing.filter(({ actions }) => actions.includes(action)).map(({ decision }) => decision.message);
    const denials = result.failures.filter(({ policy, outcome }) => outcome === 'error' && !policy.ignoresErrors).map(denialOf);
    const unknown = [...result.failures, ...outcomes.map(({ decision }) => decision)].find(({ outcome }) => outcome === 'unknown');
    return {
      denials: [...denials, ...by('Deny')],
      warnings: by('Warn'),
      object: withoutMadeUp(created),
      unknown: unknown?.message,
    };
  };
}

const MADE_UP = new Set(['uid', 'creationTimestamp', 'managedFields', 'resourceVersion']);

/** Without what a server makes up for each object: identity, times, owners of fields. */
export function withoutMadeUp(object: JsonObject): JsonObject {
  const metadata: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(isObject(object.metadata) ? object.metadata : {}))
    if (!MADE_UP.has(key)) setMember(metadata, key, value);
  return { ...object, metadata };
}

function isMutating({ kind }: JsonObject): boolean {
  return kind === 'MutatingAdmissionPolicy';
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
