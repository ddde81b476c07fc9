import type { JsonObject } from '@plumbline/core';
import { isKnownFormat } from '../../formats.ts';
import { quote } from '../../verdict.ts';
import { type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { objectIn, textIn } from '../values.ts';

const RULE = 'schema/server-warning';
const OF_NUMBERS: Readonly<Record<string, readonly string[]>> = { integer: ['int32', 'int64'], number: ['float', 'double'] };
/** Names that Kubernetes itself added. */
const OF_KUBERNETES = ['k8s-short-name', 'k8s-long-name'];

/** What the server takes in a node of a definition's schema and does nothing with. */
export function warnOfNode(schema: JsonObject, at: Place, judgement: Judgement): void {
  const format = textIn(schema, 'format');
  if (format !== '' && !isJudged(format, textIn(schema, 'type')))
    warn(judgement, at.in('format'), `no server judges format ${quote(format)} of this type`, RULE);
  const item = textIn(objectIn(schema, 'items'), 'type');
  if (textIn(schema, 'x-kubernetes-list-type') === 'set' && (item === 'object' || item === 'array'))
    warn(judgement, at.in('x-kubernetes-list-type'), `neither server-side apply nor rules know sets of items of type ${item}`, RULE);
}

function isJudged(format: string, type: string): boolean {
  if (type === '' || type === 'string') return isKnownFormat(format) || OF_KUBERNETES.includes(format);
  return Object.hasOwn(OF_NUMBERS, type) && OF_NUMBERS[type]?.includes(format) === true;
}
