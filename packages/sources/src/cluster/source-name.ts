export const CLUSTER_PREFIX = 'cluster:';

/** Whether a SOURCE is a cluster: `cluster:` for the current context, `cluster:CONTEXT`. */
export function isClusterSource(source: string): boolean {
  return source.startsWith(CLUSTER_PREFIX);
}
