/** An image as `kustomize edit set image` takes it: `name:tag`, `name@digest`, `name=new`, `name=new:tag` … */
export interface ImageArgument {
  readonly name: string;
  readonly newName: string;
  readonly newTag: string;
  readonly digest: string;
}

/** Reads an image argument; undefined where kustomize refuses it. */
export function imageArgument(text: string): ImageArgument | undefined {
  const equals = text.indexOf('=');
  const before = equals < 0 ? '' : text.slice(0, equals);
  const { name, tag, digest } = split(equals < 0 ? text : text.slice(equals + 1));
  if (equals >= 0) {
    if (before === '' || name === '') return undefined;
    return { name: before, newName: name === before ? '' : name, newTag: tag, digest };
  }
  // Without anything that is to change it says nothing.
  if (name === '' || (tag === '' && digest === '')) return undefined;
  return { name, newName: '', newTag: tag, digest };
}

/** A colon before the last slash belongs to a port. */
function split(image: string): { name: string; tag: string; digest: string } {
  const at = image.indexOf('@');
  const rest = at < 0 ? image : image.slice(0, at);
  const digest = at < 0 ? '' : image.slice(at + 1);
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
  return colon < 0 ? { name: rest, tag: '', digest } : { name: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}
