import { type JsonValue, parse, type SourceFile, stringify, valueAt } from '@plumbline/core';
import { sourceFile } from './judge.ts';

/** The Namespace of a manifest, with these labels, as a file. A manifest without a namespace goes to `default`. */
export function namespaceAround(manifest: string, labels: JsonValue): readonly SourceFile[] {
  const [document] = parse(sourceFile('x.yaml', manifest));
  const written = valueAt(document?.value, ['metadata', 'namespace']);
  const name = typeof written === 'string' && written !== '' ? written : 'default';
  return [sourceFile('namespace.json', stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }))];
}
