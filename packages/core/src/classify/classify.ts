import type { Document } from '../document.ts';
import type { ParsedFile } from '../parsed-file.ts';
import type { LeftOut } from '../report.ts';
import type { SourceFile } from '../source-file.ts';
import type { Unit, UnitGroup } from '../unit.ts';
import { decodeText } from './decode-text.ts';
import { type Draft, hasEffects } from './draft.ts';
import { draftUnits } from './draft-units.ts';
import { environmentOfPath } from './environment.ts';
import { groupUnits } from './group-units.ts';
import { type MappedFile, mapRepository } from './repository-map.ts';
import { isSopsEncrypted } from './sops.ts';

export interface ClassifyOptions {
  /** Reads a file; called once a file here, cheap to call again when memoised. */
  readonly parseFile: (file: SourceFile) => readonly Document[];
  /** Kubernetes minors asked for, newest first. */
  readonly versions: readonly string[];
  /** The environment that configuration gives a path; folder names tell it by default. */
  readonly environmentOf?: (path: string) => string | undefined;
  /**
   * Files of the repository that are not judged but say what the judged ones are: kustomizations, charts, Flux and Argo CD
   * objects. Files that are judged too are passed over.
   */
  readonly context?: readonly SourceFile[];
}

/** What every file is for. Each file of the input is in `files` or in one of `leftOut`, never in both. */
export interface Classification {
  readonly files: readonly ParsedFile[];
  readonly leftOut: readonly LeftOut[];
  readonly units: readonly Unit[];
  readonly groups: readonly UnitGroup[];
  /** The files of `context` that hold resources, for the inventory. */
  readonly around: readonly ParsedFile[];
}

/** Tells manifests from what is not, and which files are applied together. Pure: looks at names and contents only. */
export function classify(files: readonly SourceFile[], options: ClassifyOptions): Classification {
  const map = mapRepository(files, options.context ?? [], options.parseFile);
  const { drafts, draftOf } = draftUnits(map);
  const environmentOf = (draft: Draft): string | undefined => options.environmentOf?.(draft.root) ?? environmentOfPath(`${draft.root}/`);
  const draftGroups = groupUnits(drafts, environmentOf);

  const marks = markDrafts(map.files, draftOf);
  const units = new Map<Draft, Unit>();
  for (const group of draftGroups)
    for (const draft of group.drafts) units.set(draft, finish(draft, group.environment, marks, options.versions));

  const judged: ParsedFile[] = [];
  const around: ParsedFile[] = [];
  const leftOut = new Map<string, string[]>();
  for (const mapped of map.files) {
    const draft = draftOf.get(mapped.file.path);
    const unit = draft === undefined ? undefined : units.get(draft);
    if (mapped.leftOut !== undefined || unit === undefined) {
      if (!mapped.isJudged) continue;
      const reason = mapped.leftOut ?? 'not-kubernetes';
      const list = leftOut.get(reason);
      if (list === undefined) leftOut.set(reason, [mapped.file.path]);
      else list.push(mapped.file.path);
    } else (mapped.isJudged ? judged : around).push(parsedFile(mapped, unit, options.parseFile));
  }
  const unitOf = (draft: Draft): Unit[] => {
    const unit = units.get(draft);
    return unit === undefined ? [] : [unit];
  };
  return {
    files: judged,
    leftOut: [...leftOut]
      .map(([reason, paths]) => ({ reason, count: paths.length, files: paths }))
      .sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    units: [...units.values()],
    groups: draftGroups.map((group) => {
      const incomplete = [...group.drafts, ...group.shared]
        .map((draft) => marks.unseen.get(draft) ?? draft.unseen)
        .find((reason) => reason !== undefined);
      return {
        id: group.id,
        ...(group.environment === undefined ? {} : { environment: group.environment }),
        units: group.drafts.flatMap(unitOf),
        shared: group.shared.flatMap(unitOf),
        elsewhere: group.elsewhere.flatMap(unitOf),
        ...(incomplete === undefined ? {} : { incomplete }),
      };
    }),
    around,
  };
}

interface Marks {
  /** Units that hold `${`. */
  readonly withVariables: ReadonlySet<Draft>;
  readonly unseen: ReadonlyMap<Draft, string>;
}

function markDrafts(files: readonly MappedFile[], draftOf: ReadonlyMap<string, Draft>): Marks {
  const withVariables = new Set<Draft>();
  const unseen = new Map<Draft, string>();
  for (const { file, leftOut, documents } of files) {
    const draft = draftOf.get(file.path);
    if (draft === undefined) continue;
    if (leftOut === 'template') unseen.set(draft, 'a template was not rendered');
    for (const document of documents ?? []) {
      if (document.value === undefined) unseen.set(draft, 'a file could not be read');
      else if (draft.substitutes && document.text.includes('${')) withVariables.add(draft);
    }
  }
  return { withVariables, unseen };
}

function finish(draft: Draft, environment: string | undefined, marks: Marks, versions: readonly string[]): Unit {
  const isSubstituted = marks.withVariables.has(draft);
  const isUnbuilt = hasEffects(draft.effects) || isSubstituted;
  const why = hasEffects(draft.effects)
    ? (draft.why ?? 'the build that includes the files was not run')
    : 'Flux variables were not substituted';
  return {
    id: draft.id,
    kind: draft.kind,
    root: draft.root,
    ...(environment === undefined ? {} : { environment }),
    versions,
    state: isUnbuilt ? 'unbuilt' : 'as-applied',
    ...(isUnbuilt ? { why, mayAdd: draft.effects } : {}),
    ...(isSubstituted ? { substituted: true as const } : {}),
    ...(draft.claimedBy === undefined ? {} : { claimedBy: draft.claimedBy }),
  };
}

function parsedFile(mapped: MappedFile, unit: Unit, parseFile: (file: SourceFile) => readonly Document[]): ParsedFile {
  const { file, role } = mapped;
  const documents = mapped.documents ?? parseFile(file);
  const isEncrypted = documents.some((document) => isSopsEncrypted(document.value));
  let text: string | undefined;
  return {
    file,
    role,
    documents,
    unit,
    // Most files are never asked for their text as a whole.
    get text() {
      text ??= decodeText(file.bytes);
      return text;
    },
    ...(isEncrypted ? { encrypted: true as const } : {}),
  };
}
