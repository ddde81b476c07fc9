import { member } from '../values/json.ts';
import { addEffects, type Draft, newDraft, spreadEffects } from './draft.ts';
import { ALL_EFFECTS, NO_EFFECTS } from './kustomization.ts';
import type { PlacedDeployer } from './place-deployers.ts';
import type { MappedFile, RepositoryMap } from './repository-map.ts';
import { folderOf, foldersAbove, isBelow, resolvePath } from './repository-path.ts';
import { isTemplatePlace } from './template-text.ts';

/** The units of a repository before they are final, and which file belongs to which. */
export interface DraftUnits {
  readonly drafts: readonly Draft[];
  readonly draftOf: ReadonlyMap<string, Draft>;
}

/** Puts every file into one unit: what lists it, what applies its folder, or else its folder. */
export function draftUnits(map: RepositoryMap, otherPaths: readonly string[] = []): DraftUnits {
  const builds = new Map<string, Draft>();
  for (const kustomization of map.kustomizations.values()) {
    const draft = newDraft(kustomization.folder, 'kustomization', kustomization.folder);
    draft.claimedBy = kustomization.file;
    draft.effects = kustomization.effects;
    draft.why = 'kustomize build was not run';
    if (kustomization.effects.resources) draft.adds = 'a kustomization adds objects when it is built';
    builds.set(kustomization.folder, draft);
  }
  for (const folder of map.charts) {
    if (builds.has(folder)) continue;
    const draft = newDraft(folder, 'helm', folder);
    draft.claimedBy = folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`;
    draft.effects = ALL_EFFECTS;
    draft.why = 'the Helm chart was not rendered';
    draft.adds = 'a Helm chart was not rendered';
    builds.set(folder, draft);
  }
  for (const kustomization of map.kustomizations.values()) {
    const draft = builds.get(kustomization.folder);
    for (const path of [...kustomization.resources, ...kustomization.components]) {
      const included = builds.get(path);
      if (draft !== undefined && included !== undefined) link(draft, included, 'includes');
    }
  }
  const applied = draftApplied(map, builds);
  const files = new FileUnits(map, builds, applied);
  const draftOf = new Map<string, Draft>();
  // In a repository with Flux it is for Flux to say where variables are; elsewhere `envsubst`, clusterctl and the like fill in templates.
  const hasFlux = map.deployers.some(({ deployer }) => deployer.kind === 'flux');
  for (const file of map.files) {
    // A template that was not rendered tells that objects of its unit are not in sight; what else is left out belongs nowhere.
    const { leftOut } = file.verdict;
    if (leftOut === undefined || leftOut === 'template')
      draftOf.set(file.file.path, files.unitOf(file, !hasFlux && isNamedByVariable(file)));
    if (TEST.test(file.verdict.role)) markTests(files.folder(folderOf(file.file.path)));
    if (file.verdict.role === 'terraform/Module') files.folder(folderOf(file.file.path)).unseen ??= WRITTEN_IN_CODE;
  }
  for (const path of otherPaths) if (CODE.test(path)) files.folder(folderOf(path)).unseen ??= WRITTEN_IN_CODE;
  linkDeployers(map, builds, applied, draftOf);
  const deployments = [...builds.values(), ...applied.values()].flatMap((draft) => deploymentsOf(draft, draftOf));
  const drafts = [...new Set([...builds.values(), ...applied.values(), ...deployments, ...files.all()])].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  spreadEffects(drafts);
  return { drafts, draftOf };
}

const VARIABLE = /\$\{[A-Za-z_]/;

/** Whether a file that is called a template has an object with a variable in its name or namespace, which no server would take as it stands. */
function isNamedByVariable({ file, verdict }: MappedFile): boolean {
  if (verdict.role !== 'manifest' || verdict.documents === undefined || !isTemplatePlace(file.path)) return false;
  return verdict.documents.some(({ value }) => {
    const metadata = member(value, 'metadata');
    const name = member(metadata, 'name');
    const namespace = member(metadata, 'namespace');
    return (typeof name === 'string' && VARIABLE.test(name)) || (typeof namespace === 'string' && VARIABLE.test(namespace));
  });
}

/** Test definitions of programs that read the files beside them: Chainsaw, kuttl, the Kyverno and the Gatekeeper command. */
const TEST = /^(?:chainsaw\/Test|kuttl\/Test(?:Step|Assert)|kyverno-cli\/Test|gator\/Suite)$/;

/** Inputs of tests are manifests one by one; what they hold together is up to the tests. */
function markTests(draft: Draft): void {
  if (draft.kind !== 'files') return;
  draft.effects = { fields: true, kinds: [], namespace: true, resources: true };
  draft.why = 'the files are inputs of tests, which are not run';
}

/** Languages that people write Kubernetes objects in, beside YAML. */
const CODE = /\.(tf|tofu|jsonnet|libsonnet|cue|pkl|kcl)$/;

const WRITTEN_IN_CODE = 'Terraform or other code beside the manifests may create objects';

/** Folders that Flux or Argo CD apply as they lie, without a kustomization or chart of their own. */
function draftApplied(map: RepositoryMap, builds: ReadonlyMap<string, Draft>): Map<string, Draft> {
  const applied = new Map<string, Draft>();
  for (const placed of map.deployers) {
    const target = placed.target;
    if (target === undefined || builds.has(target) || applied.has(target)) continue;
    if (placed.deployer.kind === 'release') continue;
    const draft = newDraft(target, placed.deployer.kind, target);
    draft.claimedBy = placed.file;
    applied.set(target, draft);
  }
  // Flux writes the missing kustomization itself: the builds right below are part of it, what lies inside them is not.
  for (const [folder, draft] of builds) {
    if (draft.kind !== 'kustomization' || applied.size === 0) continue;
    for (const above of foldersAbove(folder)) {
      if (folder === '' || builds.get(above)?.kind === 'kustomization') break;
      const outer = applied.get(above);
      if (outer?.kind === 'flux') link(outer, draft, 'includes');
    }
  }
  return applied;
}

function linkDeployers(
  map: RepositoryMap,
  builds: ReadonlyMap<string, Draft>,
  applied: ReadonlyMap<string, Draft>,
  draftOf: ReadonlyMap<string, Draft>,
): void {
  for (const placed of map.deployers) {
    const home = draftOf.get(placed.file);
    // A chart of the repository says itself that it was not rendered.
    const isHere = placed.target !== undefined && builds.get(placed.target)?.kind === 'helm';
    if (placed.deployer.isOpaque && !isHere && home !== undefined)
      home.unseen ??= 'a Helm release or an Argo CD object creates objects that are not in sight';
    const targets = placed.target === undefined ? placed.candidates : [placed.target];
    if (placed.target === undefined && placed.deployer.path !== undefined && home !== undefined) {
      home.unseen ??= 'a Flux or Argo CD object applies a folder that is not in sight';
    }
    for (const folder of targets) {
      const target = builds.get(folder) ?? applied.get(folder);
      if (target === undefined) continue;
      applyDeployer(placed, target);
      if (home !== undefined && home !== target && placed.target !== undefined) link(home, target, 'deploys');
      for (const component of placed.deployer.components) {
        const path = resolvePath(folder, component);
        const included = path === undefined ? undefined : builds.get(path);
        if (included !== undefined) link(target, included, 'includes');
      }
    }
  }
}

/** What each of several objects makes of the folder that they apply: a unit for each, which goes where its object goes. */
function deploymentsOf(draft: Draft, draftOf: ReadonlyMap<string, Draft>): Draft[] {
  const { deployers } = draft;
  if (deployers.length < 2) return [];
  const used = new Set<string>();
  const deployments = deployers.map((placed) => {
    // Namesakes of several clusters are told apart by where they are written.
    const id = `${draft.id} (${placed.label})`;
    const isNew = !used.has(id);
    used.add(id);
    const deployment = newDraft(isNew ? id : `${draft.id} (${placed.label} in ${placed.file})`, draft.kind, draft.root, draft);
    if (draft.claimedBy !== undefined) deployment.claimedBy = draft.claimedBy;
    deployment.effects = addEffects(draft.effects, placed.deployer.effects);
    deployment.applied = placed.deployer.effects;
    deployment.fills = placed.deployer.substitutes;
    deployment.substitutes = placed.deployer.substitutes;
    if (draft.why !== undefined) deployment.why = draft.why;
    if (draft.kind === 'helm' && draft.adds !== undefined) deployment.adds = draft.adds;
    deployment.deployers.push(placed);
    const home = draftOf.get(placed.file);
    if (home !== undefined && home !== draft) {
      home.deploys.delete(draft);
      draft.deployedBy.delete(home);
      link(home, deployment, 'deploys');
    }
    return deployment;
  });
  for (const deployment of deployments) link(deployment, draft, 'includes');
  // Each of them says itself that it was not rendered.
  if (draft.kind === 'helm') delete draft.adds;
  return deployments;
}

function applyDeployer(placed: PlacedDeployer, target: Draft): void {
  target.effects = addEffects(target.effects, placed.deployer.effects);
  target.applied = addEffects(target.applied ?? NO_EFFECTS, placed.deployer.effects);
  if (placed.target !== undefined) target.deployers.push(placed);
  target.fills ||= placed.deployer.substitutes;
  target.substitutes ||= placed.deployer.substitutes;
  if (placed.deployer.kind !== 'release')
    target.why ??= `the build of the ${placed.deployer.kind === 'flux' ? 'Flux Kustomization' : 'Argo CD Application'} was not run`;
}

function link(from: Draft, to: Draft, how: 'includes' | 'deploys'): void {
  if (from === to) return;
  from[how].add(to);
  (how === 'includes' ? to.includedBy : to.deployedBy).add(from);
}

/** Finds or makes the unit of one file after another. */
class FileUnits {
  readonly #map: RepositoryMap;
  readonly #builds: ReadonlyMap<string, Draft>;
  readonly #applied: ReadonlyMap<string, Draft>;
  readonly #plain = new Map<string, Draft>();

  constructor(map: RepositoryMap, builds: ReadonlyMap<string, Draft>, applied: ReadonlyMap<string, Draft>) {
    this.#map = map;
    this.#builds = builds;
    this.#applied = applied;
  }

  /** `hasVariables`: values are filled in before the file is applied. */
  unitOf(mapped: MappedFile, hasVariables: boolean): Draft {
    const draft = this.#unitOf(mapped);
    if (!hasVariables) return draft;
    // Plain files are filled in one by one, the files of a build together.
    const filled = draft.kind === 'files' && draft.claimedBy === undefined ? this.#files(`${draft.id}/$`, draft.root) : draft;
    filled.substitutes = true;
    return filled;
  }

  #unitOf(mapped: MappedFile): Draft {
    const path = mapped.file.path;
    const folder = folderOf(path);
    const claimers = this.#map.claims.get(path);
    if (claimers !== undefined) return this.#claimed(claimers, folder);
    const build = this.#builds.get(folder);
    if (mapped.verdict.role.startsWith('kustomize/') && build !== undefined) return build;
    if (mapped.chart !== undefined) {
      const chart = this.#builds.get(mapped.chart);
      if (mapped.verdict.role !== 'manifest' && chart !== undefined) return chart;
      const crds = mapped.chart === '' ? 'crds' : `${mapped.chart}/crds`;
      if (isBelow(path, crds)) return this.#files(crds);
    }
    const outer = this.#applied.size === 0 ? undefined : this.#appliedAbove(path, folder);
    if (outer !== undefined) return outer;
    if (build === undefined) return this.#files(folder);
    const beside = this.#files(`${folder === '' ? '' : `${folder}/`}*`, folder);
    beside.effects = build.kind === 'kustomization' ? ALL_EFFECTS : NO_EFFECTS;
    if (build.kind === 'kustomization') beside.why = 'the kustomization beside the file does not list it';
    return beside;
  }

  /** A file that several kustomizations list belongs to the one beside it, else to the first; what any of them changes counts. */
  #claimed(claimers: readonly string[], folder: string): Draft {
    const owner = this.#builds.get(claimers.includes(folder) ? folder : (claimers[0] ?? ''));
    if (owner === undefined) return this.#files(folder);
    for (const claimer of claimers) {
      const other = this.#builds.get(claimer);
      if (other !== undefined && other !== owner) link(other, owner, 'includes');
    }
    return owner;
  }

  #appliedAbove(path: string, folder: string): Draft | undefined {
    for (const above of foldersAbove(path)) {
      const outer = this.#applied.get(above);
      if (outer !== undefined && (outer.kind === 'flux' || above === folder || this.#isRecursive(above))) return outer;
      if (this.#builds.has(above)) return undefined;
    }
    return undefined;
  }

  /** The unit of the plain files of a folder. */
  folder(folder: string): Draft {
    return this.#builds.get(folder) ?? this.#applied.get(folder) ?? this.#files(folder);
  }

  all(): Iterable<Draft> {
    return this.#plain.values();
  }

  #files(id: string, root: string = id): Draft {
    const known = this.#plain.get(id);
    if (known !== undefined) return known;
    const draft = newDraft(id, 'files', root);
    this.#plain.set(id, draft);
    return draft;
  }

  #isRecursive(folder: string): boolean {
    return this.#map.deployers.some((placed) => placed.target === folder && placed.deployer.isRecursive);
  }
}
