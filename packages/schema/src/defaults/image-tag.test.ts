import { expect, test } from 'vitest';
import { imageTag } from './image-tag.ts';

const SHA = 'a'.repeat(64);

// As github.com/distribution/reference reads them; '' for a digest alone and for what is no reference.
test.each([
  ['nginx', 'latest'],
  ['nginx:1.25', '1.25'],
  ['registry:5000/x', 'latest'],
  ['REG.example.com/a/b:v1', 'v1'],
  ['localhost/a', 'latest'],
  [`a@sha256:${SHA}`, ''],
  [`a:latest@sha256:${SHA}`, 'latest'],
  [`a@sha256:${SHA.slice(1)}`, ''],
  [`a@md5:${SHA}`, ''],
  ['a/B:latest', ''],
  ['a b', ''],
  ['', ''],
  [SHA, ''],
  ['$(IMAGE)', ''],
  ['a:', ''],
  [`a:${'x'.repeat(129)}`, ''],
  ['docker.io/a', 'latest'],
])('%s', (image, tag) => {
  expect(imageTag(image)).toBe(tag);
});
