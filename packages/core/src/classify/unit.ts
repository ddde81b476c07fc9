/** Resources that are applied together. */
export interface Unit {
  /** Stable and printable: the kustomization's folder, the chart's folder, the folder of plain files. `.` for the root. */
  readonly id: string;
  readonly kind: 'files' | 'kustomization' | 'helm' | 'flux' | 'argo';
  /** The folder, relative to the repository. */
  readonly root: string;
  readonly environment?: string;
  /** Where it is applied in several environments: their names. */
  readonly environments?: readonly string[];
  /** Kubernetes minors it is judged for, newest first. */
  readonly versions: readonly string[];
  /**
   * `as-applied`: the files are what is applied. `unbuilt`: the files are inputs of a build that was not run, so that only
   * what is true of a file as it lies can be judged; `why` says so in the report.
   */
  readonly state: 'as-applied' | 'unbuilt';
  readonly why?: string;
  /** What the build may still change in the raw files: nothing is said to be missing where a patch may add it. */
  readonly mayAdd?: {
    readonly fields: boolean;
    readonly namespace: boolean;
    readonly resources: boolean;
    /** Where `fields`: the kinds whose objects may gain fields that they lack, when it is known; any kind when absent. */
    readonly kinds?: readonly string[];
  };
  /** Flux, or a script where there is no Flux, replaces `${NAME}` in it before it is applied. */
  readonly substituted?: true;
  /** The file that says what belongs to it (a kustomization, a chart, a Flux or Argo CD object); undefined where only the folder does. */
  readonly claimedBy?: string;
}

/** Units that go to one cluster or environment: each unit is judged in exactly one group. */
export interface UnitGroup {
  readonly id: string;
  readonly environment?: string;
  readonly units: readonly Unit[];
  /** Units judged in another group that are applied here too (bases of several overlays), or the other way round: part of the inventory. */
  readonly shared: readonly Unit[];
  /** Further units of the repository that may be applied to the same cluster: an object in them exists, but they are no evidence of anything else. */
  readonly elsewhere: readonly Unit[];
  /** Why objects may exist that no file in sight holds. */
  readonly incomplete?: string;
  /** Units whose build adds objects that no file holds, with the reason: the group is incomplete until they are built. */
  readonly adds?: ReadonlyMap<Unit, string>;
}
