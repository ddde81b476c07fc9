import { isArray, isObject, type JsonObject, type JsonValue, setMember } from '../values/json.ts';

/** What a template may name. Without Go templates all are texts, by their whole name (`path.basename`). */
export type Parameters = Readonly<Record<string, JsonValue>>;

/**
 * Fills a template in: `{{name}}`, or with Go templates `{{.a.b}}` and `{{index .a 0}}`. Undefined where another function of Go templates is
 * used, or one of its parameters is not there. `isPartial`: what is not there stays for somebody else.
 */
export function fillTemplate(template: JsonValue, parameters: Parameters, isGo: boolean, isPartial = false): JsonValue | undefined {
  if (typeof template === 'string') return fillText(template, parameters, isGo, isPartial);
  if (isArray(template)) {
    const items: JsonValue[] = [];
    for (const item of template) {
      const filled = fillTemplate(item, parameters, isGo, isPartial);
      if (filled === undefined) return undefined;
      items.push(filled);
    }
    return items;
  }
  if (!isObject(template)) return template;
  const filled: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(template)) {
    const name = fillText(key, parameters, isGo, isPartial);
    const inner = fillTemplate(value, parameters, isGo, isPartial);
    if (name === undefined || inner === undefined) return undefined;
    setMember(filled, name, inner);
  }
  return filled;
}

function fillText(text: string, parameters: Parameters, isGo: boolean, isPartial: boolean): string | undefined {
  if (!text.includes('{{')) return text;
  let isKnown = true;
  const filled = text.replace(
    /(\s*)\{\{(-?)([^{}]*?)(-?)\}\}(\s*)/g,
    (whole, before: string, left: string, action: string, right: string, after: string) => {
      const value = isGo ? goValue(action.trim(), parameters) : (parameters[action.trim()] ?? undefined);
      if (value === undefined) {
        // The template engine without Go leaves what it does not know as it is.
        if (isGo && !isPartial) isKnown = false;
        return whole;
      }
      return `${left === '-' ? '' : before}${String(value)}${right === '-' ? '' : after}`;
    },
  );
  return isKnown ? filled : undefined;
}

/** The text of a plain action: a path of members, or an item of a list. */
function goValue(action: string, parameters: Parameters): string | undefined {
  const path = /^((?:\.[A-Za-z_]\w*)+)$/.exec(action)?.[1];
  if (path !== undefined) return textOf(memberAt(parameters, path));
  const [, list, index] = /^index\s+((?:\.[A-Za-z_]\w*)+)\s+(\d+)$/.exec(action) ?? [];
  if (list === undefined) return undefined;
  const items = memberAt(parameters, list);
  return isArray(items) ? textOf(items[Number(index)]) : undefined;
}

function memberAt(parameters: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = parameters;
  for (const name of path.slice(1).split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}
