import { COLOR, CONFIG, HELP, NO_HELM, VERSIONS } from './common-flags.ts';
import { FIX, PATCH, PROMOTE, ROLLBACK } from './edit-verbs.ts';
import type { Flag, Verb } from './verb.ts';

const PLUGINS: Flag = { name: 'allow-plugins', help: 'load the rules in code that the configuration names under plugins' };

export const CHECK: Verb = {
  name: 'check',
  summary: 'judge manifests before they are applied',
  operands: '[SOURCE…]',
  description: [
    'Finds the manifests of a repository, reads them as Kubernetes does, and holds them against the schema of the chosen Kubernetes version and the selected rules. No network and no cluster is needed.',
    'SOURCE is a file, a folder, a glob in quotes, - for standard input, or git:REV[:PATH] for a revision as it was committed; without one it is the repository that the current folder stands in. What is judged is SOURCE; what may be looked up is the repository around it.',
  ],
  flags: [
    {
      name: 'kubernetes-version',
      short: 'k',
      value: 'VERSION',
      repeatable: true,
      help: 'judge for this minor (1.34); repeatable or a comma list; the newest known by default',
    },
    {
      name: 'preset',
      value: 'core|recommended|strict|off',
      choices: ['core', 'recommended', 'strict', 'off'],
      help: 'which rules are on; recommended by default',
    },
    {
      name: 'format',
      short: 'f',
      value: 'NAME[=FILE]',
      repeatable: true,
      help: 'text, json, sarif, junit or github; to FILE or standard output; repeatable; text by default',
    },
    {
      name: 'fail-on',
      value: 'error|warning|info',
      choices: ['error', 'warning', 'info'],
      help: 'exit 1 from this severity on; error by default',
    },
    { name: 'fail-on-not-evaluated', help: 'exit 1 also when something could not be judged' },
    {
      name: 'schema-location',
      value: 'LOCATION',
      repeatable: true,
      help: 'where schemas of custom resources are: a folder, a file, or a template as kubeconform has it; of a URL only what plumbline schema add has fetched',
    },
    {
      name: 'policy',
      value: 'PATH',
      repeatable: true,
      help: 'admission policies and bindings from a file or folder, beside those of the repository',
    },
    { name: 'staged', help: 'judge what is staged in Git, as it is staged' },
    { name: 'since', value: 'REV', help: 'report only what was not there where the work left REV (a branch, a tag, a commit)' },
    ...CONFIG,
    { name: 'max', value: 'N', help: 'how many findings text shows; 50 by default' },
    { name: 'all', help: 'text shows every finding' },
    { name: 'quiet', short: 'q', help: 'text shows only what fails the run, and nothing when it is clean' },
    { name: 'detail', value: 'outcomes', choices: ['outcomes'], help: 'list every resource × rule with its outcome in json' },
    NO_HELM,
    { name: 'no-cache', help: 'do without what earlier runs have read and built; the verdict is the same' },
    { name: 'timing', help: 'print the time of each stage and of the slowest rules on standard error' },
    PLUGINS,
    COLOR,
    HELP,
  ],
  examples: [
    { line: 'plumbline check', what: 'the repository' },
    { line: 'plumbline check clusters/live apps/web/deployment.yaml', what: 'a folder and a file' },
    { line: 'kustomize build overlays/live | plumbline check -', what: 'standard input' },
    { line: 'plumbline check --since main', what: 'what this branch makes worse' },
    { line: 'plumbline check -k 1.34 -k 1.37', what: 'ready for an upgrade?' },
    { line: 'plumbline check --format text --format sarif=plumbline.sarif', what: 'for people and for code scanning' },
  ],
  notes:
    'Exit codes\n' +
    '  0  clean\n' +
    '  1  a finding at or above --fail-on that is not suppressed\n' +
    '  2  usage or configuration error, a SOURCE that does not exist, a rule that\n' +
    '     failed; 2 wins over 1',
};

export const BUILD: Verb = {
  name: 'build',
  summary: 'print the manifests that would be applied',
  operands: '[SOURCE…]',
  description: [
    'Prints what Kustomize makes of the sources, and plain manifests as they lie, as one YAML stream. A folder with a kustomization is built as kustomize build does; any other SOURCE is read as check reads it, the repository by default. Where something does not build, nothing is printed but why.',
    'Values of Secrets are never printed, whether they are written or generated: <secret N> stands for each, the same number for the same value. What comes out is to be read and compared; where it holds Secrets it is not to be applied.',
  ],
  flags: [
    { name: 'origins', help: 'say behind each field the file and line that set it, as a comment' },
    { name: 'output', short: 'o', value: 'FILE|DIR', help: 'write to a file, or to a file for each object where it is a folder (DIR/)' },
    {
      name: 'allow-plugins',
      help: 'what is not built here (plugins, charts, remote resources) is built by the kustomize or kubectl that is installed, which may run programs and fetch',
    },
    {
      name: 'load-restrictor',
      value: 'NAME',
      choices: ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'],
      help: 'LoadRestrictionsNone: a kustomization may name files outside of its folder, as with kustomize',
    },
    NO_HELM,
    ...CONFIG,
    COLOR,
    HELP,
  ],
  examples: [
    { line: 'plumbline build overlays/live', what: 'one overlay' },
    { line: 'plumbline build overlays/live --origins', what: 'who set this field?' },
    { line: 'plumbline build -o rendered/', what: 'everything, a file for each object' },
  ],
  notes:
    'Exit codes\n' +
    '  0  all was built\n' +
    '  1  something does not build, or cannot be read\n' +
    '  2  usage or configuration error, a SOURCE that does not exist, a build that\n' +
    '     cannot be done here (plugins, Helm inflation, remote resources)',
};

export const GRAPH: Verb = {
  name: 'graph',
  summary: 'show what includes and what applies what',
  operands: '[SOURCE…]',
  description: [
    'A tree of kustomizations, bases, components and charts, led by the Flux and Argo CD objects that apply them. It marks paths that are named and not there, circles, what nothing applies, and what two apply. SOURCE is a part of the repository to begin with.',
  ],
  flags: [
    { name: 'format', short: 'f', value: 'text|dot|json', choices: ['text', 'dot', 'json'], help: 'text by default; dot is for Graphviz' },
    ...CONFIG,
    HELP,
  ],
  examples: [
    { line: 'plumbline graph', what: 'the repository' },
    { line: 'plumbline graph clusters/live', what: 'what one cluster applies' },
    { line: 'plumbline graph --format dot | dot -Tsvg > graph.svg', what: 'a picture' },
  ],
};

export const ENVIRONMENTS: Verb = {
  name: 'environments',
  summary: 'show which version runs where',
  operands: '[SOURCE…]',
  description: [
    'A table of environments in order of promotion and components with the versions of their images and charts, by layer. Differences are marked, and so is a version that is newer than the one of the environment before it. docs/environments.md tells how environments, layers and components are told.',
  ],
  flags: [
    { name: 'format', short: 'f', value: 'text|json', choices: ['text', 'json'], help: 'text by default' },
    { name: 'differences', help: 'only components whose versions differ' },
    NO_HELM,
    ...CONFIG,
    HELP,
  ],
  examples: [
    { line: 'plumbline environments', what: 'the repository' },
    { line: 'plumbline environments --differences --format json', what: 'what is still to be promoted' },
  ],
};

export const RULES: Verb = {
  name: 'rules',
  summary: 'list the rules',
  operands: '[PATTERN…]',
  description: ['Lists every rule with its severity and the presets that select it; PATTERN (schema/*, ref) narrows the list.'],
  flags: [
    { name: 'format', short: 'f', value: 'text|json', choices: ['text', 'json'], help: 'text by default; json is {rules: [...]}' },
    ...CONFIG,
    PLUGINS,
    COLOR,
    HELP,
  ],
  examples: [
    { line: 'plumbline rules', what: 'all of them' },
    { line: "plumbline rules 'ref/*'", what: 'one pack' },
  ],
};

export const EXPLAIN: Verb = {
  name: 'explain',
  summary: 'say what a rule or a field is about',
  operands: 'RULE|FIELD',
  description: [
    'A rule (schema/unknown-field): what must hold, what goes wrong otherwise, what to do, with examples. A field (deployment.spec.replicas): its type, default, list keys, and the Kubernetes versions that have it.',
  ],
  flags: [...CONFIG, PLUGINS, COLOR, HELP],
  examples: [
    { line: 'plumbline explain schema/unknown-field', what: 'a rule' },
    { line: 'plumbline explain deployment.spec.strategy', what: 'a field' },
  ],
};

const COMPARED: readonly Flag[] = [
  { name: 'manager', value: 'NAME', repeatable: true, help: 'a field manager by which the source is applied, beside the well-known ones' },
  {
    name: 'prune-scope',
    value: 'NAMESPACE',
    repeatable: true,
    help: 'count objects of this namespace that the source does not have; * for every one. By default those that Flux, Argo CD or an ApplySet applied count',
  },
  VERSIONS,
  { name: 'format', short: 'f', value: 'NAME[=FILE]', repeatable: true, help: 'text, json, sarif, junit or github; text by default' },
  { name: 'fail-on-not-evaluated', help: 'exit 1 also when something could not be compared' },
  { name: 'detail', value: 'outcomes', choices: ['outcomes'], help: 'give each object after apply in json, as predicted' },
  ...CONFIG,
  { name: 'all', help: 'text shows every finding' },
  { name: 'quiet', short: 'q', help: 'text shows only what differs, and nothing when all is in sync' },
  COLOR,
  HELP,
];
const COMPARED_NOTES =
  'Exit codes\n' +
  '  0  nothing differs in what the source owns\n' +
  '  1  something does, and no waiver covers it\n' +
  '  2  usage or configuration error, a SOURCE that does not exist';

export const DRIFT: Verb = {
  name: 'drift',
  summary: 'compare what is desired with what is',
  operands: '[DESIRED…]',
  description: [
    'Compares objects as the API server compares them: with defaults, quantities by amount, keyed lists by their keys. What another field manager owns is left alone, and named. Nothing is written.',
    'DESIRED is a SOURCE as check takes it, the repository by default; --actual is one too: the output of kubectl get -o yaml, a folder, or git:REV. It may also be a live cluster, cluster:CONTEXT or cluster: for the current context of kubectl, which is only read, and only what is compared; or snapshot:FILE, what plumbline snapshot wrote of one.',
  ],
  flags: [{ name: 'actual', value: 'SOURCE', help: 'what is there now' }, ...COMPARED],
  examples: [
    { line: 'plumbline drift clusters/live --actual cluster:live', what: 'a cluster' },
    { line: 'plumbline drift clusters/live --actual snapshot:live.snapshot', what: 'where there are no credentials' },
    { line: 'kubectl get deploy,svc -A -o yaml | plumbline drift clusters/live --actual -', what: 'what kubectl prints' },
    { line: 'plumbline drift overlays/live --actual git:v1.4', what: 'what a release changed' },
  ],
  notes: COMPARED_NOTES,
};

export const DIFF: Verb = {
  name: 'diff',
  summary: 'compare two sources',
  operands: 'A B',
  description: ['Says what makes B of A, object by object, as drift compares them.'],
  flags: COMPARED,
  examples: [{ line: 'plumbline diff git:main .', what: 'what the working tree changes' }],
  notes: COMPARED_NOTES,
};

export const TEST: Verb = {
  name: 'test',
  summary: 'run policy tests',
  operands: '[PATH…]',
  description: [
    'Holds objects against ValidatingAdmissionPolicies and MutatingAdmissionPolicies and compares what comes of them with what is expected. No cluster is needed.',
    'A test is a kyverno-test.yaml as the Kyverno command has it, or a plumbline-test.yaml: a folder with policies, manifests that must pass in pass/ and that must not in fail/, and results for single objects. PATH is a file or folder, the repository by default. docs/policies.md shows both.',
  ],
  flags: [
    { name: 'kubernetes-version', short: 'k', value: 'VERSION', help: 'the minor to test for (1.34); the newest known by default' },
    { name: 'format', short: 'f', value: 'text|json|junit', choices: ['text', 'json', 'junit'], help: 'text by default' },
    { name: 'fail-on-not-evaluated', help: 'exit 1 also when a case could not be judged' },
    { name: 'all', help: 'text lists every case, not only those that failed' },
    COLOR,
    HELP,
  ],
  examples: [
    { line: 'plumbline test', what: 'every test of the repository' },
    { line: 'plumbline test policies/replicas --all', what: 'one folder, each case' },
    { line: 'plumbline test --format junit > tests.xml', what: 'for CI' },
  ],
  notes:
    'Exit codes\n' +
    '  0  every case passed, or was not evaluated\n' +
    '  1  a case failed\n' +
    '  2  usage error, a test or a file that it names cannot be read, or no test',
};

export const SNAPSHOT: Verb = {
  name: 'snapshot',
  summary: 'write what a cluster holds to a file',
  operands: '[CLUSTER]',
  description: [
    'Reads a cluster (cluster:CONTEXT, or cluster: for the current context of kubectl) and writes its objects as JSON lines, for --actual snapshot:FILE where there are no credentials. The cluster is only read; the same state gives the same bytes. By default it is every kind that can be listed and deleted, without what clusters write by themselves, as events and leases.',
    'Values of Secrets are replaced by keyed hashes, equal ones by equal ones. A value that can be guessed can be found by its hash: keep the file as you keep what it tells of, or give a key of your own in PLUMBLINE_SNAPSHOT_KEY, both here and where the snapshot is read.',
  ],
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'where to write; standard output by default' },
    { name: 'kind', value: 'KIND', repeatable: true, help: 'only this kind: Deployment, Deployment.apps or apps/v1/Deployment' },
    { name: 'namespace', short: 'n', value: 'NAMESPACE', repeatable: true, help: 'only this namespace; what has none comes along' },
    HELP,
  ],
  examples: [
    { line: 'plumbline snapshot cluster:live -o live.snapshot', what: 'a whole cluster' },
    { line: 'plumbline snapshot --kind Deployment --kind Service -n shop', what: 'a part of the current one' },
  ],
  notes:
    'Exit codes\n  0  all that was asked for\n  1  some kinds could not be read: the snapshot says which\n  2  usage error, a cluster that cannot be reached',
};

export const INIT: Verb = {
  name: 'init',
  summary: 'write a commented plumbline.yaml',
  operands: '',
  description: [
    'Writes plumbline.yaml at the root of the repository, every key commented out at its default, and prints what to put in a hook and in CI.',
  ],
  flags: [{ name: 'force', help: 'overwrite a plumbline.yaml that exists' }, HELP],
  examples: [{ line: 'plumbline init', what: 'in a repository' }],
};

export const SCHEMA: Verb = {
  name: 'schema',
  summary: 'bring schemas of custom resources',
  operands: 'add SOURCE|list|remove NAME|verify',
  description: [
    'Custom resources are judged by the definitions in the repository, then by what is added here, then by --schema-location, then by the types that come with the command. add copies the CustomResourceDefinitions and JSON Schemas of SOURCE (a file, a folder, or a URL, which is fetched now and never again) into .plumbline/schemas and records them with their digests in .plumbline/schemas.lock.json: commit both.',
    'What a CustomResourceDefinition refuses is a refusal; what a JSON Schema refuses is a policy of yours.',
  ],
  flags: [
    { name: 'name', value: 'NAME', help: 'what to call it; the name of the source by default' },
    { name: 'kind', value: 'GROUP/VERSION/KIND', help: 'the kind of a JSON Schema that does not say it itself' },
    { name: 'format', short: 'f', value: 'text|json', choices: ['text', 'json'], help: 'how list prints; text by default' },
    ...CONFIG,
    HELP,
  ],
  examples: [
    { line: 'plumbline schema add https://example.com/crds.yaml --name shop', what: 'the definitions of an operator' },
    { line: 'plumbline schema list', what: 'what was added' },
    { line: 'plumbline schema verify', what: 'is it still what was added?' },
  ],
  notes: 'Exit codes\n  0  done\n  2  usage error, a SOURCE that cannot be read, a file that was changed',
};

export const VERBS: readonly Verb[] = [
  CHECK,
  FIX,
  BUILD,
  GRAPH,
  ENVIRONMENTS,
  DRIFT,
  DIFF,
  PATCH,
  PROMOTE,
  ROLLBACK,
  SNAPSHOT,
  RULES,
  EXPLAIN,
  TEST,
  SCHEMA,
  INIT,
];
