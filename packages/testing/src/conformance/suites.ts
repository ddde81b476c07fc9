import type { Suite } from './suite.ts';
import { suite as apiserverDrift } from './suites/apiserver-drift.ts';
import { suite as apiserverMutants } from './suites/apiserver-mutants.ts';
import { suite as apiserverPsa } from './suites/apiserver-psa.ts';
import { suite as apiserverReal } from './suites/apiserver-real.ts';
import { suite as apiserverVap } from './suites/apiserver-vap.ts';
import { suite as celCrdValidationRules } from './suites/cel-crd-validation-rules.ts';
import { suite as celK8sLibraries } from './suites/cel-k8s-libraries.ts';
import { suite as celSpec } from './suites/cel-spec.ts';
import { suite as driftDifferentialSsa } from './suites/drift-differential-ssa.ts';
import { suite as driftGitopsEngine } from './suites/drift-gitops-engine.ts';
import { suite as driftHealth } from './suites/drift-health.ts';
import { suites as driftJsonPatches } from './suites/drift-json-patch.ts';
import { suite as driftDefaults } from './suites/drift-k8s-defaults.ts';
import { suite as driftQuantity } from './suites/drift-quantity.ts';
import { suites as driftStrategic } from './suites/drift-strategic.ts';
import { suite as driftStructuredMergeDiff } from './suites/drift-structured-merge-diff.ts';
import { suite as hostile } from './suites/hostile.ts';
import { suite as kubeconform } from './suites/kubeconform.ts';
import { suite as kustomize } from './suites/kustomize.ts';
import { suite as kyvernoCli } from './suites/kyverno-cli.ts';
import { suites as notBuilt } from './suites/not-built.ts';
import { suite as psa } from './suites/psa.ts';
import { suite as yamlTable } from './suites/yaml-semantics-table.ts';
import { suite as yamlTestSuite } from './suites/yaml-semantics-test-suite.ts';

/** Every suite by name. */
export const SUITES: readonly Suite[] = [
  apiserverReal,
  apiserverDrift,
  apiserverMutants,
  apiserverPsa,
  apiserverVap,
  psa,
  yamlTable,
  yamlTestSuite,
  kubeconform,
  kyvernoCli,
  kustomize,
  hostile,
  driftDefaults,
  driftQuantity,
  driftDifferentialSsa,
  driftGitopsEngine,
  driftHealth,
  driftStructuredMergeDiff,
  ...driftJsonPatches,
  ...driftStrategic,
  celCrdValidationRules,
  celK8sLibraries,
  celSpec,
  ...notBuilt,
].sort((a, b) => (a.name < b.name ? -1 : 1));
