// Code caches: what V8 made of the command's files, so that a run need not compile them.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { LOADER } from './entry.mjs';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  replica: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0
          ports: [{containerPort: 80}]
          env:
            - name: A
              valueFrom: {configMapKeyRef: {name: settings, key: a}}
`;
const SERVICE = `---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 80}]
`;
const POLICY = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
  validations: [{expression: 'object.spec.replicas <= 5', message: too many}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas}
spec: {policyName: replicas, validationActions: [Deny]}
`;

/** Runs that use what runs use, the most common one first: a file's cache holds what the first run that needs the file compiles of it. */
const WARM_UPS = [
  { args: ['check', 'web.yaml'], files: { 'web.yaml': DEPLOYMENT + SERVICE } },
  {
    args: ['check'],
    files: {
      '.gitignore': 'dist/\n',
      'plumbline.yaml': "preset: recommended\nexclude: ['vendor/**/*.yaml']\n",
      'base/web.yaml': DEPLOYMENT,
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'live/kustomization.yaml': 'namespace: live\nnamePrefix: live-\nresources: [../base]\nimages: [{name: web, newTag: "1"}]\n',
    },
  },
  { args: ['check'], files: { 'policy.yaml': POLICY, 'web.yaml': DEPLOYMENT } },
];

/** Writes a cache beside each file of the folder that a warm-up loads. Goes without where that fails. */
export async function makeCodeCache(folder, start) {
  const scratch = await mkdtemp(join(tmpdir(), 'plumbline-cache-'));
  try {
    const maker = join(scratch, 'maker.cjs');
    await writeFile(maker, makerText(folder, start));
    for (const [index, { args, files }] of WARM_UPS.entries()) {
      const repository = join(scratch, String(index));
      await mkdir(join(repository, '.git'), { recursive: true });
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(repository, path)), { recursive: true });
        await writeFile(join(repository, path), text);
      }
      spawnSync(process.execPath, [maker, ...args], { cwd: repository, stdio: ['ignore', 'ignore', 'ignore'] });
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function makerText(folder, start) {
  return `const { existsSync, writeFileSync } = require('node:fs');
const suffix = '-' + process.version + '-' + process.arch + '.cache';
// Compiled without the caches that there are: what is cached would not be compiled.
const { load, scripts } = (${LOADER})(${JSON.stringify(folder)}, '.none');
process.on('exit', () => {
  for (const [file, script] of scripts) if (!existsSync(file + suffix)) writeFileSync(file + suffix, script.createCachedData());
});
load(${JSON.stringify(start)});
`;
}
