import type { FieldSpec } from './field-spec.ts';
import { byKind, type NameReference, type TransformerConfig } from './transformer-config.ts';

// The field specs that are built into kustomize 5.8 (api 0.21, internal/konfig/builtinpluginconsts): facts in tables of our own.

/** `path KIND[.VERSION][.GROUP]`, a `+` before the path where the field is created. */
function spec(text: string): FieldSpec {
  const [path = '', kind = '', version = '', group = ''] = text.split(' ');
  const create = path.startsWith('+');
  return { group, version: version === '-' ? '' : version, kind: kind === '-' ? '' : kind, path: create ? path.slice(1) : path, create };
}

const TEMPLATED = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'];
/** Where each kind has its pod's spec. */
const holders = (): readonly (readonly [prefix: string, kind: string])[] => [
  ['spec', 'Pod v1'],
  ['template/spec', 'PodTemplate'],
  ...TEMPLATED.map((kind) => ['spec/template/spec', kind] as const),
  ['spec/jobTemplate/spec/template/spec', 'CronJob'],
];
const inPods = (paths: readonly string[]): string[] =>
  holders().flatMap(([prefix, kind]) => paths.map((path) => `${prefix}/${path} ${kind}`));

/** A field of the pods of those kinds that refer to it in one way only. */
const inSomePods = (path: string): string[] => [
  `spec/${path} Pod`,
  ...['StatefulSet', 'Deployment', 'ReplicationController', 'Job', 'DaemonSet'].map((kind) => `spec/template/spec/${path} ${kind}`),
  `spec/jobTemplate/spec/template/spec/${path} CronJob`,
];

const inContainers = (path: string): string[] => [`containers/${path}`, `initContainers/${path}`];

const RBAC = 'rbac.authorization.k8s.io';
const RESOURCE_NAMES = ['rules/resourceNames Role', 'rules/resourceNames ClusterRole'];
const SCALED = ['spec/scaleTargetRef/name HorizontalPodAutoscaler'];

// The target, `KIND VERSION GROUP`, and the fields that name it.
const references = (): readonly (readonly [target: string, fields: readonly string[]])[] => [
  ['Deployment', SCALED],
  ['ReplicationController', SCALED],
  ['ReplicaSet', SCALED],
  ['StatefulSet', SCALED],
  [
    'ConfigMap v1',
    [
      ...inPods([
        'volumes/configMap/name',
        ...inContainers('env/valueFrom/configMapKeyRef/name'),
        ...inContainers('envFrom/configMapRef/name'),
        'volumes/projected/sources/configMap/name',
      ]),
      'spec/configSource/configMap Node',
      ...RESOURCE_NAMES,
      'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap Ingress',
    ],
  ],
  [
    'Secret v1',
    [
      ...inPods([
        'volumes/secret/secretName',
        ...inContainers('env/valueFrom/secretKeyRef/name'),
        ...inContainers('envFrom/secretRef/name'),
        'imagePullSecrets/name',
        'volumes/projected/sources/secret/name',
      ]),
      'spec/tls/secretName Ingress',
      'metadata/annotations/ingress.kubernetes.io\\/auth-secret Ingress',
      'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret Ingress',
      'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret Ingress',
      'imagePullSecrets/name ServiceAccount',
      ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((name) => `parameters/${name} StorageClass`),
      ...RESOURCE_NAMES,
      'spec/template/spec/containers/env/valueFrom/secretKeyRef/name Service v1 serving.knative.dev',
      'spec/azureFile/secretName PersistentVolume',
    ],
  ],
  [
    'Service v1',
    [
      'spec/serviceName StatefulSet - apps',
      'spec/rules/http/paths/backend/serviceName Ingress',
      'spec/backend/serviceName Ingress',
      'spec/rules/http/paths/backend/service/name Ingress',
      'spec/defaultBackend/service/name Ingress',
      'spec/service/name APIService - apiregistration.k8s.io',
      'webhooks/clientConfig/service ValidatingWebhookConfiguration - admissionregistration.k8s.io',
      'webhooks/clientConfig/service MutatingWebhookConfiguration - admissionregistration.k8s.io',
    ],
  ],
  [`Role - ${RBAC}`, [`roleRef/name RoleBinding - ${RBAC}`]],
  [`ClusterRole - ${RBAC}`, [`roleRef/name RoleBinding - ${RBAC}`, `roleRef/name ClusterRoleBinding - ${RBAC}`]],
  ['ServiceAccount v1', [`subjects RoleBinding - ${RBAC}`, `subjects ClusterRoleBinding - ${RBAC}`, ...inSomePods('serviceAccountName')]],
  ['PersistentVolumeClaim v1', inSomePods('volumes/persistentVolumeClaim/claimName')],
  ['PersistentVolume v1', ['spec/volumeName PersistentVolumeClaim', 'rules/resourceNames ClusterRole']],
  [
    'StorageClass v1 storage.k8s.io',
    [
      'spec/storageClassName PersistentVolume',
      'spec/storageClassName PersistentVolumeClaim',
      'spec/volumeClaimTemplates/spec/storageClassName StatefulSet',
    ],
  ],
  ['PriorityClass v1 scheduling.k8s.io', inSomePods('priorityClassName')],
  ['IngressClass v1 networking.k8s.io/v1', ['spec/ingressClassName Ingress']],
  [
    'ValidatingAdmissionPolicy - admissionregistration.k8s.io',
    ['spec/policyName ValidatingAdmissionPolicyBinding - admissionregistration.k8s.io'],
  ],
];

const AFFINITY = 'spec/template/spec/affinity';
const TERM = 'DuringSchedulingIgnoredDuringExecution';
const selectorsInPods = (kind: string): string[] => [
  ...['podAffinity', 'podAntiAffinity'].flatMap((side) => [
    `${AFFINITY}/${side}/preferred${TERM}/podAffinityTerm/labelSelector/matchLabels ${kind} - apps`,
    `${AFFINITY}/${side}/required${TERM}/labelSelector/matchLabels ${kind} - apps`,
  ]),
  `spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels ${kind} - apps`,
];

const templateLabels = (): string[] => [
  '+metadata/labels',
  '+spec/template/metadata/labels ReplicationController v1',
  '+spec/template/metadata/labels Deployment',
  '+spec/template/metadata/labels ReplicaSet',
  '+spec/template/metadata/labels DaemonSet',
  '+spec/template/metadata/labels StatefulSet - apps',
  '+spec/template/metadata/labels Job - batch',
  '+spec/jobTemplate/metadata/labels CronJob - batch',
  '+spec/jobTemplate/spec/template/metadata/labels CronJob - batch',
];
const claimLabels = (): string[] => ['+spec/volumeClaimTemplates[]/metadata/labels StatefulSet - apps'];

const commonLabels = (): string[] => [
  '+spec/selector Service v1',
  '+spec/selector ReplicationController v1',
  '+spec/selector/matchLabels Deployment',
  ...selectorsInPods('Deployment'),
  '+spec/selector/matchLabels ReplicaSet',
  '+spec/selector/matchLabels DaemonSet',
  '+spec/selector/matchLabels StatefulSet - apps',
  ...selectorsInPods('StatefulSet'),
  'spec/selector/matchLabels Job - batch',
  'spec/jobTemplate/spec/selector/matchLabels CronJob - batch',
  'spec/selector/matchLabels PodDisruptionBudget - policy',
  'spec/podSelector/matchLabels NetworkPolicy - networking.k8s.io',
  'spec/ingress/from/podSelector/matchLabels NetworkPolicy - networking.k8s.io',
  'spec/egress/to/podSelector/matchLabels NetworkPolicy - networking.k8s.io',
  ...templateLabels(),
  ...claimLabels(),
];

const annotations = (): string[] => [
  '+metadata/annotations',
  '+spec/template/metadata/annotations ReplicationController v1',
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job - batch'].map((kind) => `+spec/template/metadata/annotations ${kind}`),
  '+spec/jobTemplate/metadata/annotations CronJob - batch',
  '+spec/jobTemplate/spec/template/metadata/annotations CronJob - batch',
];

const NAMESPACES = [
  '+metadata/name Namespace',
  '+spec/service/namespace APIService - apiregistration.k8s.io',
  'spec/conversion/webhook/clientConfig/service/namespace CustomResourceDefinition - apiextensions.k8s.io',
];

const images = (): string[] => [
  ...['spec', 'spec/template/spec'].flatMap((pod) => [
    `+${pod}/containers[]/image`,
    `+${pod}/initContainers[]/image`,
    `+${pod}/volumes[]/image/reference`,
  ]),
  '+spec/jobTemplate/spec/template/spec/volumes[]/image/reference',
];

const IN_CONTAINER = ['args', 'command', 'env/value', 'volumeMounts/mountPath'];
const variablesIn = (pod: string, volumes: string, kind: string): string[] => [
  ...['containers', 'initContainers'].flatMap((list) => IN_CONTAINER.map((path) => `${pod}/${list}/${path} ${kind}`)),
  `${volumes}/nfs/server ${kind}`,
];

const variables = (): string[] => [
  ...variablesIn('spec/jobTemplate/spec/template/spec', 'spec/jobTemplate/spec/template/volumes', 'CronJob'),
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].flatMap((kind) =>
    variablesIn('spec/template/spec', 'spec/template/spec/volumes', kind),
  ),
  ...variablesIn('spec/template/spec', 'spec/volumeClaimTemplates/spec', 'StatefulSet'),
  ...variablesIn('spec', 'spec/volumes', 'Pod'),
  'spec/template/metadata/annotations Deployment',
  'spec/rules/host Ingress',
  'spec/tls/hosts Ingress',
  'spec/tls/secretName Ingress',
  'spec/ports/port Service',
  'spec/ports/targetPort Service',
  'spec/nfs/server PersistentVolume',
  'metadata/labels',
  'metadata/annotations',
];

const replicas = (): string[] =>
  ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map((kind) => `+spec/replicas ${kind}`);

let config: TransformerConfig | undefined;

/** What applies without any configuration; always the same object. */
export function defaultConfig(): TransformerConfig {
  config ??= {
    namePrefix: [spec('metadata/name')],
    nameSuffix: [spec('metadata/name')],
    namespace: specs(NAMESPACES),
    commonLabels: specs(commonLabels()),
    labels: [],
    templateLabels: specs(templateLabels()),
    volumeClaimTemplateLabels: specs(claimLabels()),
    commonAnnotations: specs(annotations()),
    varReference: specs(variables()),
    images: specs(images()),
    replicas: specs(replicas()),
    nameReference: references()
      .map(([target, fields]): NameReference => {
        const { group, version, kind } = spec(`- ${target}`);
        return { group, version, kind, fieldSpecs: fields.map(spec) };
      })
      .sort(byKind),
  };
  return config;
}

function specs(texts: readonly string[]): readonly FieldSpec[] {
  return texts.map(spec).sort(byKind);
}
