import type { CompileSchema } from '../json-schema-validator.ts';

let load: (() => CompileSchema) | undefined;

/** Says where ajv comes from: it is asked for at the first schema of a chart. */
export function useSchemaLibrary(loader: () => CompileSchema): void {
  load = loader;
}

/** ajv itself; throws where nobody said where it comes from. */
export function schemaLibrary(): CompileSchema {
  if (load === undefined) throw new Error('no library for schemas was named');
  return load();
}
