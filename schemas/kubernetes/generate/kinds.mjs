// Which kinds exist in which version, where their type stands, their scope and their life.

/** Served although beta: APIs whose beta was on by default before Kubernetes 1.24 turned new betas off (KEP-3136), as long as they are served. */
const LEGACY_BETA = [
  'autoscaling/v2beta2',
  'batch/v1beta1',
  'storage.k8s.io/v1beta1/CSIStorageCapacity',
  'flowcontrol.apiserver.k8s.io/v1beta1',
  'flowcontrol.apiserver.k8s.io/v1beta2',
  'flowcontrol.apiserver.k8s.io/v1beta3',
];

/** Kinds of modules other than k8s.io/api: apiextensions-apiserver and kube-aggregator. */
const OTHERS = {
  'apiextensions.k8s.io/v1/CustomResourceDefinition': { creatable: true, clustered: true, introduced: 16 },
  'apiregistration.k8s.io/v1/APIService': { creatable: true, clustered: true, introduced: 10 },
};

/** Stable kinds that the server warns of although no marker says so: their strategies do. */
const WARNED = {
  '/v1/Endpoints': { deprecated: 33, replacement: 'discovery.k8s.io/v1/EndpointSlice' },
  '/v1/ComponentStatus': { deprecated: 19 },
};

/** Removed before 1.25 and no longer in any module that is read; from the deprecated API migration guide. */
const GONE = {
  'apiextensions.k8s.io/v1beta1/CustomResourceDefinition': {
    clustered: true,
    introduced: 7,
    deprecated: 16,
    removed: 22,
    replacement: 'apiextensions.k8s.io/v1/CustomResourceDefinition',
  },
  'apiregistration.k8s.io/v1beta1/APIService': {
    clustered: true,
    introduced: 7,
    deprecated: 19,
    removed: 22,
    replacement: 'apiregistration.k8s.io/v1/APIService',
  },
  'auditregistration.k8s.io/v1alpha1/AuditSink': { clustered: true, introduced: 13, deprecated: 18, removed: 19 },
  'settings.k8s.io/v1alpha1/PodPreset': { introduced: 6, deprecated: 18, removed: 20 },
  'extensions/v1beta1/PodSecurityPolicy': {
    clustered: true,
    introduced: 2,
    deprecated: 11,
    removed: 16,
    replacement: 'policy/v1beta1/PodSecurityPolicy',
  },
  'admissionregistration.k8s.io/v1alpha1/InitializerConfiguration': { clustered: true, introduced: 7, removed: 14 },
  // The policy file of kube-scheduler: no API object, but people keep it beside manifests, and no program reads it any more.
  '/v1/Policy': { clustered: true, removed: 23, replacement: 'kubescheduler.config.k8s.io/v1/KubeSchedulerConfiguration' },
};

/** `kinds(numberOf)`: the table's rows, sorted; `roots`: minor → definition names. */
export function kindsOf(versions) {
  const rows = new Map();
  const roots = new Map();
  const rowOf = (key) => {
    if (!rows.has(key)) rows.set(key, { facts: {}, names: new Map() });
    return rows.get(key);
  };
  for (const [key, facts] of Object.entries(GONE)) rowOf(key).facts = { creatable: true, ...facts };
  for (const [minor, { definitions, kinds }] of versions) {
    const facts = { ...kinds, ...OTHERS };
    for (const [key, fact] of Object.entries(facts)) {
      if (fact.creatable) rowOf(key).facts = fact;
      else if (rows.has(key)) rowOf(key).facts = { ...rows.get(key).facts, ...fact };
      if (WARNED[key]) rowOf(key).facts = { ...rowOf(key).facts, ...WARNED[key] };
    }
    roots.set(minor, []);
    for (const [name, definition] of Object.entries(definitions)) {
      const gvks = definition['x-kubernetes-group-version-kind'];
      if (gvks?.length !== 1 || !definition.properties?.metadata) continue;
      const key = `${gvks[0].group}/${gvks[0].version}/${gvks[0].kind}`;
      if (!facts[key]?.creatable) continue;
      rowOf(key).names.set(minor, name);
      roots.get(minor).push(name);
    }
  }
  const minors = [...versions.keys()];
  return {
    roots,
    kinds: (numberOf) =>
      [...rows]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, { facts, names }]) => {
          const [group, version, kind] = key.split('/');
          // [minor from which it holds, line]: the line is -1 where the kind is not there.
          const types = [];
          for (const minor of minors) {
            const number = names.has(minor) ? numberOf(minor, names.get(minor)) : -1;
            if ((types.at(-1)?.[1] ?? -1) !== number) types.push([minor, number]);
          }
          const isStable = /^v\d+$/.test(version);
          const isServed = isStable || LEGACY_BETA.includes(`${group}/${version}`) || LEGACY_BETA.includes(key);
          return {
            group,
            version,
            kind,
            ...(facts.clustered ? { scope: 'Cluster' } : {}),
            ...(isServed ? {} : { off: 1 }),
            types,
            ...(facts.introduced === undefined ? {} : { introduced: facts.introduced }),
            ...(facts.deprecated === undefined ? {} : { deprecated: facts.deprecated }),
            ...(facts.removed === undefined ? {} : { removed: facts.removed }),
            ...(facts.replacement === undefined ? {} : { replacement: facts.replacement }),
          };
        }),
  };
}
