export { isConfigurationPath } from './configuration-path.ts';
export type { LeftOutReason } from './left-out.ts';
export { readAround } from './read-around.ts';
export { MAX_FILE_BYTES, readBytes, WHY_UNREAD } from './read-bytes.ts';
export { type ReadOptions, type ReadResult, readFolder, readPaths, type SourceProblem } from './read-paths.ts';
export { readAroundStaged, readStaged } from './read-staged.ts';
export { findRepositoryRoot, rootOf } from './repository-root.ts';
export { readRevision } from './revision.ts';
