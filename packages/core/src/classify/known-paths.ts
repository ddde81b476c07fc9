import type { FileRole } from '../read/parsed-file.ts';
import { folderOf, nameOf } from './repository-path.ts';

/** Files of which the name alone says what they are. `*` stands for any text without a slash. */
const BY_NAME: Readonly<Record<string, FileRole>> = {
  'kustomization.yaml': 'kustomize/Kustomization',
  'kustomization.yml': 'kustomize/Kustomization',
  Kustomization: 'kustomize/Kustomization',
  'Chart.yaml': 'helm/Chart',
  'plumbline.yaml': 'plumbline/Config',
  'plumbline.yml': 'plumbline/Config',
  '.plumbline.yaml': 'plumbline/Config',
  'plumbline-test.yaml': 'plumbline/Test',
  'plumbline-test.yml': 'plumbline/Test',
  'helmfile.yaml': 'helmfile/Helmfile',
  'helmfile.yml': 'helmfile/Helmfile',
  'skaffold.yaml': 'skaffold/Config',
  'skaffold.yml': 'skaffold/Config',
  '.gitlab-ci.yml': 'gitlab/Pipeline',
  '.gitlab-ci.yaml': 'gitlab/Pipeline',
  'docker-compose.yml': 'compose/Project',
  'docker-compose.yaml': 'compose/Project',
  'compose.yml': 'compose/Project',
  'compose.yaml': 'compose/Project',
  'azure-pipelines.yml': 'azure/Pipeline',
  'azure-pipelines.yaml': 'azure/Pipeline',
  'bitbucket-pipelines.yml': 'bitbucket/Pipeline',
  'cloudbuild.yaml': 'google/CloudBuild',
  'cloudbuild.yml': 'google/CloudBuild',
  'buildspec.yml': 'aws/CodeBuild',
  'appspec.yml': 'aws/CodeDeploy',
  'Jenkinsfile.yaml': 'jenkins/Pipeline',
  '.drone.yml': 'drone/Pipeline',
  '.drone.yaml': 'drone/Pipeline',
  '.woodpecker.yml': 'woodpecker/Pipeline',
  '.woodpecker.yaml': 'woodpecker/Pipeline',
  '.travis.yml': 'travis/Pipeline',
  'Taskfile.yml': 'task/Taskfile',
  'Taskfile.yaml': 'task/Taskfile',
  'mkdocs.yml': 'mkdocs/Site',
  'mkdocs.yaml': 'mkdocs/Site',
  '.pre-commit-config.yaml': 'pre-commit/Config',
  '.pre-commit-hooks.yaml': 'pre-commit/Hooks',
  '.goreleaser.yml': 'goreleaser/Config',
  '.goreleaser.yaml': 'goreleaser/Config',
  '.golangci.yml': 'golangci/Config',
  '.golangci.yaml': 'golangci/Config',
  '.sops.yaml': 'sops/Config',
  '.yamllint': 'yamllint/Config',
  '.yamllint.yaml': 'yamllint/Config',
  '.yamllint.yml': 'yamllint/Config',
  'pnpm-workspace.yaml': 'node/Workspace',
  'pnpm-lock.yaml': 'node/Lock',
  'codecov.yml': 'codecov/Config',
  '.codecov.yml': 'codecov/Config',
  'galaxy.yml': 'ansible/Collection',
  'talconfig.yaml': 'talos/Config',
  'install-config.yaml': 'openshift/InstallConfig',
  'catalog-info.yaml': 'backstage/Entity',
  Tiltfile: 'tilt/Tiltfile',
};

const BY_PATH: readonly (readonly [RegExp, FileRole])[] = [
  [/(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/, 'github/Workflow'],
  [/(^|\/)action\.ya?ml$/, 'github/Action'],
  [/(^|\/)\.github\/dependabot\.ya?ml$/, 'github/Dependabot'],
  [/(^|\/)\.github\/([^/]+|ISSUE_TEMPLATE\/[^/]+|DISCUSSION_TEMPLATE\/[^/]+)\.ya?ml$/, 'github/Config'],
  [/(^|\/)\.(gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/, 'github/Workflow'],
  [/(^|\/)\.gitlab\/(.*\/)?[^/]*ci[^/]*\.ya?ml$/, 'gitlab/Pipeline'],
  [/(^|\/)\.gitlab-ci\/.*\.ya?ml$|\.gitlab-ci\.ya?ml$/, 'gitlab/Pipeline'],
  [/(^|\/)\.circleci\/config\.ya?ml$/, 'circleci/Pipeline'],
  [/(^|\/)\.buildkite\/.*\.ya?ml$/, 'buildkite/Pipeline'],
  [/(^|\/)\.woodpecker\/.*\.ya?ml$/, 'woodpecker/Pipeline'],
  [/(^|\/)\.azure-pipelines?\/.*\.ya?ml$/, 'azure/Pipeline'],
  [/(^|\/)(docker-)?compose[.-][^/]*\.ya?ml$/, 'compose/Project'],
  [/(^|\/)helmfile\.d\/[^/]+\.ya?ml$/, 'helmfile/Helmfile'],
  [/(^|\/)Dockerfile([.-](?!.*\.?(ya?ml|json)$)[^/]*)?$|\.[Dd]ockerfile$|(^|\/)Containerfile([.-][^/]*)?$/, 'docker/Dockerfile'],
  [/\.tf(\.json)?$/, 'terraform/Module'],
];

const MARKED_NAME = /^action\.y|compose|gitlab-ci|ockerfile|Containerfile|\.tf/;

/** What the path alone says of a file; undefined where its content has to be looked at. */
export function roleOfPath(path: string): FileRole | undefined {
  const name = nameOf(path);
  const known = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (known !== undefined) return known;
  // Most paths hold none of these marks, and a look at the name is cheaper than every pattern.
  const mayMatch = path.startsWith('.') || path.includes('/.') || path.includes('helmfile.d/') || MARKED_NAME.test(name);
  if (!mayMatch) return undefined;
  for (const [pattern, role] of BY_PATH) if (pattern.test(path)) return role;
  return undefined;
}

/** What a file inside a Helm chart is by its place in the chart; undefined where its content has to be looked at. */
export function roleInChart(path: string, chart: string): FileRole | undefined {
  const inside = chart === '' ? path : path.slice(chart.length + 1);
  if (inside.startsWith('templates/')) return 'helm-template';
  if (folderOf(inside) === '' && /^values([._-].*)?\.ya?ml$/.test(inside)) return 'helm/Values';
  if (inside === 'values.schema.json') return 'helm/ValuesSchema';
  if (inside === 'requirements.yaml' || inside === 'Chart.lock' || inside === 'requirements.lock') return 'helm/Dependencies';
  if (/^(?:values|envs?|environments)\/[^/]*\.ya?ml$/.test(inside)) return 'helm/Values';
  if (/^ci\/[^/]*values[^/]*\.ya?ml$/.test(inside)) return 'helm/Values';
  return undefined;
}

/** Whether files of the role are no YAML or JSON: they have text, and no documents. */
export function isPlainText(role: FileRole, path: string): boolean {
  return role === 'docker/Dockerfile' || role === 'tilt/Tiltfile' || (role === 'terraform/Module' && !path.endsWith('.json'));
}

/** Whether the name is that of some tool's own JSON file. */
export function isToolJson(path: string): boolean {
  return /(^|\/)(package(-lock)?|composer|tsconfig[^/]*|jsconfig|renovate|biome|deno|turbo|nx|lerna|bower|\.eslintrc|\.prettierrc|\.babelrc|devcontainer(-lock)?|launch|settings|extensions|tasks)\.json5?$/.test(
    path,
  );
}
