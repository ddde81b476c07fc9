import { expect, test } from 'vitest';
import { parse } from '../read/parse.ts';
import { isGitRepository, ownSource } from './own-source.ts';

const read = (text: string) => parse({ path: 'a.yaml', bytes: new TextEncoder().encode(text) });
const SOURCE = (name: string, url: string): string =>
  `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: ${name}}\nspec: {url: "${url}"}\n`;
const APPLIES = (name: string, kind = 'GitRepository'): string =>
  `kind: Kustomization\nspec: {sourceRef: {kind: ${kind}, name: ${name}}}\n`;

test('what Flux was set up with is this repository, however it is reached; a source of another address is another repository', () => {
  const sources = read(
    SOURCE('flux-system', 'ssh://git@github.com/shop/fleet') +
      SOURCE('same', 'https://github.com/Shop/fleet.git') +
      SOURCE('scp', 'git@github.com:shop/fleet.git') +
      SOURCE('port', 'ssh://git@github.com:22/shop/fleet') +
      SOURCE('podinfo', 'https://github.com/stefanprodan/podinfo') +
      SOURCE('open', 'https://github.com/${OWNER}/fleet'),
  ).filter(isGitRepository);
  const own = ownSource(sources);
  const isElsewhere = (text: string): boolean => read(text).some((document) => own.isElsewhere(document));
  expect(['flux-system', 'same', 'scp', 'port', 'podinfo', 'open', 'gone'].map((name) => isElsewhere(APPLIES(name)))).toEqual([
    false,
    false,
    false,
    false,
    true,
    false,
    false,
  ]);
  expect(isElsewhere(APPLIES('podinfo', 'OCIRepository'))).toBe(false);
});

test('where nothing says which this repository is, any may be it', () => {
  const own = ownSource(read(SOURCE('podinfo', 'https://github.com/stefanprodan/podinfo')));
  expect(read(APPLIES('podinfo')).some((document) => own.isElsewhere(document))).toBe(false);
});
