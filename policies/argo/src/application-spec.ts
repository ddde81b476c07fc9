import { type FieldPath, isObject, type JsonObject, mayGainFields, type Resource, valueAt } from '@plumbline/core';

/** The specification of an Application, or of those that an ApplicationSet makes. */
export interface ApplicationSpec {
  readonly path: FieldPath;
  readonly spec: JsonObject;
  /** Whether fields that it lacks may still come: from a build, or from a generator of the set. */
  readonly mayGain: boolean;
  readonly isTemplate: boolean;
}

export function applicationSpec(resource: Resource): ApplicationSpec | undefined {
  const isTemplate = resource.gvk.kind === 'ApplicationSet';
  const path: FieldPath = isTemplate ? ['spec', 'template', 'spec'] : ['spec'];
  const spec = valueAt(resource.object, path);
  if (!isObject(spec)) return undefined;
  return { path, spec, isTemplate, mayGain: mayGainFields(resource) || (isTemplate && isPatched(resource.object)) };
}

/** Generators may have templates of their own, which win, and a patch may give anything. */
function isPatched(object: JsonObject): boolean {
  const spec = valueAt(object, ['spec']);
  if (valueAt(spec, ['templatePatch']) !== undefined) return true;
  return hasTemplate(valueAt(spec, ['generators']));
}

function hasTemplate(value: unknown, depth = 0): boolean {
  if (depth > 8 || typeof value !== 'object' || value === null) return false;
  if (!Array.isArray(value) && 'template' in value) return true;
  return Object.values(value).some((item) => hasTemplate(item, depth + 1));
}
