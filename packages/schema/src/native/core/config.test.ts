import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkConfigMap, checkSecret } from './config.ts';

describe('ConfigMaps', () => {
  const of = (members: string): string[] => saidOf(checkConfigMap, `{${members}}`);

  test.each(['data: {a.b_C-1: x, .a: ""}, binaryData: {b: YQ==}', 'data: {}'])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    [
      'data: {"a b": x, "": y, .: z, ..a: z}',
      'schema/invalid data["a b"]',
      'schema/invalid data[""]',
      'schema/invalid data["."]',
      'schema/invalid data["..a"]',
    ],
    ['data: {a: x}, binaryData: {a: YQ==}', 'schema/invalid data.a'],
    ['binaryData: {a: [1, 256]}', 'schema/wrong-type binaryData.a[1]'],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});

describe('Secrets', () => {
  const of = (members: string): string[] => saidOf(checkSecret, `{${members}}`);

  test.each([
    'data: {a: YQ==}',
    'type: a b',
    'type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: e30=}',
    'type: kubernetes.io/dockercfg, stringData: {.dockercfg: "null"}',
    'type: kubernetes.io/basic-auth, data: {password: ""}',
    'type: kubernetes.io/ssh-auth, data: {ssh-privatekey: YQ==}',
    'type: kubernetes.io/tls, stringData: {tls.crt: "-----BEGIN CERTIFICATE-----", tls.key: "-----BEGIN PRIVATE KEY-----"}',
    'type: kubernetes.io/service-account-token, metadata: {annotations: {kubernetes.io/service-account.name: a}}',
  ])('%s is good', (members) => {
    expect(of(members)).toEqual([]);
  });

  test.each([
    ['type: kubernetes.io/tls, data: {tls.crt: "", tls.key: ""}', 'cfg/secret-type data["tls.crt"] (server-warning)'],
    ['data: {"a b": YQ==}', 'schema/invalid data["a b"]'],
    ['type: kubernetes.io/dockerconfigjson', 'cfg/secret-type data[".dockerconfigjson"]'],
    ['type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: W10=}', 'cfg/secret-type data[".dockerconfigjson"]'],
    [
      'type: kubernetes.io/dockerconfigjson, data: {.dockerconfigjson: e30=}, stringData: {.dockerconfigjson: "{"}',
      'cfg/secret-type stringData[".dockerconfigjson"]',
    ],
    ['type: kubernetes.io/dockercfg, data: {.dockercfg: null}', 'cfg/secret-type data[".dockercfg"]'],
    ['type: kubernetes.io/basic-auth, data: {a: YQ==}', 'cfg/secret-type data.username'],
    ['type: kubernetes.io/ssh-auth, data: {ssh-privatekey: ""}', 'cfg/secret-type data.ssh-privatekey'],
    ['type: kubernetes.io/tls, data: {tls.crt: ""}', 'cfg/secret-type data["tls.key"]', 'cfg/secret-type data["tls.crt"] (server-warning)'],
    ['type: kubernetes.io/service-account-token', 'cfg/secret-type metadata.annotations["kubernetes.io/service-account.name"]'],
  ])('%s is not', (members, ...lines) => {
    expect(of(members)).toEqual(lines);
  });
});
