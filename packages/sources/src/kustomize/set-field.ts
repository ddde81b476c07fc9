import type { Mark } from './mark.ts';
import { field, isNull, isString, type Node, overwrite, removeField, Style, scalar, Tag } from './node.ts';
import { BuildError } from './problem.ts';
import { isNoStringInYaml11 } from './scalar.ts';

/**
 * Sets a member of a mapping as kyaml does: the value that is there is overwritten and keeps its quotes; null takes the member
 * away. A text that YAML 1.1 reads as something else is put in quotes. Gives the member.
 */
export function setField(map: Node, name: string, value: Node | undefined, keyMark?: Mark): Node | undefined {
  if (!isNull(map) && map.kind !== 'map') throw new BuildError(`there is no mapping to set "${name}" in`, map.mark);
  quote(value);
  if (value === undefined || (value.tag === Tag.null && !value.keep)) return removeField(map, name);
  const found = isNull(map) ? undefined : field(map, name);
  if (found !== undefined) {
    value.style = found.style;
    overwrite(found, value);
    return found;
  }
  map.push(scalar(name, keyMark ?? value.mark), value);
  return value;
}

/** Sets a scalar in place; it keeps its quotes, and null sets nothing. */
export function setScalar(node: Node, value: Node): void {
  if (!isNull(node) && node.kind !== 'scalar')
    throw new BuildError('a mapping or a list stands where a single value is to be set', node.mark);
  if (isNull(value)) return;
  value.style = node.style;
  overwrite(node, value);
}

function quote(value: Node | undefined): void {
  if (value !== undefined && value.style === Style.plain && isString(value) && isNoStringInYaml11(value.value)) value.style = Style.double;
}

/** The member of a mapping, made as an empty scalar where there is none. */
export function ensureMember(map: Node, name: string, mark: Mark): Node {
  const found = field(map, name);
  if (found !== undefined) return found;
  const made = scalar('', mark);
  setField(map, name, made);
  return made;
}
