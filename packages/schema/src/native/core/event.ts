import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { conflict, lacks } from '../forms.ts';
import { forbidden, invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { has, numberIn, objectIn, textIn } from '../values.ts';

const SYSTEM = ['default', 'kube-system'];
const OF_OLD = ['deprecatedFirstTimestamp', 'deprecatedLastTimestamp', 'deprecatedCount', 'deprecatedSource'] as const;

/** The names that fields have in the core group and in events.k8s.io. */
interface Names {
  readonly object: string;
  readonly controller: string;
  readonly note: string;
}
const CORE: Names = { object: 'involvedObject', controller: 'reportingComponent', note: 'message' };
const EVENTS: Names = { object: 'regarding', controller: 'reportingController', note: 'note' };

/** ValidateEventCreate: events of the core group are held to the rules of old. */
export function checkEvent(event: JsonObject, judgement: Judgement): void {
  const isCore = judgement.gvk.group === '';
  const names = isCore ? CORE : EVENTS;
  if (has(event, 'eventTime')) checkNew(event, names, judgement);
  else checkNamespace(event, names, judgement);
  if (!isCore) checkStrict(event, judgement);
}

/** An event belongs to the namespace of its object; one that names no namespace gets that of whoever applies it. */
function checkNamespace(event: JsonObject, names: Names, judgement: Judgement): void {
  const own = textIn(objectIn(event, 'metadata'), 'namespace');
  if (own === '') return;
  const object = textIn(objectIn(event, names.object), 'namespace');
  if (object === own || (object === '' && own === 'default')) return;
  mismatch(object, own, names, judgement);
}

function mismatch(object: string, own: string, names: Names, judgement: Judgement): void {
  const place = ROOT.in(names.object).in('namespace');
  conflict(judgement, place, `namespace ${quote(object)} of ${names.object} is not ${quote(own)}, that of the event`, object);
}

function checkNew(event: JsonObject, names: Names, judgement: Judgement): void {
  const own = textIn(objectIn(event, 'metadata'), 'namespace');
  const object = textIn(objectIn(event, names.object), 'namespace');
  if (own !== '' && object === '' && !SYSTEM.includes(own)) mismatch(object, own, names, judgement);
  needs(event, names.controller, judgement);
  const controller = textIn(event, names.controller);
  const fault = controller === '' ? undefined : keyFault(controller);
  if (fault !== undefined) invalid(judgement, ROOT.in(names.controller), controller, `${names.controller} ${quote(controller)} ${fault}`);
  for (const key of ['reportingInstance', 'action', 'reason']) {
    needs(event, key, judgement);
    checkLength(event, key, 128, judgement);
  }
  checkLength(event, names.note, 1024, judgement);
}

function needs(event: JsonObject, key: string, judgement: Judgement): void {
  if (lacks(event, key)) missing(judgement, ROOT.in(key), `${key} is missing, which an event with an eventTime needs`);
}

function checkLength(event: JsonObject, key: string, most: number, judgement: Judgement): void {
  const text = textIn(event, key);
  if (text.length * 3 > most && byteLength(text) > most) invalid(judgement, ROOT.in(key), text, `${key} is longer than ${most} bytes`);
}

/** What events.k8s.io asks beyond that. */
function checkStrict(event: JsonObject, judgement: Judgement): void {
  const series = objectIn(event, 'series');
  if (series !== undefined) checkSeries(series, ROOT.in('series'), judgement);
  if (!has(event, 'eventTime')) missing(judgement, ROOT.in('eventTime'), 'eventTime is missing');
  const type = textIn(event, 'type');
  if (type !== 'Normal' && type !== 'Warning') {
    if (lacks(event, 'type')) missing(judgement, ROOT.in('type'), 'type is missing: write Normal or Warning');
    else if (typeof event.type === 'string') unsupported(judgement, ROOT.in('type'), type, ['Normal', 'Warning'], 'the type');
  }
  for (const key of OF_OLD) if (isSet(event, key)) forbidden(judgement, ROOT.in(key), `${key} is of old events only and must not be set`);
}

function isSet(event: JsonObject, key: string): boolean {
  if (!has(event, key) || event[key] === 0) return false;
  const source = objectIn(event, key);
  return source === undefined || textIn(source, 'component') !== '' || textIn(source, 'host') !== '';
}

function checkSeries(series: JsonObject, at: Place, judgement: Judgement): void {
  const count = numberIn(series, 'count') ?? 0;
  if (count < 2) invalid(judgement, at.in('count'), count, `count ${count} of a series is less than 2`);
  if (!has(series, 'lastObservedTime')) missing(judgement, at.in('lastObservedTime'), 'lastObservedTime of the series is missing');
}
