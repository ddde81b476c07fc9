import type { JsonObject } from '@plumbline/core';
import { checkRange } from '../forms.ts';
import { forbidden, invalid, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, numberIn, objectIn } from '../values.ts';
import { checkHandler, OF_HOOKS, OF_PROBES } from './handlers.ts';

const SECONDS = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'failureThreshold'] as const;

/** Probes and hooks of a container that runs on: validateLivenessProbe and its like, validateLifecycle. `at`: of the container. */
export function checkProbes(container: JsonObject, at: Place, judgement: Judgement, grace: number): void {
  checkProbe(container, 'livenessProbe', at, judgement, grace);
  checkProbe(container, 'readinessProbe', at, judgement, grace);
  checkProbe(container, 'startupProbe', at, judgement, grace);
  const lifecycle = objectIn(container, 'lifecycle');
  if (lifecycle === undefined) return;
  checkHook(lifecycle, 'postStart', at, judgement, grace);
  checkHook(lifecycle, 'preStop', at, judgement, grace);
}

function checkProbe(container: JsonObject, key: string, at: Place, judgement: Judgement, grace: number): void {
  const probe = objectIn(container, key);
  if (probe === undefined) return;
  const place = at.in(key);
  checkHandler(probe, OF_PROBES, place, judgement, grace);
  for (const field of SECONDS) checkRange(probe, field, 0, Number.POSITIVE_INFINITY, place, judgement);
  const isReadiness = key === 'readinessProbe';
  const successes = numberIn(probe, 'successThreshold') ?? 0;
  // Nought is the default, one.
  if (successes < 0 || (!isReadiness && successes > 1))
    invalid(
      judgement,
      place.in('successThreshold'),
      successes,
      isReadiness ? `successThreshold ${successes} is less than 0` : `successThreshold of a ${key} must be 1, not ${successes}`,
    );
  if (!has(probe, 'terminationGracePeriodSeconds')) return;
  if (isReadiness)
    forbidden(judgement, place.in('terminationGracePeriodSeconds'), 'a readinessProbe ends no container, so it has no grace period');
  else checkRange(probe, 'terminationGracePeriodSeconds', 1, Number.POSITIVE_INFINITY, place, judgement);
}

/** stopSignal belongs to a feature that is off, so that the server drops it. */
function checkHook(lifecycle: JsonObject, key: string, at: Place, judgement: Judgement, grace: number): void {
  const hook = objectIn(lifecycle, key);
  if (hook !== undefined) checkHandler(hook, OF_HOOKS, at.in('lifecycle').in(key), judgement, grace);
}
