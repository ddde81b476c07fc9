import { type Bindings, CelError, LazyObject } from '@plumbline/cel';
import { type JsonObject, member } from '@plumbline/core';
import { NAMESPACE } from './declarations.ts';
import type { AdmissionRequest, ResourceType, World } from './request.ts';
import { namespaceValue, requestValue } from './request-value.ts';

/** The values of the variables for one request, form of it and parameter. The same object where nothing differs: a request is asked about often. */
export function bindingsOf(request: AdmissionRequest, matched: ResourceType, param: JsonObject | null, world: World): Bindings {
  if (last === undefined || last.request !== request || last.matched !== matched || last.world !== world)
    last = { request, matched, world, bindings: make(request, matched, world) };
  return param === null ? last.bindings : { ...last.bindings, params: param };
}

interface Made {
  readonly request: AdmissionRequest;
  readonly matched: ResourceType;
  readonly world: World;
  readonly bindings: Bindings;
}

// One is enough, since policies are asked one after the other about a request. To keep more would keep every object until the end.
let last: Made | undefined;

function make(request: AdmissionRequest, matched: ResourceType, world: World): Bindings {
  return {
    object: request.object,
    oldObject: request.oldObject,
    request: requestValue(request, matched),
    params: null,
    namespaceObject: namespaceOf(request, world),
  };
}

/** Null for a cluster-scoped object, a Namespace among them. Of a Namespace that is not in sight only the name is known. */
function namespaceOf({ namespace, type }: AdmissionRequest, world: World): Bindings[string] {
  if (namespace === '' || (type.group === '' && type.kind === 'Namespace')) return null;
  const object = world.namespace(namespace);
  if (object !== undefined) return namespaceValue(object);
  const unknown = new CelError(`namespace "${namespace}" is not in sight`, 'not-evaluable');
  const metadata = NAMESPACE.fields.get('metadata');
  return new LazyObject(NAMESPACE, (name) =>
    name === 'metadata' && metadata !== undefined
      ? new LazyObject(metadata.type, (key) => (key === 'name' ? namespace : unknown))
      : unknown,
  );
}

/** The name of a policy or binding. */
export function nameOf(object: JsonObject): string {
  const name = member(object.metadata, 'name');
  return typeof name === 'string' ? name : '';
}
