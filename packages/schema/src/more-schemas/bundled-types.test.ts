import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toDotted } from '@plumbline/core';
import { expect, test } from 'vitest';
import { resourceOf, schemas } from '../../test/schemas.ts';
import { createKindCatalogue } from '../kind-catalogue.ts';
import { createSchemaRule } from '../schema-rule.ts';
import { bundledTypes } from './bundled-types.ts';

const data = fileURLToPath(new URL('../../../../schemas/crds/data/', import.meta.url));
const asked: string[] = [];
const bundled = bundledTypes((group) => {
  asked.push(group);
  return group === 'cert-manager.io' ? readFileSync(`${data}${group}.txt`, 'utf8') : undefined;
});

function said(text: string): string[] {
  const inventory = {
    byKind: () => [],
    byKey: () => undefined,
    all: () => [],
    incomplete: undefined,
    isExternal: () => false,
    select: () => [],
  };
  const context = { versions: ['1.37'], inventory, kinds: createKindCatalogue(schemas, []), options: {} };
  return [...createSchemaRule(schemas, () => bundled).check(resourceOf(text), context as never)].map((one) =>
    'notEvaluated' in one
      ? `${one.rule} not evaluated: ${one.notEvaluated.replace(/\d+(\.\d+){2,3}/, 'V')}`
      : `${one.class} ${one.severity} ${one.rule} ${toDotted(one.path ?? [])}: ${one.message.replace(/\d+(\.\d+){2,3}/, 'V')}`,
  );
}

const certificate = (spec: string): string => `{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: a}, spec: ${spec}}`;
const BY = '(by cloudcoil-models-cert-manager V)';
const ONLY = 'schema/invalid not evaluated: only the types of cloudcoil-models-cert-manager V are known of the kind';

test('types and fields only, as advice, and the report says so', () => {
  expect(said(certificate('{secretName: a, dnsNames: [a], issuerRef: {name: a}}'))).toEqual([ONLY]);
  expect(said(certificate('{}'))).toEqual([ONLY]);
  expect(said(certificate('{secretName: 1, dnsNames: a}'))).toEqual([
    ONLY,
    `quality warning schema/wrong-type spec.secretName: 1 is not a string ${BY}`,
    `quality warning schema/wrong-type spec.dnsNames: "a" is not a list ${BY}`,
  ]);
});

test('a field that is not known is a slip where another is one letter away, and may be newer otherwise', () => {
  const newer =
    'schema/unknown-field not evaluated: the types of cloudcoil-models-cert-manager V do not know a field, which a newer release may have';
  for (const [typed, meant] of [
    ['secretname', 'secretName'],
    ['dnsName', 'dnsNames'],
    ['druation', 'duration'],
    ['dnsNanes', 'dnsNames'],
  ])
    expect(said(certificate(`{${typed}: x}`))).toEqual([
      ONLY,
      `quality warning schema/unknown-field spec.${typed}: unknown field "${typed}", did you mean "${meant}"? ${BY}`,
    ]);
  for (const typed of ['dnsNamesExtra', 'somethingElse', 'secretKind']) expect(said(certificate(`{${typed}: x}`))).toEqual([ONLY, newer]);
});

test.each([
  ['v1alpha2', 'Certificate', 'no schema of kind "Certificate" of cert-manager.io/v1alpha2 is in sight, only of v1'],
  ['v1', 'Certficate', 'no schema of kind "Certficate" of cert-manager.io/v1 is in sight, did you mean "Certificate"?'],
  ['v1', 'Something', 'no schema of kind "Something" of cert-manager.io/v1 is in sight'],
])('%s %s is not among the types', (version, kind, why) => {
  expect(said(`{apiVersion: cert-manager.io/${version}, kind: ${kind}, metadata: {name: a}}`)).toEqual([
    `schema/unknown-kind not evaluated: ${why}`,
  ]);
});

test('a file is asked for once a group, and only where an object needs it', () => {
  asked.length = 0;
  expect(said('{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}')).toEqual([]);
  said('{apiVersion: example.org/v1, kind: A, metadata: {name: a}}');
  said('{apiVersion: example.org/v1, kind: B, metadata: {name: a}}');
  expect(asked).toEqual(['example.org']);
});
