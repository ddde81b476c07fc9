import type { FieldPath, JsonValue } from '@plumbline/core';
import { closest } from '@plumbline/core';
import { judge, type Walk } from './judge.ts';
import { PLACEHOLDER_REASON } from './judge-scalar.ts';
import { brokenLimit, formsHold } from './limits.ts';
import { isLeftToLater } from './placeholder.ts';
import { isPlain } from './quick.ts';
import { judgeSelector } from './selector.ts';
import type { Limits } from './type.ts';
import { quote, refuse, skip } from './verdict.ts';

/** What the value validations of a custom resource definition say of a value. */
export function judgeLimits(value: JsonValue, limits: Limits, path: FieldPath, walk: Walk): void {
  if (walk.formOnly) return;
  if (limits.isSelector) {
    judgeSelector(value, path, walk);
    return;
  }
  if (typeof value === 'string' && isLeftToLater(value, walk.verdict)) {
    skip(walk.verdict, 'schema/format', PLACEHOLDER_REASON);
    return;
  }
  const broken = brokenLimit(value, limits);
  if (broken?.isEnum && typeof value === 'string') {
    const near = closest(
      value,
      (limits.enum ?? []).filter((one): one is string => typeof one === 'string'),
    );
    const hint = near === undefined ? '' : `, did you mean "${near}"?`;
    refuse(walk.verdict, near === undefined ? 'schema/invalid' : 'schema/enum-case', path, `${quote(value)} ${broken.message}${hint}`);
  } else if (broken !== undefined) {
    const rule = broken.isLength ? 'schema/string-too-long' : broken.isFormat ? 'schema/format' : 'schema/invalid';
    refuse(walk.verdict, rule, path, `${quote(value)} ${broken.message}`);
  }
  if (limits.isEmbedded) judgeEmbedded(value, path, walk);
  if (formsHold(value, limits, isPlain)) return;
  const before = walk.verdict.problems.length;
  for (const one of limits.allOf ?? []) judge(value, one, path, walk);
  if (walk.verdict.problems.length > before) return;
  const form = limits.anyOf?.every((one) => !isPlain(value, one)) ? 'anyOf' : limits.not && isPlain(value, limits.not) ? 'not' : 'oneOf';
  refuse(walk.verdict, 'schema/invalid', path, `${quote(value)} fails the schema's ${form}`);
}

function judgeEmbedded(value: JsonValue, path: FieldPath, walk: Walk): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const name of ['apiVersion', 'kind']) {
    const one = Object.hasOwn(value, name) ? (value as Record<string, JsonValue>)[name] : undefined;
    if (typeof one !== 'string' || one === '')
      refuse(walk.verdict, 'schema/embedded-resource', [...path, name], `the embedded object has no ${name}`, { part: 'key' });
  }
}
