import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkSigningRequest, checkTrustBundle } from './certificates.ts';
import { checkPodCertificate } from './pod-certificate.ts';

// Made for these tests; whose keys are thrown away.
const REQUEST =
  'MIG6MGICAQAwADBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFQt4G14ZvU3n1V94j3s37B3VINPml3KsguW2khykfneL2GVCFTSpLjsY45a//bODeBYOBYOAIRuFEWHwc2SfnWgADAKBggqhkjOPQQDAgNIADBFAiEA77jq0CQLWNhBpHaYKFk/AJpF3RLVNzeULK5Dn94Zs8YCIBrvOwQIvP7LA/LaUtIrhwjuf/G9R9oibnfuWF/JYZnh';
const AUTHORITY =
  'MIIBcTCCARegAwIBAgIUVftjXts1zLKkZ2ySAw2ppGXjNk8wCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCY2EwIBcNMjYxMTI3MTY0MDEwWhgPMjEyNjExMDMxNjQwMTBaMA0xCzAJBgNVBAMMAmNhMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVC3gbXhm9TefVX3iPezfsHdUg0+aXcqyC5baSHKR+d4vYZUIVNKkuOxjjlr/9s4N4Fg4Fg4AhG4URYfBzZJ+daNTMFEwHQYDVR0OBBYEFHgRs+pnkyXFtu2L2H8mVATTJ00kMB8GA1UdIwQYMBaAFHgRs+pnkyXFtu2L2H8mVATTJ00kMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgdDqpovPPNDkHoSHiXxmn2cze15IpPBOkhfAODAPnfn0CIQDyPuHkmUe7v0SSXvBlx937qHRhdAqWUzwAfEZFECfRCQ==';
const LEAF =
  'MIIBcjCCARigAwIBAgIUEZmXGbblB93h7LNKIF7Ek9BLx24wCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEbGVhZjAgFw0yNjExMjcxNjQwMTBaGA8yMTI2MTEwMzE2NDAxMFowDzENMAsGA1UEAwwEbGVhZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFQt4G14ZvU3n1V94j3s37B3VINPml3KsguW2khykfneL2GVCFTSpLjsY45a//bODeBYOBYOAIRuFEWHwc2SfnWjUDBOMB0GA1UdDgQWBBR4EbPqZ5Mlxbbti9h/JlQE0ydNJDAfBgNVHSMEGDAWgBR4EbPqZ5Mlxbbti9h/JlQE0ydNJDAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0gAMEUCIQD11DoCWHFJSpxvbBvB6vRjk7qRjdrA/NViGdpu7KvKAAIgFLmWbhiaQjThxqQrSt6UofyGkEHTkZqodN2SSlseN3U=';

const pem = (type: string, body: string): string => `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`;
const quoted = (text: string): string => JSON.stringify(text);

describe('requests', () => {
  const of = (members: Readonly<Record<string, string>>): string[] => {
    const good = {
      request: quoted(btoa(pem('CERTIFICATE REQUEST', REQUEST))),
      signerName: 'example.com/a',
      usages: '[client auth]',
      ...members,
    };
    const text = Object.entries(good).filter(([, value]) => value !== '');
    return saidOf(checkSigningRequest, `{spec: {${text.map(([key, value]) => `${key}: ${value}`).join(', ')}}}`);
  };

  test.each<[Readonly<Record<string, string>>, ...string[]]>([
    [{}],
    [{ expirationSeconds: '599' }, 'schema/invalid spec.expirationSeconds'],
    [{ usages: '' }, 'schema/missing-required spec.usages'],
    [{ usages: '[Client Auth]' }, 'schema/enum-case spec.usages[0]'],
    [{ usages: '[any, any]' }, 'schema/list-map-duplicate spec.usages[1]'],
    [{ signerName: 'example' }, 'schema/invalid spec.signerName'],
    [{ signerName: 'kubernetes.io/legacy-unknown' }, 'schema/invalid spec.signerName'],
    [{ request: quoted(btoa('hello')) }, 'schema/invalid spec.request'],
    [{ request: quoted(btoa(pem('CERTIFICATE', AUTHORITY))) }, 'schema/invalid spec.request'],
    [{ request: quoted(btoa(pem('CERTIFICATE REQUEST', AUTHORITY))) }, 'schema/invalid spec.request'],
    [{ request: quoted(btoa(pem('CERTIFICATE REQUEST', 'AAAA'))) }, 'schema/invalid spec.request'],
  ])('%o', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});

describe('trust bundles', () => {
  const authority = pem('CERTIFICATE', AUTHORITY);

  test.each<[name: string, signer: string, bundle: string, ...string[]]>([
    ['a', '', authority],
    ['a', '', `text around\n${authority}# and more`],
    ['example.com:a:b', 'example.com/a', authority],
    ['b', 'example.com/a', authority, 'meta/name-invalid metadata.name'],
    ['a:b', '', authority, 'meta/name-invalid metadata.name'],
    ['a', '', 'hello', 'schema/invalid spec.trustBundle'],
    ['a', '', pem('CERTIFICATE', LEAF), 'schema/invalid spec.trustBundle'],
    ['a', '', pem('CERTIFICATE', REQUEST), 'schema/invalid spec.trustBundle'],
    ['a', '', pem('PRIVATE KEY', 'AAAA'), 'schema/invalid spec.trustBundle'],
    ['a', '', authority + authority, 'schema/invalid spec.trustBundle'],
    ['a', '', '', 'schema/missing-required spec.trustBundle'],
  ])('%s of %s %#', (name, signerName, trustBundle, ...lines) => {
    expect(saidOf(checkTrustBundle, JSON.stringify({ metadata: { name }, spec: { signerName, trustBundle } }))).toEqual(lines);
  });
});

test.each<[string, ...string[]]>([
  [''],
  ['maxExpirationSeconds: 3599', 'schema/invalid spec.maxExpirationSeconds'],
  ['maxExpirationSeconds: 90000'],
  ['signerName: kubernetes.io/a, maxExpirationSeconds: 90000', 'schema/invalid spec.maxExpirationSeconds'],
  ['podName: A', 'schema/invalid spec.podName'],
  ['stubPKCS10Request: null', 'schema/missing-required spec.stubPKCS10Request'],
  ['pkixPublicKey: YQ==', 'schema/invalid spec'],
  ['unverifiedUserAnnotations: {a: b}', 'meta/label-invalid spec.unverifiedUserAnnotations.a'],
])('a certificate for a pod: %s', (more, ...lines) => {
  const good: Record<string, unknown> = { signerName: 'example.com/a', maxExpirationSeconds: 3600, stubPKCS10Request: 'YQ==' };
  for (const owner of ['pod', 'serviceAccount', 'node']) Object.assign(good, { [`${owner}Name`]: 'a', [`${owner}UID`]: 'b' });
  const kept = Object.entries(good).filter(([key]) => !more.includes(`${key}:`));
  const members = [...kept.map(([key, value]) => `${key}: ${JSON.stringify(value)}`), ...(more === '' ? [] : [more])];
  expect(saidOf(checkPodCertificate, `{spec: {${members.join(', ')}}}`)).toEqual(lines);
});
