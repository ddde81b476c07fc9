import { isWritten, mayGainFields, type NotEvaluated, type Problem, type ResourceRule, textAt } from '@plumbline/core';
import { example } from '../examples.ts';
import { KUSTOMIZATION } from '../kinds.ts';
import { whyOtherContent } from '../same-source.ts';
import { encryptedIn } from '../sops-files.ts';
import { sourceOfKustomization } from '../sources.ts';

const secret = `---
apiVersion: v1
kind: Secret
metadata:
  name: cart
stringData:
  password: ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]
sops:
  mac: ENC[AES256_GCM,data:AAAA,iv:AAAA,tag:AAAA,type:str]
  version: 3.9.0
`;
const apps = (lines: readonly string[]): string =>
  example('Kustomization', [
    'interval: 10m',
    'prune: true',
    'path: ./apps',
    'sourceRef:',
    '  kind: GitRepository',
    '  name: shop',
    ...lines,
  ]) + secret;

export const rule: ResourceRule = {
  id: 'flux/decryption',
  title: 'A Kustomization that applies secrets of SOPS decrypts them',
  why: 'Without spec.decryption Flux applies the encrypted text: the API server refuses it, or the program gets "ENC[…" as its password. Nothing else of the Kustomization is applied either.',
  remedy: 'Add spec.decryption with provider "sops", and secretRef or a service account that may use the key.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',
  examples: { pass: apps(['decryption:', '  provider: sops']), fail: apps([]), path: 'apps/case.yaml' },
  kinds: [KUSTOMIZATION],
  scope: 'repository',
  *check(resource, { repository }): Iterable<Problem | NotEvaluated> {
    const file = resource.document.file.path;
    const source = sourceOfKustomization(resource);
    const path = textAt(resource, ['spec', 'path']) ?? (isWritten(resource, ['spec', 'path']) ? undefined : '.');
    if (isWritten(resource, ['spec', 'decryption']) || source?.kind !== 'GitRepository' || path === undefined) return;
    if (repository.unseenFrom(file) !== undefined || mayGainFields(resource)) return;
    const target = repository.locate(path, file);
    if (target === undefined || whyOtherContent(source, resource, repository) !== undefined) return;
    const [first, ...others] = encryptedIn(target, repository);
    if (first === undefined) return;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    yield { path: ['spec'], part: 'key', message: `no "decryption", though SOPS has encrypted "${first.file.path}"${more}` };
  },
};
