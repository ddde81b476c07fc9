import type { GroupVersionKind } from '@plumbline/core';
import type { CustomKind } from '../crd-index.ts';
import type { JsonSchemaValidator } from '../json-schema-validator.ts';
import type { Type } from '../type.ts';

/** A schema of a kind that neither Kubernetes has nor a definition in the repository defines. `from` says whose it is, for people. */
export type MoreSchema =
  /** A CustomResourceDefinition: what it refuses, a server that has it refuses. */
  | { readonly form: 'definition'; readonly kind: CustomKind; readonly from: string }
  /** A JSON Schema that the user brings: a demand of theirs, and no proof of what a server does. */
  | { readonly form: 'json-schema'; readonly validate: JsonSchemaValidator; readonly from: string }
  /** Types and fields of some release of the project, which need not be the one that is installed. */
  | { readonly form: 'types'; readonly type: Type; readonly from: string }
  /** There should be one, and it cannot be used. */
  | { readonly form: 'missing'; readonly why: string };

/** Looks schemas up by kind; nothing is read before it is asked for. */
export interface MoreSchemas {
  /** `version`: the newest Kubernetes minor that is asked for (`1.37`). */
  schemaOf(gvk: GroupVersionKind, version: string): MoreSchema | undefined;
}

/** The first that has a schema wins; where none has, the first that says why it is missing. */
export function inOrder(sources: readonly MoreSchemas[]): MoreSchemas {
  return {
    schemaOf(gvk, version) {
      let missing: MoreSchema | undefined;
      for (const source of sources) {
        const found = source.schemaOf(gvk, version);
        if (found !== undefined && found.form !== 'missing') return found;
        missing ??= found;
      }
      return missing;
    },
  };
}

/** Asks once for each kind. */
export function remembering(source: MoreSchemas): MoreSchemas {
  const known = new Map<string, MoreSchema | undefined>();
  return {
    schemaOf(gvk, version) {
      const key = `${gvk.group}/${gvk.version}/${gvk.kind}@${version}`;
      if (!known.has(key)) known.set(key, source.schemaOf(gvk, version));
      return known.get(key);
    },
  };
}
