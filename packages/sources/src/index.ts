export type { SeenBlobs } from './blobs.ts';
export { type Cache, openCache } from './cache/cache.ts';
export { openCluster } from './cluster/cluster.ts';
export { type Counterparts, readCounterparts, servedAs } from './cluster/counterparts.ts';
export type { ServedKind } from './cluster/discovery.ts';
export type { Live, LiveObjects, Unread } from './cluster/live.ts';
export { readOwned, type Scope } from './cluster/owned.ts';
export { isClusterSource } from './cluster/source-name.ts';
export { isConfigurationPath } from './configuration-path.ts';
export { git } from './git.ts';
export { helmExpander } from './helm/expander.ts';
export { findHelm } from './helm/find-helm.ts';
export { historyOfGit } from './history.ts';
export {
  type BuiltResource,
  buildKustomization,
  type KustomizeResult,
  type LocatedError,
  type WrittenAt,
} from './kustomize/build.ts';
export { kustomizeExpander } from './kustomize/expander.ts';
export { folderReader } from './kustomize/folder-reader.ts';
export type { BuildOptions, FileReader } from './kustomize/loader.ts';
export { localRemotes } from './kustomize/local-remotes.ts';
export type { LeftOutReason } from './left-out.ts';
export { type PathKinds, pathKindsOfFolder, pathKindsOfGit } from './path-kind.ts';
export { readAround } from './read-around.ts';
export { type Base, readBase } from './read-base.ts';
export { MAX_FILE_BYTES, readBytes, WHY_UNREAD } from './read-bytes.ts';
export { inputsOfFolder, inputsOfGit, type ListInputs, listOfFolder, listOfGit, type ReadInput } from './read-input.ts';
export { type ReadOptions, type ReadResult, readFolder, readPaths, type SourceProblem } from './read-paths.ts';
export { openStaged, type Staged } from './read-staged.ts';
export { isGitSource, readAroundTree, readTree, revisionOf } from './read-tree.ts';
export { findRepositoryRoot, isInside, rootOf } from './repository-root.ts';
export { readRevision } from './revision.ts';
export { type Hash, hashSecret } from './snapshot/hash-secrets.ts';
export { type OpenSnapshot, openSnapshot } from './snapshot/read-snapshot.ts';
export { KEY_VARIABLE } from './snapshot/snapshot-key.ts';
export { isSnapshotSource } from './snapshot/source-name.ts';
export { type Snapshot, type SnapshotOptions, takeSnapshot } from './snapshot/take-snapshot.ts';
