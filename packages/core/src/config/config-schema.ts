import type { ConfigSchema } from './validate.ts';

/** Whoever compares has them (`builtInSetNames` of drift); a test there holds the two lists together. */
const BUILT_IN_SETS = [
  'autoscaled-replicas',
  'injected-ca-bundles',
  'aggregated-roles',
  'restarts',
  'rollout-revisions',
  'service-account-secrets',
] as const;

const SEVERITY = ['error', 'warning', 'info'] as const;

const strings = (description: string, least = 0): ConfigSchema => ({
  type: 'array',
  description,
  items: { type: 'string', pattern: '\\S' },
  ...(least > 0 ? { minItems: least } : {}),
});

const VERSIONS: ConfigSchema = {
  type: 'array',
  description: 'Kubernetes minors to judge for, in quotes: "1.34". The newest known by default.',
  items: { type: 'string', pattern: '^1\\.[0-9]{1,3}$', description: 'a minor in quotes, as "1.34"' },
  minItems: 1,
};

const PATHS = strings('Globs from the root of the repository; a folder stands for all below it.', 1);

const RULES: ConfigSchema = {
  type: 'object',
  description: 'What is said of single rules. A rule that is named is selected, unless it is off.',
  additionalProperties: {
    anyOf: [
      { enum: ['off', ...SEVERITY] },
      {
        type: 'object',
        additionalProperties: false,
        properties: {
          severity: { enum: ['off', ...SEVERITY], description: 'Only policy and quality rules can have another severity, or be off.' },
          options: {
            type: 'object',
            description: "The rule's own options; `plumbline explain RULE` names them.",
            additionalProperties: {},
          },
        },
      },
    ],
  },
};

const NAMED_PATHS = {
  name: { type: 'string', pattern: '\\S' },
  paths: PATHS,
} as const satisfies Record<string, ConfigSchema>;

/** What waivers and ignore rules of drift have in common. */
const ACCEPTANCE = {
  paths: PATHS,
  resource: {
    type: 'object',
    additionalProperties: false,
    properties: { kind: { type: 'string' }, namespace: { type: 'string' }, name: { type: 'string' } },
  },
  reason: { type: 'string', pattern: '\\S', description: 'why it is accepted' },
  owner: { type: 'string' },
  expires: {
    type: 'string',
    pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
    description: 'the last day, as "2027-01-31"',
  },
} as const satisfies Record<string, ConfigSchema>;

/** The JSON Schema of plumbline.yaml: what editors offer and what the reader accepts. */
export const CONFIG_SCHEMA: ConfigSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'plumbline.yaml',
  description: 'Configuration of plumbline. Every key is optional.',
  type: 'object',
  additionalProperties: false,
  properties: {
    kubernetesVersions: VERSIONS,
    preset: { enum: ['core', 'recommended', 'strict', 'off'], description: 'Which rules are selected; recommended by default.' },
    rules: RULES,
    overrides: {
      type: 'array',
      description: 'Other settings for some paths; later ones win.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['paths', 'rules'],
        properties: { paths: PATHS, rules: RULES },
      },
    },
    extends: {
      description: 'Files or packages whose configuration this one adds to.',
      anyOf: [{ type: 'string', pattern: '\\S' }, strings('Files or packages, the first first.')],
    },
    exclude: strings('Files that are never judged nor looked up.'),
    external: {
      type: 'array',
      description: 'Objects that exist outside Git.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'name'],
        properties: {
          kind: { type: 'string', pattern: '\\S', description: 'Secret, apps/Deployment, or * for any.' },
          namespace: { type: 'string', description: '* stands for any text; any namespace by default.' },
          name: { type: 'string', pattern: '\\S', description: '* stands for any text.' },
        },
      },
    },
    kustomize: {
      type: 'object',
      description: 'How kustomizations are built.',
      additionalProperties: false,
      properties: {
        remotes: {
          type: 'object',
          description:
            'Copies of remote resources, which are never fetched: a folder or file of the repository for an entry as it is written, or for a repository and its revision (https://github.com/acme/app?ref=v1).',
          additionalProperties: { type: 'string', pattern: '\\S' },
        },
      },
    },
    waivers: {
      type: 'array',
      description: 'Findings that are accepted: they stay in the report, marked as suppressed.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['rule', 'reason'],
        properties: {
          rule: { type: 'string', pattern: '\\S', description: 'A rule id; * stands for any text.' },
          ...ACCEPTANCE,
        },
      },
    },
    drift: {
      type: 'object',
      description: 'What plumbline drift, diff and patch leave alone.',
      additionalProperties: false,
      properties: {
        ignore: {
          type: 'array',
          description: 'Differences that do not count: they stay in the report, of class ignored. All that a rule says narrows it.',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['reason'],
            anyOf: [{ required: ['pointers'] }, { required: ['jsonPaths'] }, { required: ['managers'] }],
            properties: {
              pointers: {
                type: 'array',
                description: 'Fields: /spec/replicas, /**/image, /spec/template/spec/containers/[name=proxy]. "" is the whole object.',
                items: { type: 'string', pattern: '^(?:/|$)', description: 'a pointer, as /spec/replicas' },
                minItems: 1,
              },
              jsonPaths: strings('Fields: $.webhooks[*].clientConfig.caBundle, .spec.containers[?(@.name=="proxy")].image', 1),
              managers: strings('Only what these field managers own; * stands for any text.', 1),
              ...ACCEPTANCE,
            },
          },
        },
        withoutBuiltInSets: {
          type: 'array',
          description: 'Built-in sets of ignored fields that are not to hold.',
          items: { enum: [...BUILT_IN_SETS] },
        },
      },
    },
    environments: {
      type: 'array',
      description: 'Environments in order of promotion. Folder names tell them by default.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'paths'],
        properties: { ...NAMED_PATHS, kubernetesVersions: VERSIONS },
      },
    },
    layers: {
      type: 'array',
      description: 'Layers of the landscape (presentation, application services, data services). Judging does not depend on them.',
      items: { type: 'object', additionalProperties: false, required: ['name', 'paths'], properties: NAMED_PATHS },
    },
    servedApis: {
      type: 'array',
      description: 'API versions (batch/v2alpha1) or kinds of them (batch/v2alpha1/CronJob) that the clusters serve beyond the default.',
      items: { type: 'string', pattern: '^[a-z0-9.-]+(?:/[A-Za-z0-9]+){0,2}$', description: 'an API version, as batch/v2alpha1' },
    },
    schemaLocations: strings(
      'Where schemas of custom resources are: folders, files, and templates of paths or URLs as kubeconform has them. Relative to the root.',
    ),
    schemaFolder: {
      type: 'string',
      pattern: '\\S',
      description: 'Where plumbline schema add keeps what it adds; .plumbline/schemas by default.',
    },
    celRules: {
      type: 'array',
      description: 'Rules without code: expressions of CEL over `object`, as it is written, that must hold.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'kinds', 'expression'],
        properties: {
          id: {
            type: 'string',
            pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$',
            description: 'a name in lower case with dashes, as no-latest: the rule is cel/no-latest',
          },
          kinds: {
            type: 'array',
            description: 'Kinds that it judges: apps/Deployment, Pod, github/Workflow, apps/*, or * for every Kubernetes object.',
            items: {
              type: 'string',
              pattern: '^(?:\\*|[a-z0-9.-]+/\\*|(?:[a-z0-9.-]+/)?[A-Z][A-Za-z0-9]*)$',
              description: 'a kind, as apps/Deployment or Pod',
            },
            minItems: 1,
          },
          expression: { type: 'string', pattern: '\\S', description: 'what must hold' },
          title: { type: 'string', pattern: '\\S', description: 'What must hold, in words.' },
          message: { type: 'string', pattern: '\\S', description: 'what a finding says' },
          messageExpression: { type: 'string', pattern: '\\S', description: 'an expression that gives the message' },
          remedy: { type: 'string', pattern: '\\S', description: 'What to do.' },
          severity: { enum: [...SEVERITY], description: 'error by default.' },
          class: { enum: ['policy', 'quality'], description: 'A policy of yours, or advice; policy by default.' },
          path: {
            type: 'string',
            pattern: '\\S',
            description: 'The field that findings stand on: spec.replicas or /spec/replicas. The one that decided by default.',
          },
        },
      },
    },
    failOn: { enum: [...SEVERITY], description: 'The least severity that makes the exit code 1; error by default.' },
    notEvaluated: { enum: ['report', 'fail'], description: 'Whether what could not be judged makes the exit code 1; fail in strict.' },
    plugins: strings('Rules in code: files or packages, loaded only with --allow-plugins.'),
  },
};
