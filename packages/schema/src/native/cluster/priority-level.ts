import { isEqual, type JsonObject } from '@plumbline/core';
import { checkChoice, checkRange, conflict, lacks } from '../forms.ts';
import { forbidden, invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { has, numberIn, objectIn, textIn } from '../values.ts';
import { FIXED_LEVELS } from './flow-fixed.ts';
import { meaningOf } from './meaning.ts';

const ANNOTATION = 'flowcontrol.k8s.io/preserve-zero-concurrency-shares';
const MOST_QUEUES = 10_000_000;
const HASH_BITS = 60;

export function checkPriorityLevel(object: JsonObject, judgement: Judgement): void {
  const metadata = objectIn(object, 'metadata');
  if (has(objectIn(metadata, 'annotations'), ANNOTATION) && judgement.gvk.version !== 'v1beta3')
    forbidden(judgement, ROOT.in('metadata').in('annotations').in(ANNOTATION), 'the annotation is for v1beta3 only');
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  const name = textIn(metadata, 'name');
  const type = textIn(spec, 'type');
  if (lacks(spec, 'type')) missing(judgement, at.in('type'), 'type is missing: Limited or Exempt');
  else checkChoice(spec, 'type', ['Exempt', 'Limited'], at, judgement);
  if (type !== '' && (name === 'exempt') !== (type === 'Exempt'))
    invalid(judgement, at.in('type'), type, 'type Exempt is for the level named "exempt", and for it alone');
  checkMembers(spec, type, at, judgement);
  const fixed = Object.hasOwn(FIXED_LEVELS, name) ? FIXED_LEVELS[name] : undefined;
  if (fixed !== undefined && !judgement.mayGainFields && !isEqual(fixedPart(spec, name), fixed))
    invalid(
      judgement,
      at,
      name,
      `the spec of ${name} is fixed${name === 'exempt' ? ' but for the member "exempt"' : ''}: the server takes no other`,
    );
}

function fixedPart(spec: JsonObject, name: string): JsonObject {
  if (name !== 'exempt') return meaningOf(withShares(spec));
  const { exempt: _exempt, ...rest } = spec;
  return meaningOf(rest);
}

/** Shares that nobody wrote are 30. */
function withShares(spec: JsonObject): JsonObject {
  const limited = objectIn(spec, 'limited');
  if (limited === undefined || has(limited, 'nominalConcurrencyShares')) return spec;
  return { ...spec, limited: { ...limited, nominalConcurrencyShares: 30 } };
}

function checkMembers(spec: JsonObject, type: string, at: Place, judgement: Judgement): void {
  const { POSITIVE_INFINITY: any } = Number;
  if (type === 'Exempt') {
    if (has(spec, 'limited')) conflict(judgement, at.in('limited'), 'limited does not go with type Exempt');
    const exempt = objectIn(spec, 'exempt');
    if (exempt === undefined) return;
    checkRange(exempt, 'nominalConcurrencyShares', 0, any, at.in('exempt'), judgement);
    checkRange(exempt, 'lendablePercent', 0, 100, at.in('exempt'), judgement);
  } else if (type === 'Limited') {
    if (has(spec, 'exempt')) conflict(judgement, at.in('exempt'), 'exempt does not go with type Limited');
    const limited = objectIn(spec, 'limited');
    if (limited === undefined) {
      if (!has(spec, 'limited')) missing(judgement, at.in('limited'), 'limited is missing, which type Limited needs');
      return;
    }
    const place = at.in('limited');
    for (const key of ['nominalConcurrencyShares', 'assuredConcurrencyShares']) checkRange(limited, key, 0, any, place, judgement);
    checkRange(limited, 'lendablePercent', 0, 100, place, judgement);
    checkRange(limited, 'borrowingLimitPercent', 0, any, place, judgement);
    checkResponse(objectIn(limited, 'limitResponse') ?? {}, place.in('limitResponse'), judgement);
  }
}

function checkResponse(response: JsonObject, at: Place, judgement: Judgement): void {
  const type = textIn(response, 'type');
  if (lacks(response, 'type')) missing(judgement, at.in('type'), 'type is missing: Queue or Reject');
  else checkChoice(response, 'type', ['Queue', 'Reject'], at, judgement);
  if (type === 'Reject' && has(response, 'queuing')) conflict(judgement, at.in('queuing'), 'queuing does not go with type Reject');
  if (type !== 'Queue') return;
  const queuing = objectIn(response, 'queuing');
  if (queuing !== undefined) checkQueuing(queuing, at.in('queuing'), judgement);
  else if (!has(response, 'queuing')) missing(judgement, at.in('queuing'), 'queuing is missing, which type Queue needs');
}

/** What is 0 or not written is a default. */
function checkQueuing(queuing: JsonObject, at: Place, judgement: Judgement): void {
  const queues = numberIn(queuing, 'queues') || 64;
  const hand = numberIn(queuing, 'handSize') || 8;
  checkRange(queuing, 'queueLengthLimit', 0, Number.POSITIVE_INFINITY, at, judgement);
  checkRange(queuing, 'queues', 0, MOST_QUEUES, at, judgement);
  const place = at.in('handSize');
  if (hand < 0) invalid(judgement, place, hand, `handSize ${hand} is less than 1`);
  else if (hand > queues) invalid(judgement, place, hand, `handSize ${hand} is more than the ${queues} queues`);
  else if (Math.ceil(Math.log2(queues) * hand) > HASH_BITS)
    invalid(judgement, place, hand, `handSize ${hand} of ${queues} queues needs more than ${HASH_BITS} bits to choose`);
}
