import { beforeOf, type Past } from './check/before.ts';
import { type Around, type CheckSink, type ContextFor, checkFile, checkResource, contextMaker } from './check/check.ts';
import type { Inventory } from './check/inventory.ts';
import type { KindCatalogue } from './check/kinds.ts';
import type { PathKind, Repository } from './check/repository.ts';
import type { Pack, Rule, RuleInfo, Severity } from './check/rule.ts';
import { type Scene, sceneOf } from './check/scene.ts';
import { type RuleTable, rulesOf, select } from './check/selection.ts';
import { type Classification, classify } from './classify/classify.ts';
import { folderOf } from './classify/repository-path.ts';
import type { Unit } from './classify/unit.ts';
import type { Config } from './config/config.ts';
import { environmentMatcher, newestFirst, versionsByEnvironment } from './environments/environments.ts';
import type { History } from './environments/history.ts';
import type { Environments } from './environments/view.ts';
import { buildFinding } from './expand/build-finding.ts';
import { buildReport } from './expand/build-report.ts';
import { type Expansion, expand, NOTHING_BUILT } from './expand/expand.ts';
import type { Expander, InputReader } from './expand/expander.ts';
import { inputReader } from './expand/input-reader.ts';
import { type AbortSignalLike, type Pace, paceOf } from './pace.ts';
import type { Document } from './read/document.ts';
import { type Extraction, extract } from './read/extract.ts';
import type { Known } from './read/known.ts';
import { parse } from './read/parse.ts';
import type { ParsedFile } from './read/parsed-file.ts';
import { createMemory, NOTHING, type Remembered } from './read/remember.ts';
import type { Resource } from './read/resource.ts';
import type { SourceFile } from './read/source-file.ts';
import { extractFinding, unreadFindings } from './read/unread.ts';
import type { Finding } from './report/finding.ts';
import { createOutcomes, createTally, type Tally } from './report/outcome.ts';
import type { LeftOut, Report, Revision } from './report/report.ts';
import { createSecretMask, type SecretMask, setSecretMask } from './settle/mask.ts';
import { settle } from './settle/settle.ts';
import { mayIgnore } from './settle/suppress.ts';
import { pathMatcher } from './values/glob.ts';
import { starMatcher } from './values/star.ts';
import { clockOf, type TimingSink, watchOf } from './watch.ts';

/** What the engine asks of whoever knows the schemas. */
export interface SchemaPort {
  readonly rules: readonly Rule[];
  /** Kubernetes minors with data, newest first. */
  readonly versions: readonly string[];
  /** What the reader of a report for these versions has to know of how far verdicts are proven; none where they all are. */
  limits?(versions: readonly string[]): readonly string[];
  catalogue(crds: readonly Resource[]): KindCatalogue;
}

export interface EngineOptions {
  readonly schemas: SchemaPort;
  readonly packs: readonly Pack[];
  /** Builds kustomizations; without it they are judged by what their files hold. */
  readonly expander?: Expander;
  readonly config?: Config;
  readonly toolVersion?: string;
}

export interface CheckOptions {
  /** Where given, the check lets others run every thousand files, and ends with the signal's reason once it is aborted. */
  readonly signal?: AbortSignalLike;
  /** The repository around the judged files: looked up, never judged. Read only when something judged may need it. */
  readonly around?: () => readonly SourceFile[] | Promise<readonly SourceFile[]>;
  /** Reads a file of the repository that a build names and that is no configuration; undefined where there is none. */
  readonly readInput?: (path: string) => SourceFile | undefined;
  /** The paths of all files below a folder of the repository, configuration or not. */
  readonly listInputs?: (folder: string) => readonly string[];
  /** What the repository has at a path that is not among the files: a file of another kind, an empty folder. Nothing by default. */
  readonly pathKind?: (path: string) => PathKind | undefined;
  /** Why what the repository around holds cannot be told, where it cannot: rules about it are then not evaluated. */
  readonly unseen?: string;
  /** What whoever read the files left out. */
  readonly preLeftOut?: readonly LeftOut[];
  readonly timing?: TimingSink;
  readonly detail?: 'outcomes';
  /** What is known of files from earlier runs; nothing by default. */
  readonly known?: Known;
  /** False where nothing is checked again: to remember takes time and room. True by default. */
  readonly remembers?: boolean;
  /** The state of Git that the files are of; the report repeats it. */
  readonly revision?: Revision | undefined;
  /** The day, `YYYY-MM-DD`, against which waivers expire; without it none does. */
  readonly today?: string;
  /** Paths of files that the change removes: what is built of them is judged without them. */
  readonly removed?: readonly string[];
  /** What the judged change began from; without it the rules about changes are not evaluated. */
  readonly past?: Past;
  /** What was committed before; without it the rules that look into the past are not evaluated. */
  readonly history?: History;
}

export interface Engine {
  /** Every public rule by id, selected or not. */
  readonly rules: ReadonlyMap<string, RuleInfo>;
  /** Judges the files. Remembers what it read and found by the identity of each SourceFile, so that checking again after one changed is fast. */
  check(files: readonly SourceFile[], options?: CheckOptions): Promise<Report>;
  /** What the files would have applied, for whoever compares or prints it. */
  applied(files: readonly SourceFile[], options?: CheckOptions): Promise<Applied>;
}

/** Objects as they are applied: those of plain files as they lie, those of kustomizations as they are built. */
export interface Applied {
  readonly resources: readonly Resource[];
  readonly kinds: KindCatalogue;
  /** The CustomResourceDefinitions in sight. */
  readonly definitions: readonly Resource[];
  readonly mask: SecretMask;
  readonly environments: Environments;
  /** The repository as rules see it; worked out when first asked for. */
  readonly repository: () => Repository;
  /** What goes to the same cluster as a unit; collected when first asked for. */
  readonly inventoryOf: (unit: Unit) => Inventory;
  /** Kubernetes minors asked for, newest first. */
  readonly versions: readonly string[];
  /** A report of what could not be read or built, and of further findings. */
  report(findings: readonly Finding[]): Report;
}

interface View {
  readonly scene: Scene;
  readonly expansion: Expansion;
  readonly leftOut: readonly LeftOut[];
}

/** Builds an engine; throws a ConfigError where the configuration names what does not exist. */
export function createEngine(options: EngineOptions): Engine {
  const config = options.config ?? {};
  const selection = select(rulesOf(options.schemas.rules, options.packs), config);
  const versions = newestFirst(config.kubernetesVersions ?? options.schemas.versions.slice(0, 1));
  const versionsOf = versionsByEnvironment(config, versions);
  const environmentOf = environmentMatcher(config);
  const isExcluded = pathMatcher(config.exclude ?? []);
  const remembered = new WeakMap<SourceFile, readonly Document[]>();
  const memory = createMemory();
  const catalogueOf = catalogueOnce(options.schemas);

  /** Reads, classifies, builds and extracts. */
  async function look(given: readonly SourceFile[], run: CheckOptions, pace: Pace): Promise<View> {
    const watch = watchOf(run.timing);
    const files = inOrder(given.filter((file) => !isExcluded(file.path)));
    const { known } = run;
    const read: Reader = known === undefined ? parse : (file) => known.documents(file);
    const timedParse = watch.around('parse', once(read, run.remembers === false ? new Map() : remembered));

    await pace.pause();
    if (run.signal !== undefined) await readAhead(files, timedParse, pace);

    // Where nothing is judged that could have neighbours, nothing around is read.
    const holdsSomething = (file: SourceFile): boolean => timedParse(file).some((document) => document.value !== null);
    const removed = run.removed ?? [];
    const around = removed.length > 0 || files.some(holdsSomething) ? await run.around?.() : undefined;
    const classification = watch.time('classify', () => classifyAll(files, around, run, timedParse));
    // Also what only feeds a build, and so is judged through it: patches, files of settings.
    const judged = new Set([
      ...files.map(({ path }) => path),
      ...(run.preLeftOut ?? []).flatMap((entry) => entry.files),
      // Who names the folder may not find it any more.
      ...removed.flatMap((path) => [path, folderOf(path)]),
    ]);
    let reader: InputReader | undefined;
    const inputs = (): InputReader => {
      reader ??= inputReader([...(around ?? []), ...files], run.readInput, run.listInputs);
      return reader;
    };
    const expansion = watch.time('expand', () => expandAll(classification, inputs, judged));
    const seen = watch.time('extract', () => sceneOf(classification, config, expansion, judged, { ...run, inputs }));
    const { past } = run;
    const scene = past === undefined ? seen : { ...seen, before: beforeOf({ past, expansion, inputs, parseFile: timedParse }) };
    const excluded = given.length === files.length ? [] : given.filter((file) => isExcluded(file.path)).map((file) => file.path);
    return {
      scene,
      expansion,
      leftOut: [
        ...(run.preLeftOut ?? []),
        ...classification.leftOut,
        ...(excluded.length === 0 ? [] : [{ reason: 'excluded', count: excluded.length, files: excluded }]),
      ],
    };
  }

  async function check(given: readonly SourceFile[], run: CheckOptions = {}): Promise<Report> {
    const pace = paceOf(run.signal);
    const watch = watchOf(run.timing);
    const view = await look(given, run, pace);
    const { scene } = view;
    await pace.pause();
    const kinds = watch.time('schemas', () => catalogueOf(scene.crds));
    const sink = sinkOf(run);
    const checking = watch.start();
    await checkFiles(scene, kinds, sink, pace, run);
    checkReached(scene, kinds, sink, run);
    await checkBuilt(scene, kinds, sink, pace, run);
    checkExpansion(view, sink);
    watch.stop('check', checking);
    return finish(view, sink, run);
  }

  /** What would be applied; nothing is judged but whether it can be read and built. */
  async function applied(given: readonly SourceFile[], run: CheckOptions = {}): Promise<Applied> {
    const view = await look(given, run, paceOf(run.signal));
    const { scene } = view;
    const sink = sinkOf(run);
    const resources: Resource[] = [];
    for (const { file, extraction } of scene.files) {
      for (const finding of unreadFindings(file, versions, sink.mask)) sink.findings.push(finding);
      for (const problem of extraction.problems) sink.findings.push(extractFinding(file, problem, selection.infos, versions, sink.mask));
      for (const resource of extraction.resources) if (resource.gvk.version !== '') resources.push(resource);
    }
    for (const built of scene.built) resources.push(...built.resources);
    checkExpansion(view, sink);
    return {
      resources,
      kinds: catalogueOf(scene.crds),
      definitions: scene.crds,
      mask: sink.mask,
      get environments() {
        return scene.environments();
      },
      repository: () => scene.repository(),
      inventoryOf: (unit) => scene.inventoryOf(unit),
      versions,
      report(findings) {
        for (const finding of findings) if (!isOff(finding)) sink.findings.push(finding);
        return finish(view, sink, run, true);
      },
    };
  }

  function sinkOf(run: CheckOptions): CheckSink {
    return {
      findings: [],
      tally: createTally(),
      outcomes: run.detail === 'outcomes' ? createOutcomes() : undefined,
      mask: createSecretMask(),
      clock: clockOf(run.timing),
      throws: 0,
      infos: new Map(),
    };
  }

  /** What stopped builds, and why others were not run. */
  function checkExpansion({ scene, expansion }: View, { tally, findings }: CheckSink): void {
    const reasons = reasonsByFile(expansion);
    if (reasons.size > 0)
      for (const { file } of scene.files) for (const { rule, why } of reasons.get(file.file.path) ?? []) tally.addFile(rule, why, file);
    for (const problem of expansion.problems) findings.push(buildFinding(problem, versions));
    for (const note of expansion.notes) {
      const { file } = note.location;
      if (scene.isJudged(file) && selection.tableFor(file).isOn(note.rule)) findings.push(buildFinding(note, versions));
    }
  }

  /** `compares`: nothing was judged, and what there is to say is of a comparison. */
  function finish({ scene, leftOut }: View, sink: CheckSink, run: CheckOptions, compares = false): Report {
    const settled = watchOf(run.timing).time('settle', () =>
      settle(sink.findings, {
        today: run.today,
        environments: (config.environments ?? []).map((environment) => environment.name),
        waivers: config.waivers ?? [],
        texts: scene.files.filter(({ file }) => mayIgnore(file)).map(({ file }) => ({ path: file.file.path, text: file.text })),
        documentAt: documentFinder(scene),
        severityOf,
        aliasesOf: (rule) => selection.infos.get(rule)?.aliases ?? [],
        hasJudged: (name) => name.startsWith('drift/') === compares && hasJudged(name, sink.tally),
        isWhole: run.around === undefined,
      }),
    );
    const report = buildReport({
      toolVersion: options.toolVersion ?? '0.0.0',
      config,
      versions: newestFirst([...versions, ...(config.environments ?? []).flatMap((environment) => environment.kubernetesVersions ?? [])]),
      selection,
      scene,
      findings: settled,
      infos: sink.infos,
      tally: sink.tally,
      outcomes: sink.outcomes,
      leftOut,
      failed: sink.throws > 0,
      revision: run.revision,
      limits: options.schemas.limits?.(versions) ?? [],
    });
    setSecretMask(report, sink.mask);
    return report;
  }

  function severityOf(rule: string, file: string | undefined): Severity | 'off' | undefined {
    return (file === undefined ? selection.plain : selection.tableFor(file)).severityOf(rule);
  }

  function isOff({ rule, location }: Finding): boolean {
    return severityOf(rule, location?.file) === 'off';
  }

  function classifyAll(
    files: readonly SourceFile[],
    around: readonly SourceFile[] | undefined,
    { preLeftOut, known }: CheckOptions,
    parseNow: Reader,
  ): Classification {
    const context = around === undefined ? undefined : inOrder(around.filter((file) => !isExcluded(file.path)));
    const otherPaths = preLeftOut?.flatMap((entry) => (entry.reason === 'not-configuration' ? entry.files : [])) ?? [];
    return classify(files, {
      parseFile: parseNow,
      versions,
      environmentOf,
      otherPaths,
      ...(known === undefined ? {} : { known }),
      ...(context === undefined ? {} : { context }),
    });
  }

  function expandAll(classification: Classification, inputs: () => InputReader, judged: ReadonlySet<string>): Expansion {
    if (options.expander === undefined || !hasKustomization(classification)) return NOTHING_BUILT;
    return expand(classification, options.expander, inputs(), judged, selection.looksAtEnvironments);
  }

  /** What was built, by unit: what a file says of one that is judged is said, wherever it was written. */
  async function checkBuilt(scene: Scene, kinds: KindCatalogue, sink: CheckSink, pace: Pace, run: CheckOptions): Promise<void> {
    if (scene.built.length === 0) return;
    const contexts = contextMaker(kinds, config.servedApis, aroundOf(scene, run));
    const isJudged = scene.isJudged;
    for (const { unit, resources } of scene.built) {
      const versionsHere = versionsOf(unit);
      const from = sink.findings.length;
      for (const resource of resources) {
        const pause = pace.tick();
        if (pause !== undefined) await pause;
        const table = selection.tableFor(resource.document.file.path);
        const rules = table.matching(resource.gvk);
        checkResource(resource, rules.document, contexts(undefined, versionsHere), sink);
        if (table.hasUnitRules) checkResource(resource, rules.unit, contexts(scene.inventoryOf(unit), versionsHere), sink);
      }
      const said = sink.findings.splice(from);
      for (const finding of said) if (writersOf(finding).some(isJudged)) sink.findings.push(finding);
    }
  }

  async function checkFiles(scene: Scene, kinds: KindCatalogue, sink: CheckSink, pace: Pace, run: CheckOptions): Promise<void> {
    const mayRemember = run.remembers !== false;
    const contexts = contextMaker(kinds, config.servedApis, aroundOf(scene, run));
    for (const { file, extraction } of scene.files) {
      const pause = pace.tick();
      if (pause !== undefined) await pause;
      sink.tally.clearNotes();
      // What is said of a change holds for this change.
      const remembers = mayRemember && run.past?.changed.has(file.file.path) !== true;
      const table = selection.tableFor(file.file.path);
      const versionsHere = versionsOf(file.unit);
      // Outcomes are not remembered: who asks for them wants each one made.
      const known = remembers && sink.outcomes === undefined ? memory.recall(file, table, kinds) : undefined;
      if (known === undefined) {
        const said = checkAlone(file, extraction, table, contexts(undefined, versionsHere), sink);
        if (remembers && said !== undefined) memory.keep(file, table, kinds, said);
      } else {
        for (const finding of known.findings) sink.findings.push(finding);
        sink.tally.replay(known.notes);
      }
      // What is true of a file or a resource among its neighbours is judged anew each time.
      if (table.fileRulesAround.length > 0)
        checkFile(file, table.fileRulesAround, contexts(scene.inventoryOf(file.unit), versionsHere), sink);
      if (!table.hasUnitRules || extraction.resources.length === 0) continue;
      const contextFor = contexts(scene.inventoryOf(file.unit), versionsHere);
      for (const resource of extraction.resources) checkResource(resource, table.matching(resource.gvk).unit, contextFor, sink);
    }
  }

  /** Charts of which only templates or values are judged: rules of scope `repository` speak of them with the chart as their subject. */
  function checkReached(scene: Scene, kinds: KindCatalogue, sink: CheckSink, run: CheckOptions): void {
    const contexts = contextMaker(kinds, config.servedApis, aroundOf(scene, run));
    for (const file of scene.reached) {
      const from = sink.findings.length;
      for (const resource of extract(file).resources) {
        const rules = selection
          .tableFor(file.file.path)
          .matching(resource.gvk)
          .unit.filter(({ scope }) => scope === 'repository');
        checkResource(resource, rules, contexts(scene.inventoryOf(file.unit), versionsOf(file.unit)), sink);
      }
      const said = sink.findings.splice(from);
      for (const finding of said) if (writersOf(finding).some(scene.isJudged)) sink.findings.push(finding);
    }
  }

  /** What is true of a file by itself; gives what may be remembered from one check to the next. */
  function checkAlone(
    file: ParsedFile,
    extraction: Extraction,
    table: RuleTable,
    contextFor: ContextFor,
    sink: CheckSink,
  ): Remembered | undefined {
    const before = { findings: sink.findings.length, throws: sink.throws };
    if (table.fileRules.length > 0) checkFile(file, table.fileRules, contextFor, sink);
    for (const finding of unreadFindings(file, versions, sink.mask)) sink.findings.push(finding);
    for (const problem of extraction.problems) {
      sink.findings.push(extractFinding(file, problem, selection.infos, versions, sink.mask));
    }
    for (const resource of extraction.resources) checkResource(resource, table.matching(resource.gvk).document, contextFor, sink);
    if (sink.throws > before.throws) return undefined;
    const hasSaid = sink.findings.length > before.findings || sink.tally.notes.length > 0;
    if (!hasSaid) return NOTHING;
    const findings = sink.findings.slice(before.findings);
    return findings.some(isMasked) ? undefined : { findings, notes: [...sink.tally.notes] };
  }

  function hasJudged(name: string, tally: Tally): boolean {
    const matches = starMatcher(name);
    const meant = [...selection.infos.values()].filter((info) => matches(info.id) || info.aliases?.some(matches));
    return meant.every((info) => selection.plain.isOn(info.id) && !tally.has(info.id));
  }

  return { rules: selection.infos, check, applied };
}

function hasKustomization({ builds, files }: Classification): boolean {
  return builds.length > 0 || files.some(({ role }) => role === 'kustomize/Kustomization');
}

/** By path, whatever order the caller keeps them in: a report says first what comes first in the repository. */
function inOrder(files: readonly SourceFile[]): readonly SourceFile[] {
  const isInOrder = files.every((file, index) => index === 0 || (files[index - 1]?.path ?? '') <= file.path);
  return isInOrder ? files : files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Reads what classification will ask for, with pauses in between; it asks all at once. */
async function readAhead(files: readonly SourceFile[], read: Reader, pace: Pace): Promise<void> {
  for (const file of files) {
    if (/(?:^|\/)templates\//.test(file.path)) continue;
    read(file);
    const pause = pace.tick();
    if (pause !== undefined) await pause;
  }
}

/** Why what a file claims was not built: several objects may apply it. */
function reasonsByFile({ unbuilt }: Expansion): ReadonlyMap<string, readonly { readonly rule: string; readonly why: string }[]> {
  const reasons = new Map<string, { rule: string; why: string }[]>();
  for (const [{ claimedBy, kind }, why] of unbuilt) {
    if (claimedBy === undefined) continue;
    const own = reasons.get(claimedBy);
    const reason = { rule: kind === 'helm' ? 'helm/template-fails' : 'kust/build-fails', why };
    if (own === undefined) reasons.set(claimedBy, [reason]);
    else if (!own.some((known) => known.why === why)) own.push(reason);
  }
  return reasons;
}

/** The files in which a finding of a built object could be mended. */
function writersOf({ location, origin }: Finding): readonly string[] {
  return [...(location === null ? [] : [location.file]), ...(origin ?? []).map(({ file }) => file)];
}

function aroundOf({ environments, repository, before }: Scene, { history, today }: CheckOptions): Around {
  return {
    environments,
    repository,
    ...(before === undefined ? {} : { before }),
    ...(history === undefined ? {} : { history }),
    ...(today === undefined ? {} : { today }),
  };
}

function documentFinder(scene: Scene): (path: string, line: number) => number {
  let byPath: Map<string, readonly Document[]> | undefined;
  return (path, line) => {
    byPath ??= new Map(scene.files.map(({ file }) => [file.file.path, file.documents]));
    return (byPath.get(path) ?? []).findLastIndex((document) => document.range.line <= line);
  };
}

// A masked value has a number that counts within one run only.
function isMasked({ message, fix, related }: Finding): boolean {
  const texts = [message, fix?.title ?? '', ...(related ?? []).map((each) => each.message)];
  return texts.some((text) => text.includes('<secret '));
}

type Reader = (file: SourceFile) => readonly Document[];

function once(read: Reader, documents: Pick<WeakMap<SourceFile, readonly Document[]>, 'get' | 'set'>): Reader {
  return (file) => {
    let known = documents.get(file);
    if (known === undefined) {
      known = read(file);
      documents.set(file, known);
    }
    return known;
  };
}

/** The catalogue stays the same object while the same definitions are in sight, so that what was found with it holds. */
function catalogueOnce(schemas: SchemaPort): (crds: readonly Resource[]) => KindCatalogue {
  let known: { readonly objects: readonly unknown[]; readonly catalogue: KindCatalogue } | undefined;
  return (crds) => {
    const isSame = known?.objects.length === crds.length && crds.every((crd, index) => known?.objects[index] === crd.document);
    if (known === undefined || !isSame) known = { objects: crds.map((crd) => crd.document), catalogue: schemas.catalogue(crds) };
    return known.catalogue;
  };
}
