/** Why what a remote entry of a kustomization gives may be another thing tomorrow; undefined where it is pinned, or where that cannot be told. */
export function unpinned(entry: string): string | undefined {
  const [path = '', query = ''] = splitQuery(entry);
  const ref = /(?:^|&)(?:ref|version)=([^&]*)/.exec(query)?.[1];
  if (ref !== undefined && ref !== '') return isMoving(ref) ? `"${ref}" is a branch` : undefined;
  return isFile(path) ? movingFile(path) : isRepository(path) ? 'no "?ref=" says which revision' : undefined;
}

function splitQuery(entry: string): readonly string[] {
  const at = entry.indexOf('?');
  return at < 0 ? [entry] : [entry.slice(0, at), entry.slice(at + 1)];
}

/** What by its name is a branch, as good as ever: a tag of such a name would be a trap of its own. */
function isMoving(ref: string): boolean {
  return /^(?:HEAD|main|master|trunk|develop|development|dev|next|latest|refs\/heads\/.+|origin\/.+)$/.test(ref);
}

/** One file behind a URL, not a repository. */
function isFile(path: string): boolean {
  return /^https?:\/\//i.test(path) && (/\.(?:ya?ml|json)$/i.test(path) || /^https?:\/\/raw\.githubusercontent\.com\//i.test(path));
}

/** GitHub and GitLab say in the path which revision a file is of. */
function movingFile(path: string): string | undefined {
  if (/^https?:\/\/github\.com\/[^/]+\/[^/]+\/releases\/latest\//i.test(path)) return 'it is whatever release is the latest';
  const raw =
    /^https?:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/(refs\/heads\/[^/]+|[^/]+)\//i.exec(path) ??
    /^https?:\/\/[^/]+\/[^/]+\/(?:[^/]+\/)*?(?:-\/)?raw\/(refs\/heads\/[^/]+|[^/]+)\//i.exec(path);
  const revision = raw?.[1];
  return revision !== undefined && isMoving(revision) ? `"${revision}" is a branch` : undefined;
}

/** What Kustomize clones: an address of SSH or of Git, a host of repositories, or a URL that says so. */
function isRepository(path: string): boolean {
  if (/^(?:ssh|git|git::https?|git::ssh):\/\//i.test(path) || /^[\w.-]+@[\w.-]+[:/]/.test(path)) return true;
  if (/^(?:https?:\/\/)?(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com|codeberg\.org)[/:][^/]+\/[^/]+/i.test(path))
    return !/\/(?:releases|archive|raw|blob)\//i.test(path);
  return /^https?:\/\//i.test(path) && (/\.git(?:\/|$)/.test(path) || /^https?:\/\/[^/]+\/.+\/\//i.test(path));
}
