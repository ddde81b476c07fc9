import type { JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { checkRange, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing, unsupported } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { numberIn, objectIn, textIn } from '../values.ts';

const STRATEGIES = ['OldestEmulationVersion'] as const;
const SEMANTIC =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** strategy and preferredHolder are of a feature that is off (CoordinatedLeaderElection): they drop out. */
export function checkLease(lease: JsonObject, judgement: Judgement): void {
  const spec = objectIn(lease, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  const duration = numberIn(spec, 'leaseDurationSeconds');
  if (duration !== undefined && duration <= 0)
    invalid(judgement, at.in('leaseDurationSeconds'), duration, `leaseDurationSeconds ${duration} is not more than 0`);
  checkRange(spec, 'leaseTransitions', 0, Number.POSITIVE_INFINITY, at, judgement);
}

export function checkLeaseCandidate(candidate: JsonObject, judgement: Judgement): void {
  const spec = objectIn(candidate, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  checkThere(spec, 'leaseName', at, judgement, 'leaseName is missing');
  checkThere(spec, 'binaryVersion', at, judgement, 'binaryVersion is missing');
  checkThere(spec, 'strategy', at, judgement, 'strategy is missing');
  const binary = checkVersion(spec, 'binaryVersion', at, judgement);
  const emulated = checkVersion(spec, 'emulationVersion', at, judgement);
  if (binary !== undefined && emulated !== undefined && isOlder(binary, emulated))
    invalid(judgement, at.in('binaryVersion'), textIn(spec, 'binaryVersion'), 'binaryVersion is older than emulationVersion');
  const strategy = textIn(spec, 'strategy');
  if (strategy === '') return;
  checkStrategy(strategy, at, judgement);
  const isZero = emulated?.every((part) => part === 0) === true;
  if (strategy === 'OldestEmulationVersion' && (lacks(spec, 'emulationVersion') || isZero))
    missing(judgement, at.in('emulationVersion'), 'emulationVersion is missing, which strategy OldestEmulationVersion needs');
}

/** Kubernetes' own strategies have no "/", others have a domain before it. */
function checkStrategy(strategy: string, at: Place, judgement: Judgement): void {
  const place = at.in('strategy');
  if (!strategy.includes('/')) {
    if (!STRATEGIES.some((one) => one === strategy)) unsupported(judgement, place, strategy, STRATEGIES, 'the strategy');
    return;
  }
  const fault = keyFault(strategy);
  if (fault !== undefined) invalid(judgement, place, strategy, `strategy ${quote(strategy)} ${fault}`);
}

/** The three numbers of a semantic version; undefined where there is none. */
function checkVersion(spec: JsonObject, key: string, at: Place, judgement: Judgement): readonly number[] | undefined {
  const text = textIn(spec, key);
  if (text === '') return undefined;
  const match = SEMANTIC.exec(text);
  if (match === null) {
    invalid(judgement, at.in(key), text, `${key} ${quote(text)} is no semantic version such as 1.37.0`);
    return undefined;
  }
  return match.slice(1, 4).map(Number);
}

function isOlder(a: readonly number[], b: readonly number[]): boolean {
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
