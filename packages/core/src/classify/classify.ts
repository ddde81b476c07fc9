import type { Document } from '../read/document.ts';
import type { Known } from '../read/known.ts';
import { decode } from '../read/parse.ts';
import type { FileRole, ParsedFile } from '../read/parsed-file.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { LeftOut } from '../report/report.ts';
import { addTo } from '../values/add-to.ts';
import { type Build, buildsOf } from './builds.ts';
import { type Draft, hasEffects } from './draft.ts';
import { draftUnits } from './draft-units.ts';
import { environmentOfPath } from './environment.ts';
import type { FileVerdict } from './file-role.ts';
import { graphOf, type RepositoryGraph } from './graph.ts';
import { type DraftGroup, groupUnits } from './group-units.ts';
import type { PlacedDeployer } from './place-deployers.ts';
import { type MappedFile, mapRepository } from './repository-map.ts';
import { isSopsEncrypted } from './sops.ts';
import type { Unit, UnitGroup } from './unit.ts';

export interface ClassifyOptions {
  /** Reads a file; called again for some files: memoise it. */
  readonly parseFile: (file: SourceFile) => readonly Document[];
  /** What is known of files from earlier runs. */
  readonly known?: Known;
  /** Kubernetes minors asked for, newest first. */
  readonly versions: readonly string[];
  /** The environment that configuration gives a path; folder names tell it by default. */
  readonly environmentOf?: (path: string) => string | undefined;
  /**
   * Files of the repository that are not judged but say what the judged ones are: kustomizations, charts, Flux and Argo CD
   * objects. Files that are judged too are passed over.
   */
  readonly context?: readonly SourceFile[];
  /** Paths of files that were not read. Terraform and the like beside manifests may create objects that no manifest holds. */
  readonly otherPaths?: readonly string[];
}

/** What every file is for. Each file of the input is in `files` or in one of `leftOut`, never in both. */
export interface Classification {
  readonly files: readonly ParsedFile[];
  readonly leftOut: readonly LeftOut[];
  readonly units: readonly Unit[];
  readonly groups: readonly UnitGroup[];
  /** The kustomizations that must be built to know what is applied. */
  readonly builds: readonly Build[];
  /** The files of `context`, for the inventory. */
  readonly around: readonly ParsedFile[];
  /** The path of every file in sight, left out or not. */
  readonly paths: readonly string[];
  /** Every Flux and Argo CD object in sight, and the folder that it applies. */
  readonly deployers: readonly PlacedDeployer[];
  /** What includes and applies what; worked out each time it is asked for. `exists`: whether there is a path that is not among the files. */
  graph(exists: (path: string) => boolean): RepositoryGraph;
}

/** Tells manifests from what is not, and which files are applied together. Pure: looks at names and contents only. */
export function classify(files: readonly SourceFile[], options: ClassifyOptions): Classification {
  const map = mapRepository(files, options.context ?? [], options.parseFile, options.known);
  const drafted = draftUnits(map, options.otherPaths ?? []);
  const { drafts, draftOf } = drafted;
  const draftGroups = groupUnits(drafts, (draft) => options.environmentOf?.(draft.root) ?? environmentOfPath(`${draft.root}/`));
  const marks = markDrafts(map.files, draftOf);
  const units = new Map<Draft, Unit>();
  for (const group of draftGroups) {
    for (const draft of group.drafts) units.set(draft, finish(draft, group, marks.withVariables.has(draft), options.versions));
  }

  const judged: ParsedFile[] = [];
  const around: ParsedFile[] = [];
  const leftOut = new Map<string, string[]>();
  for (const mapped of map.files) {
    const { file, verdict, isJudged } = mapped;
    if (verdict.leftOut !== undefined) {
      if (isJudged) addTo(leftOut, verdict.leftOut, file.path);
      continue;
    }
    const draft = draftOf.get(file.path);
    const unit = draft === undefined ? undefined : units.get(draft);
    // Every file that is not left out has been given a unit.
    if (unit === undefined) continue;
    (isJudged ? judged : around).push(new ClassifiedFile(mapped, unit));
  }
  return {
    files: judged,
    leftOut: [...leftOut].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, paths]) => ({ reason, count: paths.length, files: paths })),
    units: [...units.values()],
    builds: buildsOf(map, drafted, (draft) => units.get(draft)),
    groups: draftGroups.map((group) => finishGroup(group, units, marks.unseen)),
    around,
    get paths() {
      return map.files.map(({ file }) => file.path);
    },
    deployers: map.deployers,
    graph: (exists) => graphOf(map, drafted, draftGroups, exists),
  };
}

interface Marks {
  /** Units that Flux or a script substitutes variables in, and that hold some. */
  readonly withVariables: ReadonlySet<Draft>;
  /** Why objects of a unit are not in sight. */
  readonly unseen: ReadonlyMap<Draft, string>;
}

function markDrafts(files: readonly MappedFile[], draftOf: ReadonlyMap<string, Draft>): Marks {
  const withVariables = new Set<Draft>();
  const unseen = new Map<Draft, string>();
  for (const { file, verdict } of files) {
    const draft = draftOf.get(file.path);
    if (draft === undefined) continue;
    if (verdict.leftOut === 'template') unseen.set(draft, 'a template was not rendered');
    else if (verdict.isBroken && verdict.role === 'manifest') unseen.set(draft, 'a file could not be read');
    if (draft.substitutes && verdict.documents?.some((document) => document.text.includes('${')) === true) withVariables.add(draft);
  }
  return { withVariables, unseen };
}

function finish(draft: Draft, { environment, environments }: DraftGroup, isSubstituted: boolean, versions: readonly string[]): Unit {
  const isChanged = hasEffects(draft.effects);
  // Argo CD leaves files as they are, but for the namespace of objects that say none.
  const isOnlyPlaced = draft.kind === 'argo' && !draft.effects.fields && !draft.effects.resources;
  const isUnbuilt = (isChanged && !isOnlyPlaced) || isSubstituted;
  const why = isChanged ? (draft.why ?? 'the build that includes the files was not run') : 'variables were not substituted';
  return {
    id: draft.id,
    kind: draft.kind,
    root: draft.root,
    ...(environment === undefined ? {} : { environment }),
    ...(environments.length === 0 ? {} : { environments }),
    versions,
    state: isUnbuilt ? 'unbuilt' : 'as-applied',
    ...(isUnbuilt ? { why } : {}),
    ...(isUnbuilt || (isChanged && isOnlyPlaced) ? { mayAdd: draft.effects } : {}),
    ...(isSubstituted ? { substituted: true as const } : {}),
    ...(draft.claimedBy === undefined ? {} : { claimedBy: draft.claimedBy }),
  };
}

function finishGroup(group: DraftGroup, units: ReadonlyMap<Draft, Unit>, unseen: ReadonlyMap<Draft, string>): UnitGroup {
  const finished = (drafts: readonly Draft[]): Unit[] => drafts.flatMap((draft) => units.get(draft) ?? []);
  let incomplete: string | undefined;
  const adds = new Map<Unit, string>();
  for (const draft of [...group.drafts, ...group.shared]) {
    incomplete ??= unseen.get(draft) ?? draft.unseen;
    const unit = units.get(draft);
    if (draft.adds !== undefined && unit !== undefined) adds.set(unit, draft.adds);
  }
  return {
    id: group.id,
    ...(group.environment === undefined ? {} : { environment: group.environment }),
    units: finished(group.drafts),
    shared: finished(group.shared),
    get elsewhere() {
      return finished(group.elsewhere());
    },
    ...(incomplete === undefined ? {} : { incomplete }),
    ...(adds.size === 0 ? {} : { adds }),
  };
}

/** Reads and decodes a file when somebody asks for it: of most only the values are asked for, and of some nothing. */
class ClassifiedFile implements ParsedFile {
  readonly file: SourceFile;
  readonly role: FileRole;
  readonly unit: Unit;
  readonly #verdict: FileVerdict;
  #text: string | undefined;
  #documents: readonly Document[] | undefined;

  constructor({ file, verdict }: MappedFile, unit: Unit) {
    this.file = file;
    this.role = verdict.role;
    this.unit = unit;
    this.#verdict = verdict;
  }

  get documents(): readonly Document[] {
    this.#documents ??= this.#verdict.documents ?? [];
    return this.#documents;
  }

  get encrypted(): true | undefined {
    return this.documents.some((document) => isSopsEncrypted(document.value)) ? true : undefined;
  }

  get text(): string {
    this.#text ??= decode(this.file.bytes).text;
    return this.#text;
  }
}
