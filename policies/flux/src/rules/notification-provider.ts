import {
  type FieldPath,
  isObject,
  isPlain,
  listAt,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  textAt,
} from '@plumbline/core';
import { example } from '../examples.ts';
import {
  ALERT,
  BUCKET,
  GIT_REPOSITORY,
  HELM_CHART,
  HELM_RELEASE,
  HELM_REPOSITORY,
  IMAGE_POLICY,
  IMAGE_REPOSITORY,
  IMAGE_UPDATE_AUTOMATION,
  KUSTOMIZATION,
  kindOfKey,
  OCI_REPOSITORY,
  PROVIDER,
  RECEIVER,
} from '../kinds.ts';
import { judgeReferences, type Reference } from '../references.ts';

const KEYS = new Map(
  [
    BUCKET,
    GIT_REPOSITORY,
    HELM_CHART,
    HELM_RELEASE,
    HELM_REPOSITORY,
    IMAGE_POLICY,
    IMAGE_REPOSITORY,
    IMAGE_UPDATE_AUTOMATION,
    KUSTOMIZATION,
    OCI_REPOSITORY,
  ].map((key) => [kindOfKey(key), key]),
);

const alert = (provider: string): string =>
  `${example('Provider', ['type: slack'], 'chat-channel')}---\n${example('Alert', ['providerRef:', `  name: ${provider}`, 'eventSources: []'])}`;

export const rule: ResourceRule = {
  id: 'flux/notification-provider',
  title: 'Alerts and receivers name objects that exist',
  why: 'An alert without its provider tells nobody, and a receiver or alert for an object that is not there never speaks: without an error in either case.',
  remedy:
    'Correct the name. The provider has to be in the namespace of the alert; what is watched is looked for there too, unless a namespace is written.',
  severity: 'warning',
  class: 'quality',
  set: 'recommended',
  link: 'https://fluxcd.io/flux/components/notification/alerts/',
  examples: { pass: alert('chat-channel'), fail: alert('chat-chanel') },
  kinds: [ALERT, RECEIVER],
  scope: 'repository',
  *check(resource, context): Iterable<Problem | NotEvaluated> {
    yield* judgeReferences(references, [ALERT, RECEIVER], resource, context, 'warning');
  },
};

function* references(resource: Resource): Iterable<Reference> {
  const provider = textAt(resource, ['spec', 'providerRef', 'name']);
  if (resource.gvk.kind === 'Alert' && provider !== undefined)
    yield { key: PROVIDER, name: provider, namespace: resource.namespace, path: ['spec', 'providerRef', 'name'] };
  const list: FieldPath = ['spec', resource.gvk.kind === 'Alert' ? 'eventSources' : 'resources'];
  for (const [index, item] of listAt(resource, list).entries()) {
    if (!isObject(item)) continue;
    const kind = member(item, 'kind');
    const name = member(item, 'name');
    const namespace = member(item, 'namespace');
    const key = typeof kind === 'string' ? KEYS.get(kind) : undefined;
    // A HelmChart may be one that the controller makes of a release.
    if (key === undefined || key === HELM_CHART || typeof name !== 'string' || name === '*' || !isPlain(name)) continue;
    yield {
      key,
      name,
      namespace: typeof namespace === 'string' && namespace !== '' ? namespace : resource.namespace,
      path: [...list, index, 'name'],
    };
  }
}
