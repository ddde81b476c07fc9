import type { Build } from '../classify/builds.ts';
import type { Classification } from '../classify/classify.ts';
import { namedInputs } from '../classify/named-inputs.ts';
import { isSopsEncrypted } from '../classify/sops.ts';
import type { Unit } from '../classify/unit.ts';
import { FLEET, placeOfFolder } from '../environments/view.ts';
import type { Document } from '../read/document.ts';
import { withoutSops } from '../read/extract.ts';
import type { ParsedFile } from '../read/parsed-file.ts';
import type { Resource } from '../read/resource.ts';
import type { SourceFile } from '../read/source-file.ts';
import { addTo } from '../values/add-to.ts';
import type { FieldPath } from '../values/field-path.ts';
import { parseGvk } from '../values/gvk.ts';
import { isObject, type JsonObject, type JsonValue, member, valueAt } from '../values/json.ts';
import type { Range } from '../values/range.ts';
import { applyingObject, type OtherBuilds } from './applying-objects.ts';
import type {
  BuildNote,
  BuildProblem,
  BuildRequest,
  BuildResult,
  BuiltObject,
  EntryEffect,
  Expander,
  InputReader,
  KnownIdentity,
  OpenChanges,
  Place,
  Renamed,
} from './expander.ts';
import { referredObjects } from './referred-objects.ts';

/** What came of the builds of a run. */
export interface Expansion {
  /** The objects of each unit that was built, in place of what its files hold. */
  readonly built: ReadonlyMap<Unit, BuiltUnit>;
  /** Files of which some build holds the objects: judged there, not as they lie. */
  readonly consumed: ReadonlySet<string>;
  /** Why a unit was not built, in words for the report. */
  readonly unbuilt: ReadonlyMap<Unit, string>;
  readonly problems: readonly (BuildProblem & { readonly unit: Unit })[];
  /** What builds of judged units saw. */
  readonly notes: readonly (BuildNote & { readonly unit: Unit })[];
  /** What the entries of kustomizations did, by each build that was done. */
  readonly effects: ReadonlyMap<Build, readonly EntryEffect[]>;
}

export interface BuiltUnit {
  /** The unit as it is applied; it takes the place of the one of the raw files. */
  readonly unit: Unit;
  /** The same unit of objects of which not everything is known, as the resources have it: one for each reason. */
  readonly openUnits: readonly Unit[];
  readonly resources: readonly Resource[];
  /** Whether a judged file is part of it; the others are neighbours, to be looked up only. */
  readonly isJudged: boolean;
  /** Whether one of the files is read by its build, or was when it was named. */
  readsAny(paths: { has(path: string): boolean }): boolean;
  /**
   * The same build of other files. Undefined where that may not tell: `isOther` says whether a file is another one, and the object that
   * applies the unit is in one, or the build looked up objects of its neighbours.
   */
  rebuild(inputs: InputReader, isOther: (path: string) => boolean): BuildResult | undefined;
}

export const NOTHING_BUILT: Expansion = {
  built: new Map(),
  consumed: new Set(),
  unbuilt: new Map(),
  problems: [],
  notes: [],
  effects: new Map(),
};

/** Objects that apply one another: each is built before the next. */
const MOST_IN_A_ROW = 100;

/** Builds what reaches the judged paths, and what is applied beside it to the same cluster; where asked to, also what stands for the same in other environments. */
export function expand(
  classification: Classification,
  expander: Expander,
  inputs: InputReader,
  judged: ReadonlySet<string>,
  comparesEnvironments = false,
): Expansion {
  const built = new Map<Unit, BuiltUnit>();
  const consumed = new Set<string>();
  const unbuilt = new Map<Unit, string>();
  const problems: (BuildProblem & { readonly unit: Unit })[] = [];
  const notes: (BuildNote & { readonly unit: Unit })[] = [];
  const effects = new Map<Build, readonly EntryEffect[]>();
  const texts: Texts = new Map([...classification.files, ...classification.around].map((file) => [file.file.path, file]));
  // Flux builds without that restriction.
  const isFluxHere = classification.deployers.some(({ deployer }) => deployer.kind === 'flux');
  for (const { file, role, unit } of classification.files)
    if (role === 'kustomize/Kustomization')
      for (const problem of expander.examine?.(file, inputs) ?? [])
        if (!(isFluxHere && problem.rule === 'kust/load-restriction')) problems.push({ ...problem, unit });
  const takesFrom = namedInputs(classification, judged);
  const reached = new Set(classification.builds.filter((build) => isReached(build, judged) || takesFrom(build)));
  const judgedBuilds = new Set(reached);
  const needed = neededBuilds(classification, [...reached]);
  const compared = comparesEnvironments ? buildsElsewhere(classification, [...reached], needed) : [];
  const done = new Set<Build>();
  const byFile = filesOfBuilds(classification.builds);
  let depth = 0;
  const ensure = (build: Build): void => {
    // What goes round in a circle, or hangs on more objects in a row than any honest repository has, is not known.
    if (done.has(build) || depth > MOST_IN_A_ROW) return;
    done.add(build);
    depth++;
    run(build);
    depth--;
  };
  const others: OtherBuilds = {
    holding: (file) => byFile().get(file) ?? [],
    result(build) {
      ensure(build);
      return built.get(build.unit);
    },
  };
  const referred = referredObjects(classification, built, consumed, (file) => {
    for (const build of others.holding(file)) ensure(build);
  });
  const run = (build: Build): void => {
    const { deployer, unit: written, kind, folder } = build;
    const applying = deployer === undefined ? undefined : applyingObject(build, deployer, inputs, others);
    const isKnown = applying === undefined || !('unknown' in applying);
    if (!isKnown && kind !== 'kustomization') {
      unbuilt.set(written, applying.unknown);
      return;
    }
    const request: BuildRequest = {
      kind,
      folder,
      versions: written.versions,
      ...(applying === undefined || !isKnown ? {} : { deployer: applying }),
      lookUp: (wanted, namespace, name) => referred.lookUp(written, wanted, namespace, name),
    };
    const result = expander.build(request, inputs);
    if ('notBuilt' in result) {
      if (build.listsOnly !== true) unbuilt.set(written, result.notBuilt);
    } else if ('problems' in result) {
      unbuilt.set(written, kind === 'chart' ? 'the Helm chart does not render' : 'the kustomization does not build');
      // What is only looked up is not judged.
      if (!judgedBuilds.has(build)) return;
      for (const problem of result.problems) {
        if (problem.unreadable !== true || !texts.has(problem.location.file)) problems.push({ ...problem, unit: written });
      }
    } else {
      if (result.effects !== undefined) effects.set(build, result.effects);
      if (judgedBuilds.has(build)) for (const note of result.notes ?? []) notes.push({ ...note, unit: written });
      if (build.listsOnly === true) return;
      const after = deployer !== undefined && isKnown ? undefined : build.after;
      const units = new UnitsAsApplied(written, result.open ?? after);
      const resources = result.objects.flatMap((object) => resourceOf(object, units.of(object), texts, result.renamed) ?? []);
      built.set(written, {
        unit: units.whole,
        openUnits: units.open,
        resources,
        isJudged: reached.has(build) || hasAny(result.inputs, judged),
        readsAny: (paths) => hasAny(build.reaches, paths) || hasAny(result.inputs, paths),
        rebuild: (others, isOther) => rebuild(request, others, expander, deployer !== undefined && isOther(deployer.file)),
      });
      for (const path of result.inputs) consumed.add(path);
    }
  };
  for (const build of [...needed, ...compared]) ensure(build);
  return { built, consumed, unbuilt, problems, notes, effects };
}

/** Whether a build is another one where something in the judged files changes. */
function isReached({ reaches, deployer }: Build, judged: ReadonlySet<string>): boolean {
  if (deployer !== undefined && judged.has(deployer.file)) return true;
  // A commit touches few files of many.
  return judged.size < reaches.size ? hasAny(judged, reaches) : hasAny(reaches, judged);
}

function rebuild(request: BuildRequest, inputs: InputReader, expander: Expander, isAppliedOtherwise: boolean): BuildResult | undefined {
  if (isAppliedOtherwise) return undefined;
  let isSure = true;
  const lookUp = (): undefined => {
    isSure = false;
    return undefined;
  };
  const result = expander.build({ ...request, lookUp }, inputs);
  return isSure ? result : undefined;
}

function hasAny(paths: Iterable<string>, wanted: { has(path: string): boolean }): boolean {
  for (const path of paths) if (wanted.has(path)) return true;
  return false;
}

function filesOfBuilds(builds: readonly Build[]): () => ReadonlyMap<string, readonly Build[]> {
  let byFile: Map<string, Build[]> | undefined;
  return () => {
    if (byFile === undefined) {
      byFile = new Map();
      for (const build of builds) {
        // A chart reads manifests for the values in them, and holds none.
        if (build.listsOnly === true || build.kind === 'chart') continue;
        for (const path of build.reaches) {
          addTo(byFile, path, build);
        }
      }
    }
    return byFile;
  };
}

function neededBuilds({ builds, groups }: Classification, reached: readonly Build[]): readonly Build[] {
  if (reached.length === builds.length) return builds;
  const units = new Set(reached.map(({ unit }) => unit));
  const beside = new Set(groups.filter((group) => group.units.some((unit) => units.has(unit))).flatMap((group) => group.units));
  return builds.filter(({ unit }) => units.has(unit) || beside.has(unit));
}

/** The builds of other environments that stand at the same place as a reached one, or else on a common base; none of a fleet of clusters. */
function buildsElsewhere({ builds }: Classification, reached: readonly Build[], needed: readonly Build[]): readonly Build[] {
  if (needed.length === builds.length) return [];
  const own = new Set(needed);
  const rest = builds.filter((build) => !own.has(build) && build.unit.environment !== undefined);
  const placeOf = ({ unit }: Build): string | undefined =>
    unit.environment === undefined ? undefined : placeOfFolder(unit.id, unit.environment);
  const places = new Set(reached.flatMap((build) => placeOf(build) ?? []));
  const bases = new Set(reached.flatMap((build) => (build.unit.environment === undefined ? [] : [...build.reaches])));
  const atPlace = rest.filter((build) => places.has(placeOf(build) ?? ''));
  const found = atPlace.length > 0 ? atPlace : rest.filter(({ reaches }) => hasAny(reaches, bases));
  return new Set(found.map(({ unit }) => unit.environment)).size > FLEET ? [] : found;
}

/** A unit as it is applied. What somebody still changes after the build keeps it unbuilt, as a whole or for single objects; nothing else does. */
class UnitsAsApplied {
  readonly whole: Unit;
  readonly #written: Unit;
  readonly #open = new Map<string, Unit>();

  constructor(written: Unit, open: OpenChanges | undefined) {
    this.#written = written;
    this.whole = withOpen(written, open);
  }

  get open(): readonly Unit[] {
    return [...this.#open.values()];
  }

  of({ open }: BuiltObject): Unit {
    if (open === undefined || this.whole.state === 'unbuilt') return this.whole;
    const known = this.#open.get(open.why) ?? withOpen(this.#written, open);
    this.#open.set(open.why, known);
    return known;
  }
}

function withOpen(unit: Unit, open: OpenChanges | undefined): Unit {
  const { why: _why, mayAdd: _mayAdd, substituted: _substituted, ...rest } = unit;
  if (open === undefined) return { ...rest, state: 'as-applied' };
  const { why, effects, substitutes } = open;
  return { ...rest, state: 'unbuilt', why, mayAdd: effects, ...(substitutes ? { substituted: true as const } : {}) };
}

/** The files in sight, by path. */
type Texts = ReadonlyMap<string, ParsedFile>;

/** What an object is called; undefined where it is no Kubernetes object. */
export function identityOf(object: JsonObject): Omit<KnownIdentity, 'home'> | undefined {
  const apiVersion = member(object, 'apiVersion');
  const kind = member(object, 'kind');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const metadata = member(object, 'metadata');
  const text = (key: string): string | undefined => textOf(member(metadata, key));
  const namespace = text('namespace');
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name: text('name') ?? text('generateName') ?? '' };
}

/** The field at which an object as a whole stands. */
export function homePath(object: JsonObject): FieldPath {
  return isObject(object.metadata) ? ['metadata', 'name'] : ['kind'];
}

function resourceOf(built: BuiltObject, unit: Unit, texts: Texts, renamed: readonly Renamed[] | undefined): Resource | undefined {
  const identity = built.known ?? identityOf(built.object);
  if (identity === undefined) return undefined;
  let object: JsonObject | undefined;
  return {
    gvk: parseGvk(identity.apiVersion, identity.kind),
    namespace: identity.namespace,
    name: identity.name,
    get object() {
      object ??= isSopsEncrypted(built.object) ? withoutSops(built.object) : built.object;
      return object;
    },
    get encrypted() {
      return isSopsEncrypted(built.object) ? true : undefined;
    },
    document: new BuiltDocument(built),
    root: [],
    unit,
    ...(renamed === undefined || renamed.length === 0 ? {} : { renamed }),
    locate(path, part) {
      const place = built.locate(path, part);
      return { ...place, owner: texts.get(place.file)?.unit.id ?? unit.id };
    },
    writtenIn(path) {
      const place = built.locate(path);
      // Where the field stands in the text as it stands in the object, an edit of the one is an edit of the other.
      const document = texts.get(place.file)?.documents.find((each) => isSameRange(each.rangeOf(path), place));
      return document === undefined || isFilledIn(valueAt(document.value, path), valueAt(built.object, path)) ? undefined : document;
    },
  };
}

/** A text with variables is not the value that the object has: an edit of the one is none of the other. */
function isFilledIn(written: JsonValue | undefined, built: JsonValue | undefined): boolean {
  return typeof written === 'string' && written.includes('$') && written !== built;
}

function isSameRange(a: Range, b: Range): boolean {
  return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A built object as a document: it has no text of its own, and stands where most of it was written. */
class BuiltDocument implements Document {
  readonly index = 0;
  readonly problems = [];
  readonly text = '';
  readonly #built: BuiltObject;
  #place: Place | undefined;
  #file: SourceFile | undefined;

  constructor(built: BuiltObject) {
    this.#built = built;
  }

  get value(): JsonValue {
    return this.#built.object;
  }

  get range(): Range {
    return this.#home();
  }

  get file(): SourceFile {
    this.#file ??= { path: this.#home().file, bytes: NO_BYTES };
    return this.#file;
  }

  rangeOf(path: FieldPath, part?: 'key' | 'value'): Range {
    return this.#built.locate(path, part);
  }

  #home(): Place {
    this.#place ??= this.#built.known?.home ?? this.#built.locate(homePath(this.#built.object));
    return this.#place;
  }
}

const NO_BYTES = new Uint8Array();
