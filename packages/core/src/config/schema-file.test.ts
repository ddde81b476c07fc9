import { expect, test } from 'vitest';
import { CONFIG_SCHEMA } from './config-schema.ts';

// Give `--update` to vitest after the name of this file to write it anew.
test('docs/plumbline.schema.json is the schema of the reader, as editors load it', async () => {
  await expect(`${JSON.stringify(CONFIG_SCHEMA, null, 2)}\n`).toMatchFileSnapshot('../../../../docs/plumbline.schema.json');
});
