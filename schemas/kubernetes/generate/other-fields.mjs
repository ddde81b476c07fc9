// How Go writes the fields of types that stand in other modules than k8s.io/api (apimachinery, apiextensions-apiserver,
// kube-aggregator), as `readGoApi` gives it for those of k8s.io/api. What is not named is a value that is left out when empty.
const POINTER = { isPointer: true, isOmitted: true, isOmittedAtZero: false };
const ALWAYS = { isPointer: false, isOmitted: false, isOmittedAtZero: false };
const of = (written, ...names) => Object.fromEntries(names.map((name) => [name, written]));

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
const CRD = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.';
const AGGREGATOR = 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.';

export const OTHER_FIELDS = {
  [`${META}ObjectMeta`]: of(POINTER, 'deletionGracePeriodSeconds'),
  [`${META}OwnerReference`]: { ...of(POINTER, 'controller', 'blockOwnerDeletion'), ...of(ALWAYS, 'apiVersion', 'kind', 'name', 'uid') },
  [`${META}LabelSelectorRequirement`]: of(ALWAYS, 'key', 'operator'),
  [`${CRD}CustomResourceDefinition`]: of(ALWAYS, 'metadata', 'spec', 'status'),
  [`${CRD}CustomResourceDefinitionSpec`]: of(ALWAYS, 'group', 'names', 'scope', 'versions'),
  [`${CRD}CustomResourceDefinitionNames`]: of(ALWAYS, 'plural', 'kind'),
  [`${CRD}CustomResourceDefinitionStatus`]: of(ALWAYS, 'conditions', 'acceptedNames', 'storedVersions'),
  [`${CRD}CustomResourceDefinitionVersion`]: { ...of(ALWAYS, 'name', 'served', 'storage'), ...of(POINTER, 'deprecationWarning') },
  [`${CRD}CustomResourceColumnDefinition`]: of(ALWAYS, 'name', 'type', 'jsonPath'),
  [`${CRD}CustomResourceConversion`]: of(ALWAYS, 'strategy'),
  [`${CRD}CustomResourceSubresourceScale`]: {
    ...of(ALWAYS, 'specReplicasPath', 'statusReplicasPath'),
    ...of(POINTER, 'labelSelectorPath'),
  },
  [`${CRD}SelectableField`]: of(ALWAYS, 'jsonPath'),
  [`${CRD}ServiceReference`]: { ...of(ALWAYS, 'namespace', 'name'), ...of(POINTER, 'path', 'port') },
  [`${CRD}WebhookClientConfig`]: of(POINTER, 'url'),
  [`${CRD}WebhookConversion`]: of(ALWAYS, 'conversionReviewVersions'),
  [`${CRD}ValidationRule`]: { ...of(ALWAYS, 'rule'), ...of(POINTER, 'reason', 'optionalOldSelf') },
  [`${CRD}JSONSchemaProps`]: of(
    POINTER,
    '$ref',
    'default',
    'example',
    'maximum',
    'minimum',
    'maxLength',
    'minLength',
    'maxItems',
    'minItems',
    'multipleOf',
    'maxProperties',
    'minProperties',
    'x-kubernetes-preserve-unknown-fields',
    'x-kubernetes-list-type',
    'x-kubernetes-map-type',
  ),
  [`${AGGREGATOR}APIService`]: of(ALWAYS, 'metadata', 'spec', 'status'),
  [`${AGGREGATOR}APIServiceSpec`]: of(ALWAYS, 'groupPriorityMinimum', 'versionPriority'),
  [`${AGGREGATOR}ServiceReference`]: of(POINTER, 'port'),
};
