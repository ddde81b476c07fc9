/** What Git calls an object of these bytes; `like` is an id of the repository, SHA-1 or SHA-256. */
export function blobId(bytes: Uint8Array, like = ''): string {
  const hash = process.getBuiltinModule('node:crypto').createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
