import type { Mark } from './mark.ts';
import { type Node, Style, scalar, Tag } from './node.ts';
import type { BuildOrigin, Resource } from './resource.ts';
import { isNoStringInYaml11, resolvePlain } from './scalar.ts';

const ORIGIN = 'config.kubernetes.io/origin';
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';
/** Annotations that kustomize keeps for itself, and takes out of what it prints wherever they come from. */
const OWN =
  /^(?:internal\.config\.kubernetes\.io\/(?:previousKinds|previousNames|prefixes|suffixes|previousNamespaces|allowNameChange|allowKindChange|refBy|generatorBehavior|needsHashSuffix|path|index|seqindent|id|annotations-migration-resource-id|helm-generated)|config\.kubernetes\.io\/(?:path|index)|config\.k8s\.io\/id)$/;

/** Writes or removes the annotations that are about the build. All annotations are texts afterwards, as kustomize prints them. */
export function finishAnnotations(resources: readonly Resource[], wanted: ReadonlySet<string>, mark: Mark): void {
  for (const resource of resources) {
    const annotations: Map<string, Node> = resource.annotations();
    for (const name of annotations.keys()) if (OWN.test(name)) annotations.delete(name);
    annotations.delete(ORIGIN);
    annotations.delete(TRANSFORMATIONS);
    const { origin, transformations } = resource;
    if (wanted.has('originAnnotations') && origin !== undefined) annotations.set(ORIGIN, textNode(originText(origin, ''), mark));
    if (wanted.has('transformerAnnotations') && transformations.length > 0) {
      annotations.set(TRANSFORMATIONS, textNode(transformations.map((each) => originText(each, '- ')).join(''), mark));
    }
    resource.setMap('annotations', annotations, mark);
  }
}

function textNode(text: string, mark: Mark): Node {
  return scalar(text, mark, Tag.string, Style.literal);
}

function originText({ path, configuredIn, configuredBy }: BuildOrigin, bullet: string): string {
  const lines: string[] = [];
  const put = (indent: string, name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') lines.push(`${indent}${name}: ${quoted(value)}`);
  };
  put('', 'path', path);
  put('', 'configuredIn', configuredIn);
  if (configuredBy !== undefined) {
    lines.push('configuredBy:');
    for (const name of ['apiVersion', 'kind', 'name', 'namespace'] as const) put('  ', name, configuredBy[name]);
  }
  return lines.map((line, index) => `${index === 0 ? bullet : ' '.repeat(bullet.length)}${line}\n`).join('');
}

function quoted(text: string): string {
  const isPlain = /^[A-Za-z0-9./_][^:#]*$/.test(text) && resolvePlain(text).tag === Tag.string && !isNoStringInYaml11(text);
  return isPlain ? text : JSON.stringify(text);
}

/** Joins the paths of entries, as they are written, to one from the kustomization that is built. */
export function joinPaths(folder: string, entry: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${entry}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
