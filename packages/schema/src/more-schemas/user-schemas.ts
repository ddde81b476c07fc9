import type { GroupVersionKind, JsonObject, SourceFile } from '@plumbline/core';
import { type CompileSchema, compileJsonSchema } from '../json-schema-validator.ts';
import { placesOf, templateOf } from './location.ts';
import { type MoreSchema, type MoreSchemas, remembering } from './more-schemas.ts';
import { kindText, readSchemaFile, type SchemaFile } from './schema-file.ts';

/** A file that holds schemas: who brought it, and which kinds it is known to hold (all that it says of itself by default). */
export interface GivenFile {
  /** For people. */
  readonly from: string;
  readonly kinds?: readonly string[];
  read(): SourceFile;
}

/** Schemas in files that are there: those that were added, or those that a location names without a template. */
export function schemasOfFiles(files: readonly GivenFile[], ajv: () => CompileSchema): MoreSchemas {
  const read = new Map<GivenFile, SchemaFile | string>();
  const contentOf = (file: GivenFile): SchemaFile | string => {
    const known = read.get(file) ?? readSchemaFile(file.read());
    read.set(file, known);
    return known;
  };
  return remembering({
    schemaOf(gvk) {
      const wanted = kindText(gvk);
      for (const file of files) {
        if (file.kinds !== undefined && !holds(file.kinds, gvk)) continue;
        const content = contentOf(file);
        if (typeof content === 'string') return { form: 'missing', why: `the schema ${file.from} cannot be read: ${content}` };
        const kind = content.definitions.find((one) => one.group === gvk.group && one.kind === gvk.kind);
        if (kind !== undefined) return { form: 'definition', kind, from: file.from };
        const isOfKind = (file.kinds ?? content.kinds).includes(wanted);
        if (content.schema !== undefined && isOfKind) return compiled(content.schema, file.from, ajv);
      }
      return undefined;
    },
  });
}

/** Whether any version of the kind is among them: a definition judges also versions that it does not have. */
function holds(kinds: readonly string[], { group, kind }: GroupVersionKind): boolean {
  return kinds.some((one) => one.startsWith(`${group}/`) && one.endsWith(`/${kind}`));
}

/** Schemas where a template says: `read` gives the file at a place, or undefined where there is none, or why it cannot be had. */
export function schemasAtLocation(
  location: string,
  read: (place: string) => SourceFile | string | undefined,
  ajv: () => CompileSchema,
): MoreSchemas {
  const template = templateOf(location);
  return remembering({
    schemaOf(gvk, version) {
      let why: string | undefined;
      for (const place of placesOf(template, gvk, version)) {
        const file = read(place);
        if (file === undefined) continue;
        if (typeof file === 'string') {
          why ??= file;
          continue;
        }
        const content = readSchemaFile(file);
        if (typeof content === 'string') return { form: 'missing', why: `the schema ${place} cannot be read: ${content}` };
        const kind = content.definitions.find((one) => one.group === gvk.group && one.kind === gvk.kind);
        if (kind !== undefined) return { form: 'definition', kind, from: place };
        if (content.schema !== undefined) return compiled(content.schema, place, ajv);
        return { form: 'missing', why: `${place} is neither a JSON Schema nor a definition of the kind` };
      }
      return why === undefined ? undefined : { form: 'missing', why };
    },
  });
}

function compiled(schema: JsonObject, from: string, ajv: () => CompileSchema): MoreSchema {
  try {
    return { form: 'json-schema', validate: compileJsonSchema(schema, ajv()), from };
  } catch (error) {
    return { form: 'missing', why: `the schema ${from} does not compile: ${error instanceof Error ? error.message : String(error)}` };
  }
}
