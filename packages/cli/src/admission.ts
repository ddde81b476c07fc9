import { createAdmissionRule } from '@plumbline/admission';
import type { JsonObject, Resource, ResourceRule, RuleContext } from '@plumbline/core';
import { type Defaults, type SchemaSource, topologyOf } from '@plumbline/schema';
import { loadCelPatterns } from './load-patterns.ts';

const DEFINITION = 'apiextensions.k8s.io/CustomResourceDefinition';

/** The rule of admission policies, with what the schemas know. `policies`: those from outside of the repository. */
export function admissionRule(schemas: SchemaSource, policies: readonly JsonObject[]): ResourceRule {
  const known = new WeakMap<object, { readonly definitions: readonly Resource[]; readonly defaults: Defaults }>();
  const around = (context: RuleContext): { readonly definitions: readonly Resource[]; readonly defaults: Defaults } => {
    let here = known.get(context.inventory);
    if (here === undefined) {
      const definitions = context.inventory.byKind(DEFINITION);
      here = { definitions, defaults: schemas.defaults(definitions) };
      known.set(context.inventory, here);
    }
    return here;
  };
  const versionOf = ({ versions }: RuleContext): string => versions[0] ?? schemas.versions[0] ?? '';
  return createAdmissionRule({
    patterns: loadCelPatterns,
    typeOf: ({ gvk }, context) => schemas.requestedTypes(gvk, Number(versionOf(context).split('.')[1]), context.kinds),
    defaulted: (object, context) => around(context).defaults.asStored(object, versionOf(context)),
    topologyOf(object, context) {
      const known = schemas.types(versionOf(context), around(context).definitions)(object);
      return known === undefined ? undefined : topologyOf(known.type);
    },
    policies,
  });
}
