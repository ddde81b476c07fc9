import { expect, test } from 'vitest';
import { CONFIG_SCHEMA } from './config-schema.ts';

// `vitest run -u` of this file writes it anew.
test('docs/plumbline.schema.json is the schema of the reader, as editors load it', async () => {
  await expect(`${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`).toMatchFileSnapshot('../../../../docs/plumbline.schema.json');
});
