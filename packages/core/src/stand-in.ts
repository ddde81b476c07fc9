import type { Document } from './document.ts';
import { parseGvk } from './gvk.ts';
import { isArray, isObject, type JsonObject, member } from './json.ts';
import type { ParsedFile } from './parsed-file.ts';
import type { LeftOut } from './report.ts';
import type { Resource } from './resource.ts';
import type { SourceFile } from './source-file.ts';
import type { Unit } from './unit.ts';

// INTERIM: every file is a manifest of one unit, until classify.ts and extract.ts are there.

export interface Classification {
  readonly files: readonly ParsedFile[];
  readonly leftOut: readonly LeftOut[];
  readonly units: readonly Unit[];
  readonly groups: readonly { readonly id: string; readonly units: readonly Unit[]; readonly incomplete?: string }[];
}

export function classify(
  files: readonly SourceFile[],
  options: {
    parseFile(file: SourceFile): readonly Document[];
    versions: readonly string[];
    environmentOf?(path: string): string | undefined;
  },
): Classification {
  const unit: Unit = { id: '.', kind: 'files', root: '.', versions: options.versions, state: 'as-applied' };
  return {
    files: files.map((file) => {
      const documents = options.parseFile(file);
      return { file, role: 'manifest', text: new TextDecoder().decode(file.bytes), documents, unit };
    }),
    leftOut: [],
    units: [unit],
    groups: [{ id: '.', units: [unit] }],
  };
}

export function extract(file: ParsedFile): { resources: readonly Resource[]; problems: readonly never[] } {
  const resources: Resource[] = [];
  const add = (object: JsonObject, document: Document, root: readonly (string | number)[]): void => {
    const apiVersion = member(object, 'apiVersion');
    const kind = member(object, 'kind');
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return;
    const items = member(object, 'items');
    if (kind === 'List' && isArray(items)) {
      items.forEach((item, index) => {
        if (isObject(item)) add(item, document, [...root, 'items', index]);
      });
      return;
    }
    const metadata = member(object, 'metadata');
    const namespace = member(metadata, 'namespace');
    const name = member(metadata, 'name') ?? member(metadata, 'generateName') ?? '';
    resources.push({
      gvk: parseGvk(apiVersion, kind),
      namespace: typeof namespace === 'string' ? namespace : undefined,
      name: String(name),
      object,
      document,
      root,
      unit: file.unit,
    });
  };
  for (const document of file.documents) if (isObject(document.value)) add(document.value, document, []);
  return { resources, problems: [] };
}
