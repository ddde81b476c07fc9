import type { Effect } from './effect.ts';
import { applySpec, type FieldSpec } from './field-spec.ts';
import type { BuildOptions } from './loader.ts';
import type { Mark } from './mark.ts';
import { field, fields, isNull, type Node, scalar } from './node.ts';
import { BuildError } from './problem.ts';
import type { ResourceMap } from './resource-map.ts';
import { compile } from './selector.ts';
import { setScalar } from './set-field.ts';
import type { Settings } from './settings.ts';

/** Gives images another name, tag or digest: in every list named `containers` or `initContainers`, and where the specs say. */
export function setImages(
  resources: ResourceMap,
  image: Settings,
  specs: readonly FieldSpec[],
  options: BuildOptions,
  effect?: Effect,
): void {
  const update = updater(image, options, effect);
  const walked: Node[] = [];
  for (const { kind, node } of resources.list) if (kind !== 'CustomResourceDefinition') collect(node, walked);
  for (const node of walked) update(node);
  for (const resource of resources.list) {
    if (resource.kind === 'CustomResourceDefinition') continue;
    for (const spec of specs) applySpec(resource, spec, update);
  }
}

function collect(node: Node, found: Node[]): void {
  if (node.kind === 'seq') for (const item of node.content) collect(item, found);
  for (const [key, value] of fields(node)) {
    if (value.kind === 'scalar') continue;
    collect(value, found);
    if (value.kind !== 'seq' || (key.value !== 'containers' && key.value !== 'initContainers')) continue;
    for (const container of value.content) {
      if (container.kind !== 'map' && !isNull(container)) {
        throw new BuildError(`an item of ${key.value} is no mapping, so that "images" cannot be applied`, container.mark);
      }
      const image = field(container, 'image');
      if (image !== undefined) found.push(image);
    }
  }
}

function updater(image: Settings, options: BuildOptions, effect: Effect | undefined): (node: Node) => void {
  const [name, newName, newTag, newDigest, suffix] = ['name', 'newName', 'newTag', 'digest', 'tagSuffix'].map((part) => image.text(part));
  const isMeant = imageMatcher(name ?? '', options);
  // The field that says most of what the image is now.
  const writer = ['newTag', 'digest', 'tagSuffix', 'newName'].find((part) => image.text(part) !== '');
  const mark: Mark = (writer === undefined ? image : (image.get(writer) ?? image)).mark();
  return (node) => {
    if (node.kind !== 'scalar') throw new BuildError('an image is no text, so that "images" cannot be applied', node.mark);
    if (!isMeant(node.value)) return;
    if (effect !== undefined) effect.matched = true;
    let { repository, tag, digest } = splitImage(node.value);
    if (newName) repository = newName;
    if (newTag && newDigest) [tag, digest] = [newTag, newDigest];
    else if (newTag) [tag, digest] = [newTag, ''];
    else if (newDigest) [tag, digest] = ['', newDigest];
    else if (suffix) [tag, digest] = [tag + suffix, ''];
    const value = `${repository}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
    // An entry that only names an image writes nothing.
    setScalar(node, scalar(value, writer === undefined ? node.mark : mark));
  };
}

const PLAIN = /^[\w./:-]*$/;
const REST = `(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$`;

/** Kustomize reads the name as a pattern. */
function imageMatcher(name: string, options: BuildOptions): (image: string) => boolean {
  const pattern = PLAIN.test(name) ? new RegExp(`^${name}${REST}`) : compile(`^${name}${REST}`, options);
  return (image) => pattern?.test(image) ?? false;
}

function splitImage(image: string): { repository: string; tag: string; digest: string } {
  const slash = Math.max(image.indexOf('/'), 0);
  const rest = image.slice(slash);
  const at = rest.indexOf('@');
  const colon = rest.indexOf(':');
  if (colon < 0 && at < 0) return { repository: image, tag: '', digest: '' };
  if (at >= 0 && (at < colon || colon < 0)) return { repository: image.slice(0, slash + at), tag: '', digest: image.slice(slash + at + 1) };
  const repository = image.slice(0, slash + colon);
  if (at >= 0) return { repository, tag: rest.slice(colon + 1, at), digest: rest.slice(at + 1) };
  return { repository, tag: rest.slice(colon + 1), digest: '' };
}
