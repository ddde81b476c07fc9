import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { writeSchemaFolder } from './schema-folder.ts';

test('the schemas that a peer is given are strict', () => {
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  try {
    const data = fileURLToPath(new URL('../../../../schemas/kubernetes/data', import.meta.url));
    expect(writeSchemaFolder(data, folder, 37)).toBe(`${folder}/{{.ResourceKind}}{{.KindSuffix}}.json`);
    const { $schema: _, ...schema } = JSON.parse(readFileSync(join(folder, 'service-v1.json'), 'utf8'));
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    expect(
      validate({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80, targetPort: 'http' }] } }),
    ).toBe(true);
    expect(validate({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { port: 80 } })).toBe(false);
    expect(validate({ apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: '80' }] } })).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
