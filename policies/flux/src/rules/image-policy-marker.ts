import { type FileProblem, type FileRule, isPlain, isSlip, type NotEvaluated, type Range, type RuleContext } from '@plumbline/core';
import { example } from '../examples.ts';
import { IMAGE_POLICY } from '../kinds.ts';
import { ELSEWHERE, namedOf } from '../references.ts';

const WORD = '$imagepolicy';
const COMMENT = /(?:^|[ \t])#[ \t]*(\{[^\r\n]*\$imagepolicy[^\r\n]*)/;
const VALUE = /^([a-z0-9][a-z0-9-]*):([a-z0-9][a-z0-9.-]*)(?::(?:tag|name|digest))?$/;

const image = (marker: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: cart
          image: registry.example.org/cart:1.2.3 # ${marker}
---
${example('ImagePolicy', ['imageRepositoryRef:', '  name: cart'], 'cart-policy')}`;

export const rule: FileRule = {
  id: 'flux/image-policy-marker',
  title: 'Markers for image updates are well formed, and name a policy that exists',
  why: 'Flux passes over a marker that it cannot read, or whose policy is not there, without a word: the image is never updated.',
  remedy:
    'Write # {"$imagepolicy": "NAMESPACE:NAME"} behind the value, with :tag, :name or :digest at the end where the value is only that part.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/guides/image-update/#configure-image-updates',
  examples: { pass: image('{"$imagepolicy": "shop:cart-policy"}'), fail: image('{"$imagepolicy": "shop:cart-plicy"}') },
  kinds: ['any/File'],
  scope: 'repository',
  checkFile(file, context): Iterable<FileProblem | NotEvaluated> {
    if (!file.documents.some(({ text }) => text.includes(WORD))) return [];
    return judge(file.text, context, file.file.path);
  },
};

function* judge(text: string, context: RuleContext, path: string): Iterable<FileProblem | NotEvaluated> {
  for (const [index, line] of text.split('\n').entries()) {
    const match = line.includes(WORD) ? COMMENT.exec(line) : null;
    if (match === null) continue;
    const comment = (match[1] ?? '').trimEnd();
    const column = match.index + match[0].indexOf('{') + 1;
    const range: Range = { line: index + 1, column, endLine: index + 1, endColumn: column + comment.length };
    const value = readMarker(comment);
    if (value === undefined) yield { range, message: 'the marker is no JSON object with one text under "$imagepolicy"' };
    else if (isPlain(value)) yield* judgeValue(value, range, context, path);
  }
}

/** The value of a marker as Flux reads it: the whole comment is JSON. */
function readMarker(comment: string): string | undefined {
  try {
    const read: unknown = JSON.parse(comment);
    if (typeof read !== 'object' || read === null || !(WORD in read)) return undefined;
    const value: unknown = read[WORD];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function* judgeValue(value: string, range: Range, { repository }: RuleContext, path: string): Iterable<FileProblem | NotEvaluated> {
  const [, namespace, name] = VALUE.exec(value) ?? [];
  if (namespace === undefined || name === undefined) {
    yield { range, message: `"${value}" is not NAMESPACE:NAME, with :tag, :name or :digest at most` };
    return;
  }
  const policies = repository.byKind(IMAGE_POLICY);
  const named = namedOf(repository, IMAGE_POLICY).get(name) ?? [];
  if (named.some((policy) => policy.namespace === undefined || policy.namespace === namespace || policy.unit.mayAdd?.namespace === true))
    return;
  const unseen = repository.unseenFrom(path);
  const [away] = named;
  const meant = policies.find((policy) => policy.namespace === namespace && isSlip(name, policy.name));
  const message = `no ImagePolicy "${name}" in namespace "${namespace}"`;
  if (unseen !== undefined) yield { notEvaluated: unseen };
  else if (away !== undefined) {
    yield {
      range,
      message: `${message}, only in "${away.namespace}"`,
      related: [{ resource: away, path: ['metadata', 'name'], message: 'this one is in another namespace' }],
    };
  } else if (meant !== undefined) {
    yield {
      range,
      message: `${message}; did you mean "${meant.name}"?`,
      related: [{ resource: meant, path: ['metadata', 'name'], message: 'this ImagePolicy has a similar name' }],
    };
  } else yield { notEvaluated: ELSEWHERE };
}
