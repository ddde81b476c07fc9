export const SNAPSHOT_PREFIX = 'snapshot:';

/** Whether a SOURCE is a snapshot: `snapshot:FILE`. */
export function isSnapshotSource(source: string): boolean {
  return source.startsWith(SNAPSHOT_PREFIX);
}
