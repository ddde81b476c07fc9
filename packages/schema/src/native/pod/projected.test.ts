import { expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { ROOT } from '../place.ts';
import { checkProjected } from './projected.ts';

const of = (sources: string, minor = 37): string[] =>
  saidOf((volume, judgement) => checkProjected(volume, ROOT, judgement), `sources: [${sources}]`, { minor });

const CERTIFICATE = 'signerName: a.b/c, keyType: ED25519, keyPath: k';

test.each([
  '{secret: {name: a, items: [{key: a, path: b}]}}, {configMap: {name: a, items: [{key: a, path: c}]}}, {}',
  '{serviceAccountToken: {path: a, expirationSeconds: 600}}, {serviceAccountToken: {path: a}}',
  '{clusterTrustBundle: {name: "a.b:c:d", path: a}}, {clusterTrustBundle: {signerName: a.b/c, labelSelector: {}, path: b}}',
  `{podCertificate: {${CERTIFICATE}, maxExpirationSeconds: 7862400, userAnnotations: {A.b/c: d}}}`,
])('%s is good', (sources) => {
  expect(of(sources)).toEqual([]);
});

test.each([
  ['{secret: {name: a}, configMap: {name: b}}', 'schema/invalid sources[0].configMap'],
  ['{secret: {}}', 'schema/missing-required sources[0].secret.name'],
  [
    '{secret: {name: a, items: [{key: a, path: b}]}}, {downwardAPI: {items: [{path: b, fieldRef: {fieldPath: metadata.name}}]}}',
    'schema/invalid sources[1].downwardAPI.items[0].path',
  ],
  [
    '{serviceAccountToken: {path: /a, expirationSeconds: 599}}',
    'schema/invalid sources[0].serviceAccountToken.expirationSeconds',
    'schema/invalid sources[0].serviceAccountToken.path',
  ],
  ['{serviceAccountToken: {path: a, expirationSeconds: 4294967297}}', 'schema/invalid sources[0].serviceAccountToken.expirationSeconds'],
  ['{clusterTrustBundle: {path: a}}', 'schema/missing-required sources[0].clusterTrustBundle.signerName'],
  ['{clusterTrustBundle: {path: a, name: b, signerName: a.b/c}}', 'schema/invalid sources[0].clusterTrustBundle.signerName'],
  [
    '{clusterTrustBundle: {path: a, name: B, labelSelector: {}}}',
    'schema/invalid sources[0].clusterTrustBundle.name',
    'schema/invalid sources[0].clusterTrustBundle.labelSelector',
  ],
  ['{clusterTrustBundle: {path: a, name: "a/b:c"}}', 'schema/invalid sources[0].clusterTrustBundle.name'],
  ['{clusterTrustBundle: {path: a, signerName: b}}', 'schema/invalid sources[0].clusterTrustBundle.signerName'],
  [
    '{podCertificate: {signerName: a.b/c, keyType: RSA2048}}',
    'schema/invalid sources[0].podCertificate.keyType',
    'schema/missing-required sources[0].podCertificate.credentialBundlePath',
  ],
  [`{podCertificate: {${CERTIFICATE}, maxExpirationSeconds: 3599}}`, 'schema/invalid sources[0].podCertificate.maxExpirationSeconds'],
  [
    `{podCertificate: {${CERTIFICATE.replace('a.b', 'a.kubernetes.io')}, maxExpirationSeconds: 86401}}`,
    'schema/invalid sources[0].podCertificate.maxExpirationSeconds',
  ],
  [
    `{podCertificate: {${CERTIFICATE}, certificateChainPath: k, userAnnotations: {c: d}}}`,
    'meta/label-invalid sources[0].podCertificate.userAnnotations.c',
    'schema/invalid sources[0].podCertificate.certificateChainPath',
  ],
])('%s', (sources, ...wanted) => {
  expect(of(sources)).toEqual(wanted);
});

test('sources of features that were off drop out', () => {
  expect(of('{clusterTrustBundle: {}}, {podCertificate: {}}', 34)).toEqual([]);
});
