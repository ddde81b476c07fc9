import {
  type FieldPath,
  isArray,
  isObject,
  type JsonObject,
  member,
  type NotEvaluated,
  type Problem,
  type Resource,
  type ResourceRule,
  type RuleContext,
  valueAt,
} from '@plumbline/core';
import { missing, OUTSIDE } from '../missing.ts';
import { find, isSurelyIn, locals, namesakes, type Place } from '../sight.ts';

export const rule: ResourceRule = {
  id: 'ref/webhook-service',
  title: 'The Service behind a webhook or an API exists, with its port',
  why: 'The API server calls the webhook for every request that it is registered for. Without its Service such requests are refused, or the check is passed over.',
  remedy: 'Write name, namespace and port (443 by default) of the Service in front of the webhook.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: shop
webhooks:
  - name: check.shop.example
    clientConfig:
      service:
        namespace: shop
        name: webhook
---
apiVersion: v1
kind: Service
metadata:
  name: webhook
  namespace: shop
spec:
  ports:
    - port: 443
`,
    fail: `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: shop
webhooks:
  - name: check.shop.example
    clientConfig:
      service:
        namespace: shop
        name: webhook
---
apiVersion: v1
kind: Service
metadata:
  name: webhook
  namespace: shop
spec:
  ports:
    - port: 8443
`,
  },
  link: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/',
  kinds: [
    'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
    'apiregistration.k8s.io/APIService',
    'apiextensions.k8s.io/CustomResourceDefinition',
  ],
  scope: 'unit',
  *check(resource, context) {
    const seen = new Set<string>();
    for (const { service, path } of servicesOf(resource)) {
      const key = `${String(service.namespace)}/${String(service.name)}:${String(service.port)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield* judge(resource, service, path, context);
    }
  },
};

function* servicesOf(resource: Resource): Iterable<{ service: JsonObject; path: FieldPath }> {
  const paths: FieldPath[] = [
    ['spec', 'service'],
    ['spec', 'conversion', 'webhook', 'clientConfig', 'service'],
  ];
  const webhooks = member(resource.object, 'webhooks');
  if (isArray(webhooks)) for (const index of webhooks.keys()) paths.push(['webhooks', index, 'clientConfig', 'service']);
  for (const path of paths) {
    const service = valueAt(resource.object, path);
    if (isObject(service)) yield { service, path };
  }
}

function* judge(resource: Resource, wanted: JsonObject, path: FieldPath, context: RuleContext): Iterable<Problem | NotEvaluated> {
  const { name, namespace } = wanted;
  if (typeof name !== 'string' || name === '' || typeof namespace !== 'string' || namespace === '') return;
  const { inventory } = context;
  const place: Place = { namespace, unit: resource.unit };
  const services = find(inventory, 'Service', name, place);
  if (services.length > 0) {
    const service = services.find((each) => isSurelyIn(each, place));
    const port = typeof wanted.port === 'number' ? wanted.port : 443;
    if (service === undefined || services.some((each) => hasPort(each, port))) return;
    yield {
      path: wanted.port === undefined ? path : [...path, 'port'],
      message: `Service "${name}" has no port "${port}"${wanted.port === undefined ? ', which is the default' : ''}`,
      related: [{ resource: service, path: ['spec', 'ports'], message: 'its ports' }],
    };
    return;
  }
  const [only, another] = namesakes(inventory, 'Service', name);
  const isMoved = only !== undefined && another === undefined && only.unit === resource.unit && only.unit.state === 'as-applied';
  if (isMoved && inventory.incomplete === undefined && !inventory.isExternal('Service', namespace, name)) {
    yield {
      path: [...path, 'namespace'],
      message: `Service "${name}" is not in namespace "${namespace}" but in "${only.namespace}"`,
      related: [{ resource: only, path: ['metadata', 'namespace'], message: 'the Service' }],
    };
    return;
  }
  const isWritten = locals(inventory, 'Service', place).length > 0;
  yield* missing(
    { kind: 'Service', name, place, path: [...path, 'name'], otherwise: isWritten ? 'warning' : { notEvaluated: OUTSIDE } },
    context,
  );
}

function hasPort(service: Resource, wanted: number): boolean {
  const ports = valueAt(service.object, ['spec', 'ports']);
  return !isArray(ports) || ports.length === 0 || ports.some((port) => member(port, 'port') === wanted);
}
