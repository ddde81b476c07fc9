import { expect, test } from 'vitest';
import { createJsonSchemaValidator } from './json-schema-validator.ts';

test('faults stand on their paths', async () => {
  const validate = await createJsonSchemaValidator({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['image'],
    additionalProperties: false,
    properties: { image: { type: 'string' }, ports: { type: 'array', items: { type: 'integer' } } },
  });
  expect(validate({ image: 'a', ports: [1] })).toEqual([]);
  expect(validate({ ports: ['x'], tag: 1 })).toEqual([
    { path: ['image'], part: 'key', message: 'property "image" is missing', what: 'missing', properties: [] },
    { path: ['tag'], part: 'key', message: 'the schema has no property "tag"', what: 'unknown', properties: ['image', 'ports'] },
    { path: ['ports', 0], part: 'value', message: 'must be integer', what: 'type', properties: [] },
  ]);
});
