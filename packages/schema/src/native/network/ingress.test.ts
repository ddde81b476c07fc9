import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkIngress } from './ingress.ts';

describe('hosts', () => {
  const of = (host: string): string[] => saidOf(checkIngress, `{spec: {rules: [{host: ${host}}]}}`);

  test.each(['example.com', '"*.example.com"', '""', 'a-1.b'])('%s is good', (host) => {
    expect(of(host)).toEqual([]);
  });

  test.each([
    ['1.2.3.4', 'schema/invalid spec.rules[0].host'],
    ['"::1"', 'schema/invalid spec.rules[0].host'],
    ['"*"', 'schema/invalid spec.rules[0].host'],
    ['"*.*.a"', 'schema/invalid spec.rules[0].host'],
    ['"a*.b"', 'schema/invalid spec.rules[0].host'],
    ['"foo.*.com"', 'schema/invalid spec.rules[0].host'],
    ['A.b', 'schema/invalid spec.rules[0].host'],
    ['a_b', 'schema/invalid spec.rules[0].host'],
    ['a..b', 'schema/invalid spec.rules[0].host'],
    ['"a:80"', 'schema/invalid spec.rules[0].host'],
  ])('%s is not', (host, ...lines) => {
    expect(of(host)).toEqual(lines);
  });
});

describe('paths', () => {
  const of = (path: string): string[] =>
    saidOf(checkIngress, `{spec: {rules: [{http: {paths: [{${path}, backend: {service: {name: a, port: {number: 80}}}}]}}]}}`);

  test.each([
    'pathType: Prefix, path: /',
    'pathType: Exact, path: /.well-known/a',
    'pathType: ImplementationSpecific',
    'pathType: ImplementationSpecific, path: /a//b',
  ])('%s is good', (path) => {
    expect(of(path)).toEqual([]);
  });

  test.each([
    ['path: /', 'schema/missing-required spec.rules[0].http.paths[0].pathType'],
    ['pathType: prefix, path: /', 'schema/enum-case spec.rules[0].http.paths[0].pathType'],
    ['pathType: Prefix', 'schema/invalid spec.rules[0].http.paths[0].path'],
    ['pathType: Prefix, path: ""', 'schema/invalid spec.rules[0].http.paths[0].path'],
    ['pathType: Exact, path: a', 'schema/invalid spec.rules[0].http.paths[0].path'],
    ['pathType: ImplementationSpecific, path: "*"', 'schema/invalid spec.rules[0].http.paths[0].path'],
    ['pathType: Prefix, path: /a//b', 'schema/invalid spec.rules[0].http.paths[0].path'],
    ['pathType: Prefix, path: /a/../b', 'schema/invalid spec.rules[0].http.paths[0].path'],
    ['pathType: Prefix, path: /a/..', 'schema/invalid spec.rules[0].http.paths[0].path'],
    ['pathType: Exact, path: /%2F', 'schema/invalid spec.rules[0].http.paths[0].path'],
  ])('%s is not', (path, ...lines) => {
    expect(of(path)).toEqual(lines);
  });
});

describe('backends', () => {
  const of = (backend: string): string[] => saidOf(checkIngress, `{spec: {defaultBackend: {${backend}}}}`);

  test.each([
    'service: {name: a, port: {number: 80}}',
    'service: {name: 1a, port: {name: http}}',
    'resource: {apiGroup: a.b, kind: K, name: n}',
  ])('%s is good', (backend) => {
    expect(of(backend)).toEqual([]);
  });

  test.each([
    ['', 'schema/missing-required spec.defaultBackend.service'],
    ['service: {name: a, port: {number: 80}}, resource: {kind: K, name: n}', 'schema/invalid spec.defaultBackend'],
    ['service: {port: {number: 80}}', 'schema/missing-required spec.defaultBackend.service.name'],
    ['service: {name: A, port: {number: 80}}', 'schema/invalid spec.defaultBackend.service.name'],
    ['service: {name: a}', 'schema/missing-required spec.defaultBackend.service.port'],
    ['service: {name: a, port: {}}', 'schema/missing-required spec.defaultBackend.service.port.number'],
    ['service: {name: a, port: {number: 80, name: http}}', 'schema/invalid spec.defaultBackend.service.port'],
    ['service: {name: a, port: {number: 70000}}', 'schema/invalid spec.defaultBackend.service.port.number'],
    ['service: {name: a, port: {name: "80"}}', 'schema/invalid spec.defaultBackend.service.port.name'],
    [
      'resource: {apiGroup: "", kind: K/L, name: ""}',
      'schema/invalid spec.defaultBackend.resource.apiGroup',
      'schema/invalid spec.defaultBackend.resource.kind',
      'schema/missing-required spec.defaultBackend.resource.name',
    ],
  ])('%s is not', (backend, ...lines) => {
    expect(of(backend)).toEqual(lines);
  });
});

describe('the rest', () => {
  const of = (object: string): string[] => saidOf(checkIngress, object);

  test.each([
    '{spec: {defaultBackend: {service: {name: a, port: {number: 80}}}, tls: [{hosts: [a.b, "*.b"], secretName: s}], ingressClassName: nginx}}',
    '{metadata: {annotations: {kubernetes.io/ingress.class: nginx}}, spec: {ingressClassName: nginx, rules: [{host: a}]}}',
  ])('%s is good', (object) => {
    expect(of(object)).toEqual([]);
  });

  test.each([
    ['{spec: {}}', 'schema/invalid spec.rules'],
    ['{spec: {rules: []}}', 'schema/invalid spec.rules'],
    ['{spec: {rules: [{http: {paths: []}}]}}', 'schema/missing-required spec.rules[0].http.paths'],
    [
      '{spec: {rules: [{host: a}], tls: [{hosts: ["", A], secretName: a_b}]}}',
      'schema/invalid spec.tls[0].hosts[0]',
      'schema/invalid spec.tls[0].hosts[1]',
      'schema/invalid spec.tls[0].secretName',
    ],
    ['{spec: {rules: [{host: a}], ingressClassName: ""}}', 'schema/invalid spec.ingressClassName'],
    [
      '{metadata: {annotations: {kubernetes.io/ingress.class: a}}, spec: {ingressClassName: nginx, rules: [{host: a}]}}',
      'schema/invalid metadata.annotations["kubernetes.io/ingress.class"]',
    ],
  ])('%s is not', (object, ...lines) => {
    expect(of(object)).toEqual(lines);
  });
});
