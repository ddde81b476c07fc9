import { expect, test } from 'vitest';
import { createSecretMask, isSecretKind, isSecretText, maskMessage, secretMaskOf, setSecretMask } from './mask.ts';

test('values of a Secret leave its messages, equal ones under the same number', () => {
  const secret = { kind: 'Secret', data: { a: 'S3CRET==', b: 'x' }, stringData: { c: 'S3CRET==', pin: 42 } };
  const mask = createSecretMask();
  expect(maskMessage('invalid base64 "S3CRET=="', secret, '', mask)).toBe('invalid base64 "<secret 1>"');
  expect(maskMessage('expected string, got 42 at exit "x"', secret, '', mask)).toBe('expected string, got <secret 2> at exit "<secret 3>"');
  expect(maskMessage('"S3CRET==" again', secret, '', mask)).toBe('"<secret 1>" again');
});

test('other kinds keep their messages', () => {
  expect(maskMessage('got "a"', { kind: 'ConfigMap', data: { k: 'a' } }, 'kind: ConfigMap', createSecretMask())).toBe('got "a"');
});

test('a Secret that cannot be read has every quoted stretch masked', () => {
  const text = 'apiVersion: v1\nkind: Secret\ndata:\n  a: "SUPER';
  expect(maskMessage('unexpected "SUPER"', undefined, text, createSecretMask())).toBe('unexpected "<secret 1>"');
});

test('a List keeps the values of its Secrets', () => {
  const list = {
    kind: 'List',
    items: [
      { kind: 'Secret', data: { a: 'SUPER' } },
      { kind: 'ConfigMap', data: { b: 'plain' } },
    ],
  };
  expect(maskMessage('the kind "List" has "SUPER" and "plain"', list, '', createSecretMask())).toBe(
    'the kind "List" has "<secret 1>" and "plain"',
  );
});

test('a stand-in is not masked again', () => {
  const secret = { kind: 'Secret', data: { a: '1', b: 'secret', c: 'password' } };
  expect(maskMessage('"password" is 1 secret', secret, '', createSecretMask())).toBe('"<secret 1>" is <secret 2> <secret 3>');
});

test('in a Secret of very many values whatever is quoted is masked, and each word that is a value', () => {
  const secret = (count: number) => ({
    kind: 'Secret',
    data: Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, `value-${index}`])),
  });
  const message = '"field" is value-7, not xvalue-7';
  expect(maskMessage(message, secret(501), '', createSecretMask())).toBe('"<secret 1>" is <secret 2>, not xvalue-7');
  expect(maskMessage(message, secret(500), '', createSecretMask())).toBe('"field" is <secret 1>, not x<secret 1>');
});

test('Secret is told from its neighbours by text', () => {
  for (const text of ['kind: Secret', '- kind: "Secret"  # x', '{"kind":"Secret","data":{}}', "'kind': !!str Secret"])
    expect([text, isSecretText(text)]).toEqual([text, true]);
  for (const text of ['kind: SecretStore', 'kind: SealedSecret', 'name: Secret', 'secretKind: Secret'])
    expect([text, isSecretText(text)]).toEqual([text, false]);
});

test('a Secret is one also where its kind is misspelt, in other case, or left out', () => {
  for (const text of ['kind: secret', 'Kind: Secrets', 'kind: SecretList', 'kind: >-\n  Secret', 'stringData:\n  a: b', 'type: Opaque'])
    expect([text, isSecretText(text)]).toEqual([text, true]);
  for (const kind of ['Secret', 'secret', 'Secert', 'SecretList']) expect([kind, isSecretKind(kind)]).toEqual([kind, true]);
  for (const kind of ['Service', 'Sensor', 'SealedSecret', 'SecretStore']) expect([kind, isSecretKind(kind)]).toEqual([kind, false]);
  expect(maskMessage('got "SUPER"', { kind: 'SecretList', items: [{ data: { a: 'SUPER' } }] }, '', createSecretMask())).toBe(
    'got "<secret 1>"',
  );
  expect(maskMessage('got "SUPER"', { kind: 'secret', data: { a: 'SUPER' } }, '', createSecretMask())).toBe('got "<secret 1>"');
});

test('a reporter goes on with the numbers of the report', () => {
  const mask = createSecretMask();
  mask.standIn('a');
  const report = {};
  setSecretMask(report, mask);
  expect(secretMaskOf(report).standIn('b')).toBe('<secret 2>');
});
