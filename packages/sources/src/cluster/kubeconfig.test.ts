import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credentialsOf } from './credentials.ts';
import { inCluster } from './in-cluster.ts';
import { readAccess } from './kubeconfig.ts';
import { proxyOf } from './proxy.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-kube-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

const config = (user: string, cluster = '', current = 'live'): string => `
apiVersion: v1
kind: Config
current-context: ${current}
contexts:
  - {name: live, context: {cluster: c, user: u}}
  - {name: lab, context: {cluster: c2, user: u}}
clusters:
  - name: c
    cluster: {server: "https://live.example:6443"${cluster}}
users:
  - name: u
    user: ${user}
`;

describe('which cluster', () => {
  test('the context named, or the current one', () => {
    const KUBECONFIG = write('a.yaml', config('{token: t}'));
    expect(readAccess('', { KUBECONFIG })).toMatchObject({ name: 'live', user: { token: 't' } });
    expect(readAccess('', { KUBECONFIG }).server.href).toBe('https://live.example:6443/');
    expect(() => readAccess('liv', { KUBECONFIG })).toThrow('there is no context "liv"; did you mean "live"?');
    expect(() => readAccess('lab', { KUBECONFIG })).toThrow('names a cluster "c2" that its kubeconfig does not have');
  });

  test('of several files the first to say something wins, and one that is not there is passed over', () => {
    const first = write('first.yaml', config('{token: first}', '', '""'));
    const second = write('second.yaml', `${config('{token: second}', '', 'lab')}`.replace('name: c\n', 'name: c2\n'));
    const KUBECONFIG = [join(folder, 'absent'), first, second].join(delimiter);
    expect(readAccess('', { KUBECONFIG })).toMatchObject({ name: 'lab', user: { token: 'first' } });
  });

  test('~/.kube/config without KUBECONFIG; file names are relative to it', () => {
    write('home/.kube/config', config('{client-certificate: me.crt, exec: {command: ./login}}', ', certificate-authority: ca.crt'));
    expect(readAccess('live', { HOME: join(folder, 'home') })).toMatchObject({
      cluster: { 'certificate-authority': join(folder, 'home/.kube/ca.crt') },
      user: { 'client-certificate': join(folder, 'home/.kube/me.crt'), exec: { command: join(folder, 'home/.kube/login') } },
    });
  });

  test.each([
    ['no YAML', 'a: [', 'cannot be read'],
    ['no server', config('{}').replace('server', 'other'), 'has no server'],
    ['an address of another kind', config('{}').replace('https:', 'ftp:'), 'is no address'],
  ])('%s', (name, text, message) => {
    expect(() => readAccess('live', { KUBECONFIG: write(`${name}.yaml`, text) })).toThrow(message);
  });

  test('the cluster of the pod that we run in', () => {
    const account = join(folder, 'account');
    write('account/token', 'pod-token\n');
    const access = inCluster({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' }, account);
    expect(access?.server.href).toBe('https://[fd00::1]/');
    expect(access).toMatchObject({ user: { tokenFile: join(account, 'token') } });
    expect(inCluster({}, account)).toBeUndefined();
  });
});

describe('who asks', () => {
  const credentials = (user: string, name: string) => {
    const KUBECONFIG = write(`${name}.yaml`, config(user));
    return credentialsOf(readAccess('', { KUBECONFIG }), { PATH: process.env.PATH, KUBECONFIG });
  };

  test('a token, and a file of one before it', async () => {
    expect((await credentials('{token: t}', 'token')).headers).toEqual({ authorization: 'Bearer t' });
    write('tok', 'from-file\n');
    expect(await credentials('{token: t, tokenFile: tok}', 'file')).toMatchObject({
      headers: { authorization: 'Bearer from-file' },
      renews: true,
    });
  });

  test('a name and password; a certificate as data or file; somebody else', async () => {
    expect((await credentials('{username: a, password: b}', 'basic')).headers).toEqual({ authorization: 'Basic YTpi' });
    write('me.key', 'KEY');
    expect(await credentials('{client-certificate-data: Q0VSVA==, client-key: me.key}', 'cert')).toMatchObject({
      cert: 'CERT',
      key: 'KEY',
    });
    expect((await credentials('{token: t, as: boss, as-groups: [a, b], as-user-extra: {scopes: [x]}}', 'as')).headers).toEqual({
      authorization: 'Bearer t',
      'Impersonate-User': 'boss',
      'Impersonate-Group': ['a', 'b'],
      'Impersonate-Extra-scopes': ['x'],
    });
  });

  test('a plugin is told of the cluster and gives a token', async () => {
    write(
      'plugin.sh',
      '#!/bin/sh\nnode -e \'const info = JSON.parse(process.env.KUBERNETES_EXEC_INFO); console.log(JSON.stringify({kind: "ExecCredential", apiVersion: info.apiVersion, status: {token: [process.argv[1], process.env.WHO, info.spec.cluster.server].join()}}))\' "$@"\n',
    );
    const exec =
      '{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin.sh, args: [one], env: [{name: WHO, value: me}], provideClusterInfo: true, interactiveMode: Never}}';
    expect(await credentials(exec, 'exec')).toMatchObject({
      headers: { authorization: 'Bearer one,me,https://live.example:6443' },
      renews: true,
    });
  });

  test.each([
    ['a plugin that there is not', '{exec: {command: ./absent, installHint: get it}}', /absent cannot be run.*get it/s],
    ['a plugin that fails', '{exec: {command: "false"}}', 'ended with exit code 1'],
    ['a plugin that says something else', '{exec: {command: echo, args: [secret]}}', /printed no ExecCredential$/],
    ['a provider of old', '{auth-provider: {name: gcp}}', 'use an exec plugin'],
    ['a file that there is not', '{tokenFile: absent}', 'cannot be read: ENOENT'],
  ])('%s', async (name, user, message) => {
    await expect(credentials(user, name)).rejects.toThrow(message);
  });
});

test.each([
  ['', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1/'],
  ['', { https_proxy: 'p:1' }, 'http://p:1/'],
  ['', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'other, .example' }, undefined],
  ['', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'ample' }, 'http://p:1/'],
  [', proxy-url: "http://own:2"', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, 'http://own:2/'],
])('proxy %s %j', (cluster, environment, expected) => {
  const access = readAccess('', { KUBECONFIG: write('proxy.yaml', config('{}', cluster)) });
  expect(proxyOf(access, environment)?.href).toBe(expected);
});
