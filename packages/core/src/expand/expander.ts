import type { Unit } from '../classify/unit.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { Origin } from '../report/finding.ts';
import type { FieldPath } from '../values/field-path.ts';
import type { JsonObject } from '../values/json.ts';
import type { Location } from '../values/range.ts';

/** Makes what is applied out of what is written (Kustomize, Helm, Flux, Argo CD). Injected, so that the engine knows no tool. */
export interface Expander {
  /** Names what builds, its version included, where results of another may differ. */
  readonly name?: string;
  /** Never throws for what is wrong in the files. What it cannot do it says (`notBuilt`), so that several can stand behind one another. */
  build(request: BuildRequest, inputs: InputReader): BuildResult;
  /** What is wrong with a kustomization file by itself, whether or not anything builds it. */
  examine?(file: SourceFile, inputs: InputReader): readonly BuildProblem[];
}

/** What is built, and for whom. */
export interface BuildRequest {
  /**
   * `kustomization`: a folder with a kustomization file. `folder`: manifests as they lie, which Flux or Argo CD read by rules of
   * their own; always with a deployer. `chart`: a Helm chart; without a deployer, with its own values.
   */
  readonly kind: 'kustomization' | 'folder' | 'chart';
  /** From the repository's root, `''` for the root. */
  readonly folder: string;
  /** The object that applies it; undefined where none in sight does: somebody runs the tool by hand. */
  readonly deployer?: ApplyingObject;
  /** Kubernetes minors that the result is judged for, newest first. */
  readonly versions: readonly string[];
  /** Finds an object that the deployer refers to, by kind key (`ConfigMap`, `source.toolkit.fluxcd.io/GitRepository`), among what goes to the same cluster. */
  lookUp(kind: string, namespace: string | undefined, name: string): ReferredObject | undefined;
}

/** A Flux Kustomization or HelmRelease, or an Argo CD Application: written, built, or made by an ApplicationSet. */
export interface ApplyingObject {
  /** Kind and name: `Kustomization apps`. */
  readonly label: string;
  /** The file that it is written in. */
  readonly file: string;
  readonly object: JsonObject;
  /** The member of the object that says what is applied: of an Application `['spec', 'source']` or `['spec', 'sources', 1]`, else `['spec']`. */
  readonly source: FieldPath;
  /** Where a field of it was written. */
  locate(path: FieldPath, part?: 'key' | 'value'): Place;
  /** The folder of the repository that a path means which is written from the root of its source; undefined where it is not here. */
  folderOf(path: string): string | undefined;
}

/** An object that another one names. */
export interface ReferredObject {
  readonly object: JsonObject;
  locate(path: FieldPath, part?: 'key' | 'value'): Place;
  /** Its values are encrypted: keys are true, values are not known. */
  readonly encrypted?: true;
}

/** The files that a build may read, by path from the repository's root. */
export interface InputReader {
  read(path: string): SourceFile | undefined;
  isFolder(path: string): boolean;
  /** The paths of all files in sight in a folder and below, in order: configuration only. */
  filesBelow(folder: string): readonly string[];
  /** The paths of all files in a folder and below, configuration or not, in order. */
  list(folder: string): readonly string[];
}

export type BuildResult =
  | {
      readonly objects: readonly BuiltObject[];
      /** Every file that the build read. */
      readonly inputs: readonly string[];
      /** What it saw on the way and what is worth a word: an entry that matched nothing. */
      readonly notes?: readonly BuildNote[];
      /** What is still not worked out of the objects; undefined where they are what is applied. */
      readonly open?: OpenChanges;
      /** What entries of kustomizations did in this build. */
      readonly effects?: readonly EntryEffect[];
      readonly renamed?: readonly Renamed[];
    }
  /** The files are wrong. */
  | { readonly problems: readonly BuildProblem[] }
  /** A build of this kind cannot be done here. */
  | { readonly notBuilt: string /** It may be done another time, though no file changes. */; readonly forNow?: true };

export interface BuiltObject {
  readonly object: JsonObject;
  /** What is still not known of this object alone. */
  readonly open?: OpenChanges;
  /** Where the field was written; for what the build made itself, and for a field that is not there, the nearest text that somebody wrote. */
  locate(path: FieldPath, part?: 'key' | 'value'): Place;
  /** What can be told without making the object, where that is known: most objects are only looked up by it. */
  readonly known?: KnownIdentity;
}

/** What an object is called, and where it stands as a whole. */
export interface KnownIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  /** metadata.name, else metadata.generateName, else ''. */
  readonly name: string;
  readonly home: Place;
}

/** The text that set a field, and what it came through, the last writer first. */
export interface Place extends Location {
  readonly chain: readonly Origin[];
  /** The unit that the file belongs to; the engine says which. */
  readonly owner?: string;
}

export interface BuildProblem {
  /** A public rule id of the engine: `kust/build-fails` … */
  readonly rule: string;
  readonly message: string;
  readonly location: Location;
  /** A file that is judged itself cannot be read, which is said of the file. */
  readonly unreadable?: true;
  /** What should probably stand there. */
  readonly instead?: string;
}

/** Material of rules about builds: one build saw it; whether it is a finding may hang on what the other builds saw. */
export interface BuildNote {
  /** The public rule id that it is for. */
  readonly rule: string;
  readonly message: string;
  readonly location: Location;
}

/** What an entry of a kustomization (a patch, an image, the target of a replacement) did in a build. */
export interface EntryEffect {
  /** The kustomization, and the entry's place in it. */
  readonly file: string;
  readonly path: FieldPath;
  /** It chose an object at all. */
  readonly matched: boolean;
  /** An object is another one for it; known of patches only. */
  readonly changed: boolean;
}

/** An object that a build gave another name: a prefix, a suffix, a hash. */
export interface Renamed {
  readonly group: string;
  readonly kind: string;
  /** The names that it had, the first one first; `''` is no namespace. */
  readonly from: readonly string[];
  readonly to: string;
  readonly namespace: string;
}

/** What somebody may still change in built objects. */
export interface OpenChanges {
  readonly why: string;
  readonly effects: NonNullable<Unit['mayAdd']>;
  /** Variables in the objects will be filled in. */
  readonly substitutes: boolean;
}
