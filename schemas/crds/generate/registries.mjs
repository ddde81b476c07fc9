// Packages of the npm registry and of PyPI, fetched by their own clients into a cache and checked against their pinned digests.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readZip } from '../../kubernetes/generate/zip.mjs';

/** The text files of a package by path; undefined where it is not in the cache and may not be fetched. */
export function packageFiles(one, cache, fetchIt) {
  return one.registry === 'PyPI' ? wheelFiles(one, cache, fetchIt) : archiveFiles(one, cache, fetchIt);
}

function wheelFiles({ name, version, digest }, cache, fetchIt) {
  const path = join(cache, `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`);
  if (!existsSync(path)) {
    if (!fetchIt) return undefined;
    mkdirSync(cache, { recursive: true });
    // Nothing of it is run, so the Python that it wants does not matter.
    const flags = ['--quiet', '--no-deps', '--ignore-requires-python', '--only-binary', ':all:', '--dest', cache];
    execFileSync('python3', ['-m', 'pip', 'download', ...flags, `${name}==${version}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const bytes = readFileSync(path);
  demand(name, version, `sha256:${createHash('sha256').update(bytes).digest('hex')}`, digest);
  return new Map([...readZip(bytes)].map(([member, content]) => [member, content()]));
}

function demand(name, version, found, digest) {
  if (found !== digest) throw new Error(`${name} ${version} has another digest than the pinned one: ${found}`);
}

function archiveFiles({ name, version, digest }, cache, fetchIt) {
  const path = join(cache, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
  if (!existsSync(path)) {
    if (!fetchIt) return undefined;
    mkdirSync(cache, { recursive: true });
    execFileSync('npm', ['pack', '--silent', '--pack-destination', cache, `${name}@${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const bytes = readFileSync(path);
  demand(name, version, `sha512-${createHash('sha512').update(bytes).digest('base64')}`, digest);
  return untar(gunzipSync(bytes));
}

function untar(bytes) {
  const files = new Map();
  let longName;
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
    const text = (from, length) => bytes.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const type = text(156, 1);
    const prefix = text(345, 155);
    const name = longName ?? (prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`);
    const content = bytes.subarray(at + 512, at + 512 + size);
    longName = undefined;
    if (type === 'x') longName = /\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1];
    else if (type === 'L') longName = content.toString('utf8').replace(/\0.*$/s, '');
    else if (type === '0' || type === '') files.set(name.replace(/^[^/]+\//, ''), content);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
