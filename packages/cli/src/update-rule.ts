import type { Resource, ResourceRule, RuleContext } from '@plumbline/core';
import { createUpdateRule, type KindPorts } from '@plumbline/drift';
import type { SchemaSource } from '@plumbline/schema';

const DEFINITION = 'apiextensions.k8s.io/CustomResourceDefinition';

/** The rule of what cannot be changed, with what the schemas know. */
export function updateRule(schemas: SchemaSource): ResourceRule {
  const known = new WeakMap<object, KindPorts>();
  return createUpdateRule((context) => {
    let ports = known.get(context.inventory);
    if (ports === undefined) {
      ports = portsOf(schemas, context, context.inventory.byKind(DEFINITION));
      known.set(context.inventory, ports);
    }
    return ports;
  });
}

function portsOf(schemas: SchemaSource, { versions }: RuleContext, definitions: readonly Resource[]): KindPorts {
  const version = versions[0] ?? schemas.versions[0] ?? '';
  const defaults = schemas.defaults(definitions);
  return { typeOf: schemas.types(version, definitions), defaulted: (object) => defaults.asStored(object, version) };
}
