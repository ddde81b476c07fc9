import { isArray, isObject, type JsonValue, member, type Problem, type ResourceRule } from '@plumbline/core';
import { NOTHING } from '../flawless.ts';

export const rule: ResourceRule = {
  id: 'yaml/unresolved-template',
  title: 'No placeholder of a template is left in a manifest',
  why: 'The placeholder is applied as it stands: an image that cannot be pulled, a host that nobody can reach, or a value that a program takes for real.',
  remedy: 'Put the real value in place of the placeholder, or render the template before the manifest is applied.',
  severity: 'error',
  class: 'quality',
  set: 'recommended',
  examples: {
    pass: pod('registry.example.com/shop:1.4.2'),
    fail: pod('"{{ .Values.image }}"'),
  },
  kinds: ['*'],
  check(resource) {
    const { unit, gvk, object } = resource;
    // What is a placeholder in the files may be replaced by the build (images, replacements, variables).
    if (unit.state !== 'as-applied' || unit.mayAdd?.fields === true) return NOTHING;
    if (gvk.group === 'apiextensions.k8s.io') return NOTHING;
    // What a cluster is made of has templates as objects, whose blanks its class fills in: AWSMachineTemplate.
    if (gvk.kind.endsWith('Template') && !BUILTIN.test(gvk.group)) return NOTHING;
    // Cheap, and true of nearly every manifest.
    if (!/\{\{|<%|<[A-Za-z]|REPLACE|CHANGE|TODO|FIXME/.test(resource.document.text)) return NOTHING;
    return hasOwnPlaceholders(object) ? NOTHING : walk(object, [], BUILTIN.test(gvk.group));
  },
};

/** Groups whose objects are used as they are. Many custom resources hold templates of their own, with the same braces. */
const BUILTIN =
  /^(?:|apps|batch|autoscaling|policy|networking\.k8s\.io|rbac\.authorization\.k8s\.io|storage\.k8s\.io|scheduling\.k8s\.io)$/;
/** Content that is no field of Kubernetes: other programs give braces and brackets a meaning there. */
const CONTENT = /^(?:annotations|data|stringData|binaryData|managedFields|status)$/;
const PROSE = /(?:description|message|summary|title|comment|documentation|pattern|regex|example|template|help|expr)s?$/i;
/** Fields in which a brace is never right. */
const EXACT = /^(?:image|name|namespace|host|hostname|storageClassName|serviceAccountName|ingressClassName|nodeName|clusterIP|type|kind)$/;

function* walk(value: JsonValue, path: readonly (string | number)[], isBuiltin: boolean): Iterable<Problem> {
  if (typeof value === 'string') {
    const placeholder = placeholderIn(value, path, isBuiltin);
    if (placeholder !== undefined) yield { path, message: `the placeholder "${placeholder}" was not replaced` };
  } else if (isArray(value)) {
    for (const [index, item] of value.entries()) yield* walk(item, [...path, index], isBuiltin);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!CONTENT.test(key) && !(typeof item === 'string' && PROSE.test(key))) yield* walk(item, [...path, key], isBuiltin);
    }
  }
}

/** A placeholder begins within so many characters; to look through a longer line again from each brace could take minutes. */
const REACH = 4096;

function placeholderIn(line: string, path: readonly (string | number)[], isBuiltin: boolean): string | undefined {
  if (line.includes('\n')) return undefined;
  const text = line.length > REACH ? line.slice(0, REACH) : line;
  const marked =
    /^(?:TODO|FIXME|REPLACE[_-]?ME|CHANGE[_-]?ME)$/.exec(text)?.[0] ??
    /(?<![A-Za-z0-9])REPLACE[_-]ME(?![A-Za-z0-9])/.exec(text)?.[0] ??
    /<(?:your|my|replace|insert|enter|fill)(?:[-_ ][\w .-]*)?>/i.exec(text)?.[0];
  if (marked !== undefined) return marked;
  if (!isBuiltin) return undefined;
  const helm = /\{\{-?\s*(?:\.Values\.|\.Release\.|\.Chart\.|include\s+"|\$\.Values\.).*?\}\}/.exec(text)?.[0];
  if (helm !== undefined) return helm;
  const key = path.at(-1);
  if (typeof key !== 'string' || !EXACT.test(key)) return undefined;
  return /\{\{.*?\}\}|<%.*?%>|\{%.*?%\}|^<[A-Za-z][\w .-]*>$/.exec(text)?.[0];
}

/** Argo CD's Vault plugin fills `<name>` in manifests itself, in those that carry its annotation. */
function hasOwnPlaceholders(object: JsonValue): boolean {
  const annotations = member(member(object, 'metadata'), 'annotations');
  return isObject(annotations) && Object.keys(annotations).some((key) => key.startsWith('avp.kubernetes.io/'));
}

function pod(image: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\nspec:\n  containers:\n    - name: shop\n      image: ${image}\n`;
}
