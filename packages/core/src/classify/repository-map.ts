import type { Document } from '../read/document.ts';
import type { FileAt, Known } from '../read/known.ts';
import type { SourceFile } from '../read/source-file.ts';
import { addTo } from '../values/add-to.ts';
import { isWholeManifest } from './document-role.ts';
import { type FileVerdict, fileVerdict, leave } from './file-role.ts';
import { type Kustomization, readKustomization } from './kustomization.ts';
import { isAmongPatches, isPatchByName } from './patch-files.ts';
import { type PlacedDeployer, placeDeployers } from './place-deployers.ts';
import { isPolicyTest, policyTestInputs } from './policy-tests.ts';
import { folderOf, foldersAbove, nameOf, resolvePath } from './repository-path.ts';
import { isChainsawTest, testInputs } from './test-inputs.ts';

/** A file and what it is. */
export interface MappedFile {
  readonly file: SourceFile;
  readonly verdict: FileVerdict;
  readonly isJudged: boolean;
  /** The folder of the Helm chart that it lies in. */
  readonly chart: string | undefined;
}

/** What the files of a repository say of one another: who includes whom. */
export interface RepositoryMap {
  readonly files: readonly MappedFile[];
  /** By folder. */
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  /** File path → folders of the kustomizations that list it as a resource. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  readonly charts: ReadonlySet<string>;
  readonly deployers: readonly PlacedDeployer[];
}

/** Reads every file as far as needed. `context` is not judged; a file that is judged too is passed over in it. */
export function mapRepository(
  judged: readonly SourceFile[],
  context: readonly SourceFile[],
  parseFile: (file: SourceFile) => readonly Document[],
  known?: Known,
): RepositoryMap {
  const files = judged.concat(outside(judged, context));
  const charts = new Set<string>();
  const kustomizationFiles: SourceFile[] = [];
  const tests: SourceFile[] = [];
  const policyTests: SourceFile[] = [];
  for (const file of files) {
    const name = nameOf(file.path);
    if (name === 'Chart.yaml') charts.add(folderOf(file.path));
    else if (isChainsawTest(name)) tests.push(file);
    else if (isPolicyTest(name)) policyTests.push(file);
    else if (name === 'kustomization.yaml' || name === 'kustomization.yml' || name === 'Kustomization') kustomizationFiles.push(file);
  }
  // What is listed twice belongs to the first by path, also in a run that judges a part of the repository.
  kustomizationFiles.sort((a, b) => (a.path < b.path ? -1 : 1));
  const kustomizations = new Map<string, Kustomization>();
  let byPath: Map<string, SourceFile> | undefined;
  const fileAt: FileAt = (path) => {
    byPath ??= new Map(files.map((file) => [file.path, file]));
    return byPath.get(path);
  };
  const read = (path: string): readonly Document[] | undefined => {
    const file = fileAt(path);
    return file && parseFile(file);
  };
  const remember = <T>(key: string, make: (fileAt: FileAt) => T): T =>
    known === undefined ? make(fileAt) : known.remember(key, fileAt, make);
  for (const file of kustomizationFiles) {
    const folder = folderOf(file.path);
    // A folder with two of them does not build; the first counts here.
    if (kustomizations.has(folder) || isTemplateOfChart(file.path, charts)) continue;
    const kustomization = remember(`kustomization ${file.path}`, (at) => kustomizationIn(file.path, folder, at, parseFile));
    if (kustomization !== null) kustomizations.set(folder, kustomization);
  }
  const claims = claimFiles(kustomizations);
  const inputs = inputFiles(kustomizations, claims);
  const resourceFolders = new Set([...claims.keys()].map(folderOf));
  const isPatch = (file: SourceFile): boolean =>
    file.path.includes('patch') &&
    !claims.has(file.path) &&
    ((kustomizations.size > 0 && isAmongPatches(file.path, kustomizations, resourceFolders)) ||
      isPatchByName(file.path, () => parseFile(file)));
  const parts = new Set(tests.flatMap((file) => testInputs(folderOf(file.path), parseFile(file), read)));
  const isTested =
    policyTests.length === 0 ? undefined : policyTestInputs(policyTests.map((file) => ({ path: file.path, documents: parseFile(file) })));
  const mapped = files.map((file, index): MappedFile => {
    const chart = charts.size === 0 ? undefined : chartOf(file.path, charts);
    const verdict =
      inputs.has(file.path) || isPatch(file)
        ? leave('kustomize-input', 'kustomize-input')
        : parts.has(file.path) && !claims.has(file.path)
          ? leave('chainsaw/Input', 'test-input')
          : isTested?.(file.path) === true && !claims.has(file.path)
            ? leave('plumbline/TestInput', 'test-input')
            : known === undefined
              ? fileVerdict(file, chart, parseFile)
              : knownVerdict(file, chart, parseFile, known, fileAt);
    return { file, verdict, isJudged: index < judged.length, chart };
  });
  return { files: mapped, kustomizations, claims, charts, deployers: placeDeployers(mapped, parseFile) };
}

/** What a kustomization file says; null where a file of that name is an object of another kind. */
function kustomizationIn(
  path: string,
  folder: string,
  fileAt: FileAt,
  parseFile: (file: SourceFile) => readonly Document[],
): Kustomization | null {
  const documentsAt = (place: string): readonly Document[] | undefined => {
    const file = fileAt(place);
    return file && parseFile(file);
  };
  const documents = (documentsAt(path) ?? []).filter((document) => document.value !== null);
  const value = documents.length === 0 ? null : documents[0]?.value;
  if (isWholeManifest(value)) return null;
  const readInput = (entry: string): readonly Document[] | undefined => {
    const place = resolvePath(folder, entry);
    return place === undefined ? undefined : documentsAt(place);
  };
  return readKustomization(path, folder, value, { parseFile, readInput });
}

/** The verdict without a look at the file, where it is known; its documents when somebody asks for them. */
function knownVerdict(
  file: SourceFile,
  chart: string | undefined,
  parseFile: (file: SourceFile) => readonly Document[],
  known: Known,
  fileAt: FileAt,
): FileVerdict {
  const { role, leftOut, isBroken, has } = known.remember(`verdict ${file.path}\n${chart ?? ''}`, fileAt, (at) => {
    const { documents, ...rest } = fileVerdict(at(file.path) ?? file, chart, parseFile, known);
    const has = documents === undefined ? 'unread' : documents.length === 0 ? 'none' : 'some';
    return { role: rest.role, isBroken: rest.isBroken, has, ...(rest.leftOut === undefined ? {} : { leftOut: rest.leftOut }) };
  });
  return {
    role,
    leftOut,
    isBroken,
    get documents() {
      return has === 'unread' ? undefined : has === 'none' ? [] : parseFile(file);
    },
  };
}

function outside(judged: readonly SourceFile[], context: readonly SourceFile[]): readonly SourceFile[] {
  if (context.length === 0) return context;
  const paths = new Set(judged.map((file) => file.path));
  return context.filter((file) => !paths.has(file.path));
}

/** The nearest folder above a file that holds a Chart.yaml. */
function chartOf(path: string, charts: ReadonlySet<string>): string | undefined {
  for (const folder of foldersAbove(path)) if (charts.has(folder)) return folder;
  return undefined;
}

function isTemplateOfChart(path: string, charts: ReadonlySet<string>): boolean {
  if (charts.size === 0) return false;
  const chart = chartOf(path, charts);
  return chart !== undefined && path.slice(chart === '' ? 0 : chart.length + 1).startsWith('templates/');
}

function claimFiles(kustomizations: ReadonlyMap<string, Kustomization>): Map<string, string[]> {
  const claims = new Map<string, string[]>();
  for (const kustomization of kustomizations.values()) {
    for (const path of kustomization.resources) {
      if (kustomizations.has(path)) continue;
      addTo(claims, path, kustomization.folder);
    }
  }
  return claims;
}

/** Files that feed builds. A file that some kustomization lists as a resource is a manifest, whatever else uses it. */
function inputFiles(kustomizations: ReadonlyMap<string, Kustomization>, claims: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const inputs = new Set<string>();
  const builds = new Set<string>();
  // Transformers and generators may come as a kustomization of their own: all that it lists is input.
  const addBuild = (first: string): void => {
    const waiting = [first];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const kustomization = kustomizations.get(folder);
      if (kustomization === undefined || builds.has(folder)) continue;
      builds.add(folder);
      for (const path of [...kustomization.resources, ...kustomization.inputs]) {
        if (kustomizations.has(path)) waiting.push(path);
        else inputs.add(path);
      }
    }
  };
  for (const kustomization of kustomizations.values()) {
    for (const path of kustomization.inputs) {
      if (kustomizations.has(path)) addBuild(path);
      else if (!claims.has(path)) inputs.add(path);
    }
  }
  return inputs;
}
