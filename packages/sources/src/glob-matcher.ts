/** Whether a path from the root matches a glob that somebody typed. */
export async function globMatcher(pattern: string): Promise<(path: string) => boolean> {
  // Loaded only where there is a glob; made once, which costs more than to match a path with it.
  const { Minimatch } = await import('minimatch');
  const glob = new Minimatch(pattern, { dot: true, nonegate: true, nocomment: true });
  return (path) => glob.match(path);
}
