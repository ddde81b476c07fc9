import { splitPath } from './field-spec.ts';
import { settingsOf } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { setNamespace } from './namespaces.ts';
import { field, type Node, scalar } from './node.ts';
import { BuildError } from './problem.ts';
import { ensureMapIn, type Resource } from './resource.ts';
import type { ResourceMap } from './resource-map.ts';
import { select, selectorOf } from './selector.ts';
import { ensureMember, setScalar } from './set-field.ts';
import type { Settings } from './settings.ts';

/** The ValueAddTransformer: writes one value into a field of objects, as a whole or as a part of a path. */
export function addValues(settings: Settings, loader: Loader): (resources: ResourceMap) => void {
  const value = settings.text('value').trim() || (loader.root.split('/').pop() ?? '');
  const mark = (settings.get('value') ?? settings).mark();
  const path = settings.text('targetFilePath');
  const more =
    path === '' ? [] : settingsOf(loader.load(path, (settings.get('targetFilePath') ?? settings).mark(), 'overlay')).items('targets');
  const targets = [...settings.items('targets'), ...more];
  if (targets.length === 0) throw settings.error('a ValueAddTransformer needs targets');
  return (resources) => {
    for (const target of targets) {
      const selector = target.get('selector');
      const chosen = selector === undefined ? resources.list : select(resources.list, selectorOf(selector, loader.session.options));
      const fieldPath = target.text('fieldPath');
      if (fieldPath === '') throw target.error('a target needs a fieldPath');
      for (const resource of chosen) {
        if (fieldPath === 'metadata/namespace') setNamespace(resource, { namespace: value, mark, specs: [] });
        else addValue(resource, splitPath(fieldPath, '/'), value, target.integer('filePathPosition'), mark);
      }
    }
  };
}

function addValue(resource: Resource, path: readonly string[], value: string, position: number, mark: Node['mark']): void {
  let node = resource.node;
  for (const step of path.slice(0, -1)) node = ensureMapIn(node, step, mark);
  const last = path[path.length - 1] ?? '';
  const found = field(node, last) ?? ensureMember(node, last, mark);
  if (found.kind !== 'scalar') throw new BuildError(`a value cannot be added to a mapping or a list`, found.mark);
  setScalar(found, scalar(position > 0 ? inserted(found.value, position - 1, value) : value, mark));
}

/** Puts a part into a path; an absolute path stays one. */
function inserted(path: string, position: number, part: string): string {
  const isAbsolute = path.startsWith('/');
  const parts = path.split('/').filter((each) => each !== '');
  parts.splice(Math.min(position, parts.length), 0, part);
  return (isAbsolute ? '/' : '') + parts.join('/');
}
