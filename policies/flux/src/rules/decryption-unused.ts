import { decode, isWritten, type NotEvaluated, type Problem, type ResourceRule, textAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { KUSTOMIZATION } from '../kinds.ts';
import { whyOtherContent } from '../same-source.ts';
import { sourceOfKustomization } from '../sources.ts';

const apps = (lines: readonly string[]): string =>
  example('Kustomization', [
    'interval: 10m',
    'prune: true',
    'path: ./apps',
    'sourceRef:',
    '  kind: GitRepository',
    '  name: shop',
    ...lines,
  ]);

/** Only where no file of the folder could be one of SOPS's, whatever its kind: inputs of generators may be encrypted too. */
export const rule: ResourceRule = {
  id: 'flux/decryption-unused',
  title: 'A Kustomization that decrypts has something to decrypt',
  why: 'A key that is not needed is a key that can be stolen.',
  remedy: 'Delete spec.decryption.',
  severity: 'info',
  class: 'quality',
  set: 'optional',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',
  examples: { pass: apps([]), fail: apps(['decryption:', '  provider: sops']), path: 'apps/case.yaml' },
  kinds: [KUSTOMIZATION],
  scope: 'repository',
  *check(resource, { repository }): Iterable<Problem | NotEvaluated> {
    const file = resource.document.file.path;
    const source = sourceOfKustomization(resource);
    const path = textAt(resource, ['spec', 'path']);
    if (!isWritten(resource, ['spec', 'decryption']) || source?.kind !== 'GitRepository' || path === undefined) return;
    if (repository.unseenFrom(file) !== undefined || whyOtherContent(source, resource, repository) !== undefined) return;
    const target = repository.locate(path, file);
    // What a build takes from elsewhere, and what it merges in, is not looked through.
    if (target === undefined || isWritten(resource, ['spec', 'components'])) return;
    const read = repository.inputs;
    const paths = read.list(target);
    if (paths.some((each) => leadsOut(read.read(each)?.bytes, each) || /sops|secret|\benc\b|encrypted/i.test(each.slice(target.length))))
      return;
    yield {
      path: ['spec', 'decryption'],
      part: 'key',
      message: `nothing in "${path}" is encrypted`,
      fix: { title: 'delete "decryption"', safe: false, changes: [{ op: 'remove', path: ['spec', 'decryption'] }] },
    };
  },
};

/** Whether a file is encrypted, or a kustomization that names something outside of its folder. */
function leadsOut(bytes: Uint8Array | undefined, path: string): boolean {
  if (bytes === undefined || bytes.length > 1_000_000) return true;
  const { text } = decode(bytes);
  return text.includes('ENC[') || (/(?:^|\/)kustomization\.ya?ml$|(?:^|\/)Kustomization$/.test(path) && text.includes('../'));
}
