import { type JsonObject, type JsonValue, matchesSelector } from '@plumbline/core';

const REQUIREMENT = /^\s*(!?)\s*([\w./-]+)\s*(?:(==|=|!=)\s*([\w.-]*)|\s(in|notin)\s*\(([^()]*)\))?\s*$/;

/** Whether labels match a selector written as a text: `app=web,tier in (a, b),!canary`. Undefined where it is not understood. */
export function labelSelector(text: string): ((labels: JsonValue | undefined) => boolean) | undefined {
  const matchExpressions: JsonObject[] = [];
  // A comma between parentheses is of a list of values.
  for (const part of text.split(/,(?![^(]*\))/)) {
    const found = REQUIREMENT.exec(part);
    if (found === null) return undefined;
    const [, not = '', key = '', sign, value = '', word, list = ''] = found;
    if (not !== '' && (sign ?? word) !== undefined) return undefined;
    if (sign !== undefined) matchExpressions.push({ key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] });
    else if (word !== undefined)
      matchExpressions.push({ key, operator: word === 'in' ? 'In' : 'NotIn', values: list.split(',').map((one) => one.trim()) });
    else matchExpressions.push({ key, operator: not === '' ? 'Exists' : 'DoesNotExist' });
  }
  return (labels) => matchesSelector({ matchExpressions }, labels);
}
