/**
 * Parts of the command that many runs do without. Each is a file of its own, loaded when a function of one of these modules is
 * first called: they may export functions only (and types). Whatever else they need and the start does not comes along.
 */
export const LAZY_PARTS = {
  configuration: ['packages/core/src/config/parse-config.ts'],
  globs: ['packages/core/src/values/glob-of.ts'],
  kustomize: [
    'packages/sources/src/kustomize/build.ts',
    'packages/sources/src/flux/build-flux.ts',
    'packages/sources/src/argo/build-argo.ts',
  ],
  helm: ['packages/sources/src/helm/expander.ts'],
  cache: ['packages/sources/src/cache/cache.ts'],
  'rare-kinds': ['packages/schema/src/native/rare-kinds.ts'],
  'pod-security': ['packages/schema/src/pss/evaluate.ts'],
  defaults: ['packages/schema/src/defaults/apply-defaults.ts'],
  'chart-schemas': ['packages/schema/src/chart-schema/compile-chart-schema.ts'],
  'custom-rules': ['packages/schema/src/custom-rules/judge-rules.ts', 'packages/schema/src/custom-rules/judge-change.ts'],
  admission: ['packages/admission/src/sight.ts', 'packages/admission/src/cel-rules.ts', 'packages/cli/src/read-policies.ts'],
  before: ['packages/core/src/check/before.ts'],
  updates: ['packages/drift/src/update-problems.ts'],
  cel: ['packages/cel/src/environment.ts'],
};

/** Libraries that the sources `require` when they need them, and what they take of each. */
export const LAZY_LIBRARIES = { ajv: ['Ajv'], re2js: ['RE2JS'] };
