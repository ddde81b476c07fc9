/** Resources that are applied together. */
export interface Unit {
  /** Stable and printable: the kustomization's folder, the chart's folder, the folder of plain files. `.` for the root. */
  readonly id: string;
  readonly kind: 'files' | 'kustomization' | 'helm' | 'flux' | 'argo';
  /** The folder, relative to the repository. */
  readonly root: string;
  readonly environment?: string;
  /** Kubernetes minors it is judged for, newest first. */
  readonly versions: readonly string[];
  /**
   * `as-applied`: the files are what is applied. `unbuilt`: the files are inputs of a build that was not run, so that only
   * what is true of a file as it lies can be judged; `why` says so in the report.
   */
  readonly state: 'as-applied' | 'unbuilt';
  readonly why?: string;
  /** What the build may still change in the raw files: nothing is said to be missing where a patch may add it. */
  readonly mayAdd?: { readonly fields: boolean; readonly namespace: boolean; readonly resources: boolean };
}
