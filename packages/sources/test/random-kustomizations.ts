/** Numbers from a seed: the same each time. */
class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 12345) >>> 0;
  }

  /** From 0, below `bound`. */
  below(bound: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % bound;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}

const NAMES = ['web', 'api', 'worker'] as const;
const IMAGES = [
  'nginx:1.25',
  'ghcr.io/acme/web:1.0',
  'redis',
  'registry:5000/acme/api:2.1@sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3',
] as const;

/**
 * A repository of kustomizations: `base`, `other`, a component or two, an overlay `mid` over them and an overlay `live` over that, with
 * features of Kustomize as the dice fall. Path to text. Some do not build.
 */
export function randomKustomizations(seed: number): Readonly<Record<string, string>> {
  const dice = new Dice(seed);
  const files: Record<string, string> = {};
  base('base', dice, files);
  if (dice.chance(40)) base('other', dice, files);
  if (dice.chance(50)) component('component', dice, files, []);
  if (dice.chance(30)) component('second', dice, files, files['component/kustomization.yaml'] === undefined ? [] : ['../component']);
  overlay('mid', dice, files, ['../base', ...(files['other/kustomization.yaml'] !== undefined && dice.chance(50) ? ['../other'] : [])]);
  const mids = ['../mid'];
  if (dice.chance(25)) {
    overlay('twin', dice, files, ['../base'], 'namePrefix: twin-\n');
    mids.push('../twin');
  }
  overlay('live', dice, files, mids);
  return files;
}

function base(folder: string, dice: Dice, files: Record<string, string>): void {
  const prefix = folder === 'base' ? '' : `${folder}-`;
  const resources: string[] = [];
  const add = (file: string, text: string): void => {
    files[`${folder}/${file}`] = text;
    resources.push(file);
  };
  const name = `${prefix}web`;
  add('workload.yaml', workload(name, prefix, dice));
  if (dice.chance(40)) add('database.yaml', database(`${prefix}db`, dice));
  add('service.yaml', service(name, dice));
  add('config.yaml', configMap(`${prefix}settings`, dice));
  if (dice.chance(40)) add('secret.yaml', secret(`${prefix}login`));
  if (dice.chance(40)) add('ingress.yaml', ingress(name, prefix));
  if (dice.chance(40)) add('hpa.yaml', autoscaler(name));
  if (dice.chance(40)) add('rbac.yaml', rbac(name, dice));
  if (dice.chance(30)) add('policy.yaml', policies(name));
  if (dice.chance(40)) add('custom.yaml', custom(name, prefix, dice));
  if (dice.chance(20)) add('namespace.yaml', `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${dice.pick(['shop', 'default'])}\n`);
  if (dice.chance(20)) add('cron.yaml', cronJob(`${prefix}tidy`, prefix));
  if (dice.chance(15)) add('webhook.yaml', webhook(name));
  if (dice.chance(15)) add('volume.yaml', volumes(prefix));
  const lines = ['resources:', ...resources.map((file) => `  - ${file}`)];
  if (dice.chance(60)) lines.push(...generators(folder, prefix, dice, files, false));
  if (dice.chance(25)) lines.push('commonLabels:', `  part-of: ${folder}`);
  if (dice.chance(15)) lines.push(`namespace: ${dice.pick(['shop', 'inner'])}`);
  if (dice.chance(15)) lines.push('nameSuffix: -v1');
  files[`${folder}/kustomization.yaml`] = `${lines.join('\n')}\n`;
}

function component(folder: string, dice: Dice, files: Record<string, string>, components: readonly string[]): void {
  const lines = ['apiVersion: kustomize.config.k8s.io/v1alpha1', 'kind: Component'];
  if (components.length > 0) lines.push('components:', ...components.map((each) => `  - ${each}`));
  if (dice.chance(40)) {
    files[`${folder}/extra.yaml`] = configMap(`${folder}-extra`, dice);
    lines.push('resources:', '  - extra.yaml');
  }
  lines.push(...changes(folder, dice, files));
  if (dice.chance(30)) lines.push(...generators(folder, `${folder}-`, dice, files, false));
  if (lines.length === 2) lines.push('commonAnnotations:', `  from: ${folder}`);
  files[`${folder}/kustomization.yaml`] = `${lines.join('\n')}\n`;
}

function overlay(folder: string, dice: Dice, files: Record<string, string>, resources: readonly string[], first = ''): void {
  const lines = [...(first === '' ? [] : [first.trimEnd()]), 'resources:', ...resources.map((each) => `  - ${each}`)];
  if (dice.chance(30)) {
    files[`${folder}/own.yaml`] = configMap(`${folder}-own`, dice);
    lines.push('  - own.yaml');
  }
  const components = ['component', 'second'].filter((each) => files[`${each}/kustomization.yaml`] !== undefined && dice.chance(40));
  if (components.length > 0) lines.push('components:', ...components.map((each) => `  - ../${each}`));
  lines.push(...changes(folder, dice, files).filter((line) => first === '' || !line.startsWith('namePrefix')));
  if (dice.chance(50)) lines.push(...generators(folder, `${folder}-`, dice, files, true));
  if (dice.chance(10)) lines.push('buildMetadata: [originAnnotations, transformerAnnotations, managedByLabel]');
  if (dice.chance(15)) lines.push('sortOptions:', `  order: ${dice.pick(['legacy', 'fifo'])}`);
  if (dice.chance(15)) lines.push(...variables(dice));
  if (dice.chance(20)) {
    files[`${folder}/config-of-build.yaml`] = buildConfig(dice);
    lines.push('configurations:', '  - config-of-build.yaml');
  }
  files[`${folder}/kustomization.yaml`] = `${lines.join('\n')}\n`;
}

/** Fields that change what is included. */
function changes(folder: string, dice: Dice, files: Record<string, string>): string[] {
  const lines: string[] = [];
  if (dice.chance(30)) lines.push(`namePrefix: ${folder}-`);
  if (dice.chance(20)) lines.push(`nameSuffix: ${dice.pick(['-x', '-v2', `-${folder}`])}`);
  if (dice.chance(35)) lines.push(`namespace: ${dice.pick(['shop', 'live', folder])}`);
  if (dice.chance(30)) lines.push('labels:', ...labels(folder, dice));
  if (dice.chance(15)) lines.push('commonLabels:', `  level: ${folder}`, `  number: "${dice.below(9)}"`);
  if (dice.chance(25)) lines.push('commonAnnotations:', `  seen-${folder}: "${dice.pick(['yes', 'true', '1', 'a b'])}"`);
  if (dice.chance(40)) lines.push('images:', ...images(dice));
  if (dice.chance(20)) lines.push('replicas:', '  - name: web', `    count: ${dice.below(9)}`);
  const patched = patches(folder, dice, files);
  if (patched.length > 0) lines.push('patches:', ...patched);
  if (dice.chance(15)) {
    files[`${folder}/merge.yaml`] = strategic(dice);
    lines.push('patchesStrategicMerge:', '  - merge.yaml');
  }
  if (dice.chance(15)) lines.push('patchesJson6902:', ...operated(dice, true));
  const copied = replacements(dice);
  if (copied.length > 0) lines.push('replacements:', ...copied);
  return lines;
}

function labels(folder: string, dice: Dice): string[] {
  const lines = ['  - pairs:', `      team: ${dice.pick(['red', 'blue'])}`, `      ${folder}: "1"`];
  if (dice.chance(35)) lines.push('    includeSelectors: true');
  else if (dice.chance(50)) lines.push('    includeTemplates: true');
  if (dice.chance(20)) lines.push('    includeVolumeClaimTemplates: true');
  if (dice.chance(30))
    lines.push('    fields:', '      - path: spec/extra/labels', '        kind: Gate', `        create: ${dice.pick(['true', 'false'])}`);
  return lines;
}

function images(dice: Dice): string[] {
  const lines: string[] = [];
  for (let count = 1 + dice.below(2); count > 0; count--) {
    lines.push(`  - name: ${dice.pick(['nginx', 'ghcr.io/acme/web', 'redis', 'registry:5000/acme/api', 'none'])}`);
    if (dice.chance(60)) lines.push(`    newTag: ${dice.pick(['"2.0"', 'v3', '"7"', 'latest'])}`);
    if (dice.chance(30)) lines.push(`    newName: ${dice.pick(['mirror.acme.com/nginx', 'web'])}`);
    if (dice.chance(15)) lines.push('    digest: sha256:1111c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3');
    if (dice.chance(10)) lines.push('    tagSuffix: -slim');
  }
  return lines;
}

function patches(folder: string, dice: Dice, files: Record<string, string>): string[] {
  const lines: string[] = [];
  for (let count = dice.below(3); count > 0; count--) {
    const form = dice.below(4);
    if (form === 0) {
      files[`${folder}/patch-${count}.yaml`] = strategic(dice);
      lines.push(`  - path: patch-${count}.yaml`);
      if (dice.chance(50)) lines.push(...target(dice));
    } else if (form === 1) lines.push('  - patch: |-', ...indented(strategic(dice), 6), ...(dice.chance(50) ? target(dice) : []));
    else lines.push(...operated(dice, false));
  }
  return lines;
}

function target(dice: Dice): string[] {
  const lines = ['    target:'];
  if (dice.chance(80))
    lines.push(`      kind: ${dice.pick(['Deployment', 'Deployment|StatefulSet', 'Service', '.*Set', 'ConfigMap', 'Gate'])}`);
  if (dice.chance(40)) lines.push(`      name: ${dice.pick(['web', '.*', 'w.*', '(web|api)', 'mid-web', 'settings'])}`);
  if (dice.chance(15)) lines.push(`      labelSelector: ${dice.pick(['app=web', 'app in (web, api)', '"!team"', 'app!=web'])}`);
  if (dice.chance(10)) lines.push('      annotationSelector: note');
  if (dice.chance(10)) lines.push(`      namespace: ${dice.pick(['shop', 'default'])}`);
  if (dice.chance(10)) lines.push('      group: apps');
  if (lines.length === 1) lines.push('      kind: Deployment');
  return lines;
}

type Step = readonly [op: string, path: string, value?: string];

const STEPS: Readonly<Record<string, readonly [Step, ...Step[]]>> = {
  Deployment: [
    ['add', '/spec/template/spec/containers/0/env/-', '{name: ADDED, value: "1"}'],
    ['add', '/spec/template/spec/containers/0/env/0', '{name: FIRST, value: x}'],
    ['add', '/spec/template/spec/containers/-', '{name: side, image: "redis:7"}'],
    ['replace', '/spec/template/spec/containers/0/image', 'nginx:9'],
    ['add', '/spec/replicas', '5'],
    ['add', '/spec/template/metadata/annotations', '{n: "1", t: "true"}'],
    ['test', '/kind', 'Deployment'],
    ['copy', '/spec/template/metadata/labels/copied'],
    ['move', '/spec/paused'],
    ['add', '/spec/progressDeadlineSeconds', '1234567'],
  ],
  Service: [
    ['replace', '/spec/ports/0/port', '8443'],
    ['add', '/metadata/labels', '{made: "yes"}'],
    ['add', '/spec/ports/-', '{name: other, port: 81}'],
    ['remove', '/spec/ports/0/targetPort'],
    ['replace', '/metadata/name', 'renamed'],
    ['add', '/metadata/annotations', '{a: "b", c: null}'],
  ],
  ConfigMap: [
    ['add', '/data/added', 'text'],
    ['add', '/data/with~1slash', '"yes"'],
    ['add', '/data/number', '"0123"'],
    ['add', '/metadata/annotations', '{n: 1}'],
    ['add', '/data/with~0tilde', '"true"'],
  ],
  Gate: [
    ['add', '/spec/list/-', '3.5'],
    ['add', '/spec/list/1', '{deep: [1, two]}'],
    ['replace', '/spec/target/name', 'elsewhere'],
    ['remove', '/spec/note'],
  ],
};

/** An entry with operations that fit a kind. */
function operated(dice: Dice, isNamed: boolean): string[] {
  const kind = dice.pick(['Deployment', 'Service', 'ConfigMap', 'Gate']);
  const steps = STEPS[kind];
  const lines: string[] = [];
  if (steps === undefined) return lines;
  for (let count = 1 + dice.below(2); count > 0; count--) {
    const [op, path, value] = dice.pick(steps);
    lines.push(`      - op: ${op}`, `        path: ${path}`, ...(value === undefined ? [] : [`        value: ${value}`]));
    if (op === 'copy') lines.push('        from: /metadata/name');
    if (op === 'move') lines.push('        from: /spec/template/spec/containers/0/ports');
  }
  const name = kind === 'ConfigMap' ? 'settings' : dice.pick(['web', 'web', 'web', '.*']);
  const chosen = isNamed || kind === 'ConfigMap' || dice.chance(60) ? [`      name: ${name}`] : [];
  return ['  - target:', ...(isNamed ? ['      version: v1'] : []), `      kind: ${kind}`, ...chosen, '    patch: |-', ...lines];
}

function strategic(dice: Dice): string {
  const kind = dice.pick(['Deployment', 'Deployment', 'Service', 'ConfigMap'] as const);
  const name = kind === 'ConfigMap' ? 'settings' : 'web';
  const head = (apiVersion: string): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${dice.chance(30) ? '  labels: {patched: "1", app: null}\n' : dice.chance(10) ? '  annotations: null\n' : ''}`;
  if (kind === 'Service')
    return `${head('v1')}spec:\n  type: ${dice.pick(['NodePort', 'ClusterIP'])}\n  ports:\n    - port: ${dice.pick([80, 81])}\n      name: ${dice.pick(['http', 'new'])}\n`;
  if (kind === 'ConfigMap')
    return `${head('v1')}data:\n  ${dice.pick(['plain', 'more'])}: ${dice.pick(['changed', 'null', '"5"', '|\n    two\n    lines'])}\n`;
  const directive = dice.below(8);
  const container =
    directive === 0
      ? `- name: ${name}\n          $patch: delete\n`
      : `- name: ${dice.pick([name, 'side'])}\n          env:\n            - name: ${dice.pick(['MODE', 'NEW'])}\n              value: ${dice.pick(['fast', '"1"'])}\n${directive === 1 ? '            - $patch: replace\n' : ''}          ports:\n            - containerPort: ${dice.pick([8080, 9090])}\n${dice.chance(40) ? '          args: [--a, --b]\n' : ''}${dice.chance(30) ? '          resources: {limits: {cpu: 100m, memory: null}}\n' : ''}`;
  const volumes = dice.chance(30)
    ? `      volumes:\n        - name: data\n          ${dice.pick(['emptyDir: {}', 'configMap: {name: settings}', '$patch: delete'])}\n`
    : '';
  return `${head('apps/v1')}spec:\n${dice.chance(40) ? `  replicas: ${dice.below(5)}\n` : ''}  template:\n    spec:\n      containers:\n        ${container}${volumes}${dice.chance(20) ? '      nodeSelector: null\n' : ''}`;
}

function replacements(dice: Dice): string[] {
  const lines: string[] = [];
  if (!dice.chance(35)) return lines;
  for (let count = 1 + dice.below(2); count > 0; count--) {
    const from = dice.below(4);
    if (from === 0)
      lines.push('  - source:', '      kind: ConfigMap', `      name: settings`, `      fieldPath: data.${dice.pick(['plain', 'HOST'])}`);
    else if (from === 1)
      lines.push(
        '  - source:',
        `      kind: ${dice.pick(['Service', 'Deployment'])}`,
        '      name: web',
        ...(dice.chance(15) ? ['      fieldPath: metadata.namespace'] : []),
      );
    else if (from === 2) lines.push('  - sourceValue: given');
    else
      lines.push(
        '  - source:',
        '      kind: Deployment',
        '      name: web',
        '      fieldPath: spec.template.spec.containers.0.image',
        '      options:',
        `        delimiter: "${dice.pick([':', '/', '.'])}"`,
        `        index: ${dice.below(2)}`,
      );
    lines.push(
      '    targets:',
      '      - select:',
      `          kind: ${dice.pick(['Deployment', 'Service', 'ConfigMap', 'Ingress', 'Gate'])}`,
      '        fieldPaths:',
    );
    const path = dice.pick([
      'spec.template.spec.containers.[name=web].env.[name=MODE].value',
      'metadata.labels.app',
      'metadata.annotations.note',
      'spec.template.spec.containers.*.image',
      'data.plain',
      'data.HOST',
      'spec.rules.0.host',
      'spec.target.name',
      'spec.template.spec.containers.0.env.0.value',
      'metadata.annotations.example\\.com/x',
    ]);
    lines.push(`          - ${path}`);
    const options: string[] = [];
    if (dice.chance(30))
      options.push(`          delimiter: "${dice.pick(['.', '-', ':'])}"`, `          index: ${dice.pick([0, 1, -1, 5])}`);
    if (dice.chance(70)) options.push('          create: true');
    if (options.length > 0) lines.push('        options:', ...options);
    if (dice.chance(20)) lines.push('        reject:', `          - name: ${dice.pick(NAMES)}`);
  }
  return lines;
}

function generators(folder: string, prefix: string, dice: Dice, files: Record<string, string>, mayMerge: boolean): string[] {
  const lines: string[] = [];
  files[`${folder}/app.properties`] = `# settings\ncolor=${dice.pick(['red', 'blue'])}\nempty=\n`;
  files[`${folder}/vars.env`] = `ENV_MODE=${dice.pick(['a', 'b'])}\n# no\nHOST=db.${folder}.example.com\n`;
  const merges = mayMerge && files['base/vars.env'] !== undefined && dice.chance(60);
  lines.push('configMapGenerator:', `  - name: ${merges ? 'generated' : `${folder === 'base' ? '' : prefix}generated`}`);
  if (merges) lines.push(`    behavior: ${dice.pick(['merge', 'replace'])}`);
  if (dice.chance(60))
    lines.push('    literals:', `      - MODE=${dice.pick(['fast', "'quoted'", '"1"', 'a=b'])}`, `      - ${folder.toUpperCase()}=yes`);
  if (dice.chance(40)) lines.push('    files:', `      - ${dice.pick(['app.properties', 'renamed.txt=app.properties'])}`);
  if (dice.chance(30)) lines.push('    envs:', '      - vars.env');
  if (dice.chance(20))
    lines.push(
      '    options:',
      ...(dice.chance(50) ? ['      disableNameSuffixHash: true'] : ['      labels: {made: "yes"}', '      immutable: true']),
    );
  if (dice.chance(40))
    lines.push(
      'secretGenerator:',
      `  - name: ${prefix}password`,
      '    literals:',
      `      - word=${dice.pick(['open', 'sesame'])}`,
      ...(dice.chance(30) ? ['    type: kubernetes.io/opaque'] : []),
    );
  if (dice.chance(20))
    lines.push('generatorOptions:', ...(dice.chance(50) ? ['  disableNameSuffixHash: true'] : ['  annotations: {made: here}']));
  return lines;
}

function variables(dice: Dice): string[] {
  return [
    'vars:',
    '  - name: TARGET',
    '    objref:',
    '      apiVersion: v1',
    `      kind: ${dice.pick(['Service', 'ConfigMap'])}`,
    `      name: ${dice.pick(['web', 'settings'])}`,
    ...(dice.chance(40) ? ['    fieldref:', '      fieldPath: metadata.labels.app'] : []),
  ];
}

function buildConfig(dice: Dice): string {
  return dice.pick([
    'nameReference:\n  - kind: Service\n    version: v1\n    fieldSpecs:\n      - kind: Gate\n        path: spec/target/name\n  - kind: ConfigMap\n    version: v1\n    fieldSpecs:\n      - kind: Gate\n        path: spec/config\n',
    'namespace:\n  - kind: Gate\n    path: spec/target/namespace\n    create: true\n',
    'images:\n  - kind: Gate\n    path: spec/image\n',
    'commonLabels:\n  - kind: Gate\n    path: spec/selector\n    create: true\n',
    'varReference:\n  - kind: Gate\n    path: spec/note\nnamePrefix:\n  - kind: Gate\n    path: spec/other\n',
    'commonAnnotations:\n  - kind: Gate\n    path: spec/notes\n    create: true\nreplicas:\n  - kind: Gate\n    path: spec/size\n    create: true\n',
  ]);
}

function database(name: string, dice: Dice): string {
  return workload(name, name.replace(/db$/, ''), dice, 'StatefulSet');
}

function workload(name: string, prefix: string, dice: Dice, kind: 'Deployment' | 'StatefulSet' = 'Deployment'): string {
  const claims =
    kind === 'StatefulSet' && dice.chance(60)
      ? '  volumeClaimTemplates:\n    - metadata: {name: data, labels: {app: x}}\n      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n'
      : '';
  return `apiVersion: apps/v1
kind: ${kind}
metadata:
  name: ${name}
${dice.chance(20) ? '  namespace: shop\n' : ''}  labels:
    app: ${name}
${dice.chance(30) ? '  annotations:\n    note: "1"\n' : ''}spec:
${dice.chance(60) ? `  replicas: ${dice.below(4)}\n` : ''}${kind === 'StatefulSet' ? `  serviceName: ${name}\n` : ''}  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
${dice.chance(40) ? `      serviceAccountName: ${name}\n` : ''}      containers:
        - name: ${dice.chance(70) ? name : 'main'}
          image: ${dice.pick(IMAGES)}
          env:
            - name: MODE
              value: ${dice.pick(['slow', '"no"', '$(TARGET)', '"8"'])}
            - name: SETTING
              valueFrom:
                configMapKeyRef: {name: ${prefix}${dice.pick(['settings', 'generated'])}, key: plain}
            - name: WORD
              valueFrom: {secretKeyRef: {name: ${prefix}${dice.pick(['login', 'password'])}, key: word}}
          envFrom:
            - configMapRef:
                name: ${prefix}generated
          ports:
            - containerPort: 8080
${dice.chance(30) ? '          command: [run, "--host=$(TARGET)"]\n' : ''}${dice.chance(30) ? `      initContainers:\n        - {name: init, image: "${dice.pick(IMAGES)}"}\n` : ''}      volumes:
        - name: data
          configMap:
            name: ${prefix}settings
        - name: all
          projected:
            sources:
              - secret: {name: ${prefix}login}
              - configMap: {name: ${prefix}generated}
${claims}`;
}

function service(name: string, dice: Dice): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${dice.chance(20) ? '  namespace: other\n' : ''}spec:\n  selector:\n    app: ${name}\n  ports:\n    - name: http\n      port: 80\n      targetPort: ${dice.pick(['8080', 'http'])}\n`;
}

function configMap(name: string, dice: Dice): string {
  const more = dice.pick([
    '',
    '  list: a,b,c\n',
    '  on: "yes"\n',
    '  text: |\n    one\n      two\n',
    '  folded: >-\n    some long\n    text\n',
    '  date: "2001-02-03"\n',
  ]);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  plain: ${dice.pick(['value', '"1"', "'single'", '"with: colon"'])}\n  HOST: db.example.com\n${more}`;
}

function secret(name: string): string {
  return `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\ntype: Opaque\nstringData:\n  word: open\ndata:\n  more: b3Blbg==\n`;
}

function ingress(name: string, prefix: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ${name}\n  annotations:\n    nginx.ingress.kubernetes.io/auth-secret: ${prefix}login\nspec:\n  defaultBackend:\n    service: {name: ${name}, port: {number: 80}}\n  tls:\n    - secretName: ${prefix}login\n      hosts: [shop.example.com]\n  rules:\n    - host: shop.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: ${name}\n                port: {name: http}\n`;
}

function autoscaler(name: string): string {
  return `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: ${name}\nspec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: ${name}\n  minReplicas: 1\n  maxReplicas: 3\n---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: ${name}}\nspec:\n  minAvailable: 1\n  selector: {matchLabels: {app: ${name}}}\n`;
}

function rbac(name: string, dice: Dice): string {
  const space = dice.chance(50) ? '    namespace: default\n' : dice.chance(50) ? '    namespace: shop\n' : '';
  return `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: ${name}\nrules:\n  - apiGroups: [""]\n    resources: [configmaps]\n    resourceNames: [settings]\n    verbs: [get]\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: ${name}\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: ${name}\nsubjects:\n  - kind: ServiceAccount\n    name: ${dice.pick([name, 'default'])}\n${space}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ${name}\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: ${name}\nsubjects:\n  - kind: ServiceAccount\n    name: ${dice.pick([name, 'default'])}\n${space === '' ? '    namespace: default\n' : space}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ${name}\nrules: []\n`;
}

function policies(name: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: ${name}\nspec:\n  podSelector:\n    matchLabels:\n      app: ${name}\n  ingress:\n    - from:\n        - podSelector:\n            matchLabels: {app: other}\n        - namespaceSelector: {matchLabels: {x: y}}\n`;
}

function custom(name: string, prefix: string, dice: Dice): string {
  const definition = dice.chance(30)
    ? '---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: gates.acme.com\nspec:\n  group: acme.com\n  names: {kind: Gate, plural: gates}\n  scope: Namespaced\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema: {openAPIV3Schema: {type: object}}\n'
    : '';
  return `apiVersion: acme.com/v1\nkind: Gate\nmetadata:\n  name: ${name}\nspec:\n  target:\n    kind: Service\n    name: ${name}\n  config: ${prefix}settings\n  image: nginx:1.25\n  note: $(TARGET) and $(OTHER)\n  other: ${name}\n  size: 1\n  list: [1, 2]\n  template:\n    spec:\n      containers:\n        - name: ${name}\n          image: nginx:1.0\n${definition}`;
}

function cronJob(name: string, prefix: string): string {
  return `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ${name}\nspec:\n  schedule: "*/5 * * * *"\n  jobTemplate:\n    spec:\n      template:\n        metadata: {labels: {app: ${name}}}\n        spec:\n          restartPolicy: Never\n          imagePullSecrets: [{name: ${prefix}login}]\n          containers:\n            - name: ${name}\n              image: redis:6\n              envFrom: [{secretRef: {name: ${prefix}password}}]\n`;
}

function webhook(name: string): string {
  return `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: ${name}\nwebhooks:\n  - name: a.acme.com\n    clientConfig:\n      service: {name: ${name}, namespace: default, path: /}\n    admissionReviewVersions: [v1]\n    sideEffects: None\n---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata:\n  name: v1.acme.com\nspec:\n  service: {name: ${name}, namespace: default}\n  group: acme.com\n  version: v1\n  groupPriorityMinimum: 1\n  versionPriority: 1\n`;
}

function volumes(prefix: string): string {
  return `apiVersion: v1\nkind: PersistentVolume\nmetadata:\n  name: ${prefix}disk\nspec:\n  capacity: {storage: 1Gi}\n  accessModes: [ReadWriteOnce]\n  claimRef: {kind: PersistentVolumeClaim, name: ${prefix}disk, namespace: default}\n  hostPath: {path: /x}\n---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${prefix}disk\nspec:\n  volumeName: ${prefix}disk\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 1Gi}}\n`;
}

function indented(text: string, width: number): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => ' '.repeat(width) + line);
}
