import type { JsonObject } from '@plumbline/core';
import type { CompileOptions } from './validating-policy.ts';

/** Compiles each object once for a minor, however many ask: to compile takes as long as to judge hundreds of objects. */
export function compiledOnce<Policy>(
  compile: (object: JsonObject, options: CompileOptions) => Policy,
): (object: JsonObject, options: CompileOptions) => Policy {
  const known = new WeakMap<JsonObject, { readonly options: CompileOptions; readonly policy: Policy }>();
  return (object, options) => {
    const found = known.get(object);
    if (found !== undefined && found.options.minor === options.minor && found.options.patterns === options.patterns) return found.policy;
    const policy = compile(object, options);
    known.set(object, { options, policy });
    return policy;
  };
}
