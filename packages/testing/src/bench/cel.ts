import { createEnvironment, DYN } from '@plumbline/cel';
import { loadPatterns } from '../conformance/suites/cel-value.ts';

// How many validation expressions are evaluated in a second on one core: by processor time, since the clock tells of the
// machine's other work. `node scripts/run.mjs packages/testing/src/bench/cel.ts`

const OBJECT = {
  metadata: { name: 'x', labels: { app: 'web', 'app.kubernetes.io/name': 'n' } },
  spec: {
    replicas: 5,
    name: 'web',
    containers: [
      { name: 'b', image: 'nginx:latest', securityContext: { privileged: false } },
      { name: 'a', image: 'x:1', resources: { limits: { cpu: '1' } } },
    ],
  },
};

const EXPRESSIONS = [
  'object.spec.replicas <= 5',
  '!has(object.spec.template) || object.spec.replicas > 1',
  "has(object.metadata.labels) && 'app' in object.metadata.labels",
  "object.metadata.labels['app'] == 'web' && object.spec.name in ['web', 'api']",
  "object.metadata.name.matches('^[a-z]+$')",
  "object.spec.containers.all(c, c.image.contains(':') && !c.image.endsWith(':latest'))",
  'object.spec.containers.all(c, !has(c.securityContext) || c.securityContext.privileged == false)',
  "quantity(object.spec.containers[1].resources.limits.cpu).isLessThan(quantity('2'))",
];

const WARM_UP = 20_000;
const TURNS = 300_000;

const environment = createEnvironment({ variables: [{ name: 'object', type: DYN }], patterns: loadPatterns });
for (const text of EXPRESSIONS) {
  const compilation = environment.compile(text);
  if (!compilation.ok) throw new Error(compilation.message);
  const { program } = compilation;
  const bindings = { object: OBJECT };
  for (let turn = 0; turn < WARM_UP; turn++) program.evaluate(bindings);
  const started = process.cpuUsage();
  for (let turn = 0; turn < TURNS; turn++) program.evaluate(bindings);
  const { user, system } = process.cpuUsage(started);
  process.stdout.write(`${(TURNS / (user + system)).toFixed(2)} M/s  cost ${program.evaluate(bindings).cost}  ${text}\n`);
}
