import type { FindingClass, RuleInfo, RuleSet, Severity } from '@plumbline/core';

type Text = readonly [title: string, why: string, remedy: string, link?: string];

function info(id: string, finding: FindingClass, severity: Severity, set: RuleSet, [title, why, remedy, link]: Text): RuleInfo {
  return { id, title, why, remedy, severity, class: finding, set, ...(link === undefined ? {} : { link }) };
}

const refusal = (id: string, text: Text, set: RuleSet = 'core'): RuleInfo => info(id, 'refusal', 'error', set, text);

const API = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';
const NAMES = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/';
const LABELS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set';
const FIELDS = 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation';
const CRD = 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/';

/** What the API server itself decides, rule by rule; one pass over an object reports under all of them. */
export const RULE_INFOS: readonly RuleInfo[] = [
  refusal('schema/unknown-field', [
    'Every field exists in the schema of the kind',
    'A strict server refuses an object with a field that it does not know; a lenient one drops the field, and what it was to do does not happen.',
    'Correct the spelling, or indent the field so that it stands under the structure that has it.',
    FIELDS,
  ]),
  refusal('schema/wrong-type', [
    'Every value has the type that the schema wants',
    'The server cannot decode a number where it wants a string, or a string where it wants a number or a boolean.',
    'Put quotes around a value that is meant as text, take them off one that is meant as a number or as true or false.',
  ]),
  refusal('schema/missing-required', [
    'Required fields are there',
    'Without the field the object says too little to be created.',
    'Add the field. Where a build adds it (a patch, a chart), have the build judged instead of its inputs.',
  ]),
  refusal('schema/unknown-kind', [
    'The API group has the version and the kind',
    'The server answers that it knows no such kind; nothing of the object is created.',
    'Correct apiVersion and kind. For a custom resource, add its CustomResourceDefinition to the repository.',
  ]),
  refusal('schema/invalid', [
    'Values hold what the schema demands of them',
    'A value outside the bounds, the pattern or the choices of its schema is refused.',
    'Write a value that the message allows.',
  ]),
  refusal('schema/format', [
    'Dates, quantities, base64 and numbers are well-formed',
    'The value has the right type but the server cannot read it: a quantity such as "1 GB", a date without its zone, a number beyond 32 bits.',
    'Write quantities as 500m or 1Gi, dates as 2026-01-31T12:00:00Z, binary data as padded base64.',
    'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  ]),
  info('schema/null-value', 'quality', 'warning', 'recommended', [
    'No null stands where a value is meant',
    'A field that is null counts as not written; in a list or a map null becomes an empty string; a custom resource may be refused for it.',
    'Write the value, or remove the key. A key with nothing behind its colon is null.',
  ]),
  refusal('schema/enum-case', [
    'Fixed words are written exactly as the API spells them',
    'The choices of a field are compared letter by letter: "clusterip" is not "ClusterIP".',
    'Write the word as the message spells it.',
  ]),
  info('schema/list-map-duplicate', 'server-warning', 'warning', 'core', [
    'The items of a keyed list have different keys',
    'Two items of one key contradict each other: some lists are refused on create, every such list is refused by server-side apply, which Flux and Argo CD use.',
    'Remove one of the two items, or give it another key.',
    'https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy',
  ]),
  refusal('schema/embedded-resource', [
    'An embedded object is a whole object',
    'Where a custom resource embeds an object, the server wants its apiVersion and kind.',
    'Give the embedded object an apiVersion and a kind.',
    CRD,
  ]),
  info('schema/preserve-unknown', 'quality', 'warning', 'recommended', [
    'A custom resource definition keeps the fields that it demands',
    'A field that is required but not among the properties is dropped as unknown, and then found missing: no object of the kind is ever admitted.',
    'Declare the field under properties, or set x-kubernetes-preserve-unknown-fields where any field may stand.',
    `${CRD}#field-pruning`,
  ]),
  refusal('schema/cel-rule', [
    'The CEL rules of a custom resource definition hold',
    'A definition may carry rules over several fields (x-kubernetes-validations); the server refuses an object that breaks one.',
    'Change the object so that the rule holds; its message says how.',
    CRD,
  ]),
  refusal(
    'schema/string-too-long',
    [
      'Values and objects stay within the sizes that the server takes',
      'Annotations may have 256 KiB in all, the data of a ConfigMap or Secret 1 MiB, and a whole object must fit into one request to etcd.',
      'Split the object, or keep large content outside the API (an image, a bucket, a volume).',
    ],
    'recommended',
  ),
  info('schema/last-applied', 'quality', 'warning', 'recommended', [
    'Nothing that the server writes is committed',
    'An object copied from a cluster carries status, uid, resourceVersion, managedFields and the last-applied annotation: noise in reviews, conflicts on apply, secrets in annotations.',
    'Remove the fields; `kubectl get -o yaml` shows them, Git should not hold them.',
  ]),
  refusal('api/removed', [
    'The API version exists in the Kubernetes version that is asked for',
    'The server no longer has the API: the object cannot be created, and an upgrade of the cluster breaks the next apply.',
    'Use the API that the message names; fields may have moved, so compare the two. Where it names none, the feature is gone: delete the object.',
    API,
  ]),
  info('api/deprecated', 'server-warning', 'warning', 'core', [
    'No deprecated API is used',
    'The server still takes the object, with a warning; a later version removes the API.',
    'Move to the API that the message names before the cluster is upgraded.',
    API,
  ]),
  refusal('api/not-yet-available', [
    'Kinds and fields exist in every Kubernetes version that is asked for',
    'An older server knows neither the kind nor the field, and refuses the object.',
    'Wait for the upgrade, use the older form, or drop the older version from those asked for.',
  ]),
  refusal('api/alpha-beta-disabled', [
    'The API is one that servers serve by default',
    'Alpha APIs, and betas since Kubernetes 1.24, are off unless the server is started with --runtime-config; without it the kind does not exist.',
    'Use the stable API, or declare in configuration that your servers serve this one.',
    'https://kubernetes.io/docs/reference/using-api/#enabling-or-disabling',
  ]),
  refusal(
    'api/removed-field',
    [
      'No field is used that the Kubernetes version removed',
      'The field was part of an earlier version; a strict server now refuses the object, a lenient one drops the field.',
      'Remove the field, or use what took its place.',
      API,
    ],
    'recommended',
  ),
  refusal(
    'api/crd-structural',
    [
      'A custom resource definition has a structural schema',
      'apiextensions.k8s.io/v1 takes only definitions whose every version says the type of every field; others are refused.',
      'Give each version schema.openAPIV3Schema of type object, and each field in it a type.',
      `${CRD}#specifying-a-structural-schema`,
    ],
    'recommended',
  ),
  refusal('meta/name-missing', [
    'Every object has a name',
    'The server cannot create an object that has neither metadata.name nor metadata.generateName.',
    'Give the object a metadata.name.',
    NAMES,
  ]),
  refusal('meta/name-invalid', [
    'Names have the form that their kind wants',
    'Most names are DNS subdomains; some kinds want a label, some allow fewer characters, because the name becomes a host name or part of another name.',
    'Use lower case letters, digits and dashes, and stay within the length.',
    NAMES,
  ]),
  refusal('meta/label-invalid', [
    'Keys and values of labels, and keys of annotations, are well-formed',
    'The server refuses a label value with spaces, slashes or more than 63 characters, and a key of the wrong form.',
    'Use letters, digits, "-", "_" and "."; move free text into an annotation.',
    LABELS,
  ]),
  info('meta/namespace-on-cluster-scoped', 'quality', 'warning', 'core', [
    'Cluster-scoped objects name no namespace',
    'The server ignores the namespace; the reader believes the object is confined to it.',
    'Remove metadata.namespace.',
    'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#not-all-objects-are-in-a-namespace',
  ]),
  // Storage, volumes and scheduling.
  info('schema/server-warning', 'server-warning', 'warning', 'core', [
    'The server takes the object without a warning',
    'The server takes values that do not do what they seem to say, and warns the one who applies them; in a pipeline nobody reads that.',
    'Change the value as the message says.',
  ]),
  // Pods and pod templates.
  refusal('wl/duplicate-container-name', [
    'Each container of a pod has a name of its own',
    'Logs, probes and patches name a container; the server refuses a pod in which two share a name, init containers included.',
    'Rename one of the two.',
  ]),
  info('wl/duplicate-env', 'server-warning', 'warning', 'core', [
    'Each variable of a container is defined once',
    'The later definition hides the earlier one; the server warns, and server-side apply, which Flux and Argo CD use, refuses both.',
    'Remove one of the two, or build the later on the earlier: `$(NAME)`.',
  ]),
  refusal('wl/duplicate-port', [
    'Each port of a pod is there once',
    'Containers of a pod share their ports: of two that listen on one, the second fails. The server refuses equal names in a container and equal ports of the host, and warns of the others.',
    'Give the port another number or name, or remove it.',
  ]),
  refusal('wl/port-name', [
    'Names of ports have the form that the API wants',
    'A port name has up to 15 lower case letters, digits and dashes, and at least one letter; a number in quotes is taken for a name.',
    'Shorten the name, or write the number without quotes.',
  ]),
  refusal('wl/volume-unmounted', [
    'What a container mounts is a volume of its pod',
    'The server refuses a mount that names no volume, and two mounts in one place.',
    'Add the volume to the pod, correct the name, or move one of the mounts.',
    'https://kubernetes.io/docs/concepts/storage/volumes/',
  ]),
  refusal('res/request-exceeds-limit', [
    'No request is above its limit',
    'A container cannot be promised more than it may use; the server refuses the pod.',
    'Raise the limit or lower the request; look at the units of both.',
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  ]),
  refusal('res/extended-resource-limits', [
    'Extended resources and huge pages are whole and have equal request and limit',
    'Devices and huge pages cannot be shared or overcommitted; the server refuses a request that is not the limit, and parts of a device.',
    'Write the limit alone, or the same whole number in both.',
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources',
  ]),
  info('res/quantity-suspicious', 'server-warning', 'warning', 'core', [
    'Quantities have the unit that is meant',
    'memory: 500m is half a byte: "m" stands for thousandths, which make sense for cpu only.',
    'Write Mi or Gi for memory and storage, m for cpu.',
    'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  ]),
  refusal('ha/restart-policy', [
    'The restart policy is one that the kind takes',
    'Controllers that keep pods running take Always only; a Job ends, so it takes Never or OnFailure, and the default Always is refused.',
    'Write restartPolicy: Never or OnFailure in a Job, and leave it out elsewhere.',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
  ]),
  refusal('k8s/privilege-contradiction', [
    'A container that may gain no privileges is not privileged',
    'allowPrivilegeEscalation: false says the opposite of privileged: true and of the capability CAP_SYS_ADMIN; the server refuses the pair.',
    'Drop the privilege, or allow the escalation.',
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  ]),
  refusal('k8s/ephemeral-containers', [
    'No pod is created with ephemeral containers',
    'They are added to a running pod to look into it; the server refuses them in a new pod and in every template.',
    'Remove them; use `kubectl debug` on the running pod.',
    'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
  ]),
  refusal('img/reference-invalid', [
    'Images are named so that they can be pulled',
    'White space around an image is refused in a Pod, and makes the pods of a template fail.',
    'Remove the white space.',
  ]),
  // Workloads, network and configuration.
  refusal('wl/selector-mismatch', [
    'The selector of a controller matches the labels of its pods',
    'A controller finds its pods by their labels; one whose template its own selector does not match would create pods for ever.',
    'Put every label of the selector into spec.template.metadata.labels.',
    LABELS,
  ]),
  refusal('wl/cronjob-schedule', [
    'The schedule of a CronJob is one that the server can read',
    'A schedule has five fields or is a word such as @daily; a time zone stands in spec.timeZone, under its IANA name.',
    'Write minute, hour, day of the month, month and day of the week, as in "0 3 * * 1-5".',
    'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
  ]),
  refusal('ha/strategy', [
    'A rolling update can make progress',
    'With maxSurge and maxUnavailable both 0 no pod may be added and none may be taken away.',
    'Let one of the two be 1 or more.',
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment',
  ]),
  refusal('ha/progress-deadline', [
    'The deadline of a rollout is later than its pods can be ready',
    'A pod counts as available minReadySeconds after it is ready, so that a deadline before that always fails.',
    'Make progressDeadlineSeconds greater than minReadySeconds.',
  ]),
  refusal('ha/hpa-max', [
    'An autoscaler may go up',
    'maxReplicas must be there, be at least 1 and not be less than minReplicas.',
    'Raise maxReplicas or lower minReplicas.',
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
  ]),
  refusal('ha/pdb-policy', [
    'A disruption budget says one thing',
    'minAvailable and maxUnavailable say the same from two sides; the server refuses both together.',
    'Keep one of the two.',
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  ]),
  refusal('net/service-duplicate-port', [
    'The ports of a Service are told apart',
    'Two ports may have neither the same name nor the same number and protocol, and where there are several each needs a name.',
    'Give each port a name of its own, and remove what is there twice.',
    'https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services',
  ]),
  refusal('net/headless-session', [
    'A headless Service asks for nothing that needs an address',
    'Without a cluster IP there is no load balancer, no node port and no session affinity: the types are refused, the affinity is ignored.',
    'Remove clusterIP: None, or the type and the affinity.',
    'https://kubernetes.io/docs/concepts/services-networking/service/#headless-services',
  ]),
  refusal('net/dual-stack', [
    'IP families, addresses and the family policy agree',
    'Two families or addresses need a policy of two stacks, one of each family, in the order of the families.',
    'Set ipFamilyPolicy to PreferDualStack or RequireDualStack, or keep one family.',
    'https://kubernetes.io/docs/concepts/services-networking/dual-stack/',
  ]),
  refusal('cfg/secret-type', [
    'A Secret has the keys that its type wants',
    'Types such as kubernetes.io/tls and kubernetes.io/dockerconfigjson promise their keys to those who use the Secret.',
    'Add the key, or use type Opaque.',
    'https://kubernetes.io/docs/concepts/configuration/secret/#secret-types',
  ]),
  // Expressions of admission policies, webhooks, devices and definitions.
  refusal('api/cel-cost', [
    'Expressions compile, and stay within what they may cost',
    'The server refuses a policy, a webhook, a definition or a device selector whose CEL expression it cannot compile, or that may take too long.',
    'Correct the expression as the message says; bound lists, maps and strings (maxItems, maxLength) where the cost is too high.',
    'https://kubernetes.io/docs/reference/using-api/cel/',
  ]),
];
