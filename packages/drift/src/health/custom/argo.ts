// Argo: Rollouts, Workflows, the GitOps promoter.
import { isObject, type JsonObject, valueAt } from '@plumbline/core';
import type { Health } from '../health.ts';
import {
  always,
  byConditions,
  byText,
  conditionsOf,
  count,
  first,
  type HealthRule,
  health,
  list,
  staleConditions,
  text,
  unseen,
  when,
} from '../rule.ts';
import type { HealthTable } from './custom.ts';

const PHASES = {
  Healthy: ['Successful', 'Succeeded'],
  Degraded: ['Failed', 'Error'],
  Unknown: ['Inconclusive'],
  Progressing: ['Pending', 'Running', ''],
} as const;

const run = first(unseen, byText(['status', 'phase'], PHASES, 'Unknown'), always('Progressing'));

const promoted = first(
  unseen,
  staleConditions,
  byConditions(['Ready', 'False', 'Degraded'], ['Ready', 'Unknown', 'Progressing']),
  when((object) => !conditionsOf(object).some(({ type }) => type === 'Ready'), 'Progressing', 'not ready yet'),
);

const proposal: HealthRule = (object) => {
  const [active, proposed] = ['active', 'proposed'].map((side) => text(object, 'status', side, 'dry', 'sha'));
  if (proposed === '' || active === '') return health('Progressing', 'a commit is missing');
  if (active !== proposed) return health('Progressing', `promotion from ${active} to ${proposed}`);
  return worst(list(object, ['status', 'active', 'commitStatuses']).map((one) => text(one, 'phase')));
};

const environments: HealthRule = (object) => {
  const all = list(object, ['status', 'environments']);
  if (all.length === 0) return health('Progressing', 'there are no environments yet');
  const shas = all.map((one) => text(one, 'active', 'dry', 'sha'));
  const proposed = all.map((one) => text(one, 'proposed', 'note', 'drySha') || text(one, 'proposed', 'dry', 'sha'));
  if (shas.includes('') || new Set(shas).size > 1) return health('Progressing', 'environments are at different commits');
  const isMoving = all.some((one, index) => text(one, 'proposed', 'dry', 'sha') !== shas[index]) || proposed.includes('');
  if (isMoving) return health('Progressing', 'a promotion is in progress');
  return worst(all.flatMap((one) => list(one, ['active', 'commitStatuses']).map((status) => text(status, 'phase'))));
};

const environmentPhases: HealthRule = (object) => worst(list(object, ['status', 'environments']).map((one) => text(one, 'phase')));

function worst(phases: readonly string[]): Health | undefined {
  if (phases.includes('failure')) return health('Degraded', 'a commit status failed');
  return phases.includes('pending') ? health('Progressing', 'a commit status is pending') : undefined;
}

export const argo: HealthTable = {
  'argoproj.io/AnalysisRun': run,
  'argoproj.io/Experiment': run,
  'argoproj.io/Workflow': run,
  'argoproj.io/Rollout': rollout,
  'argoproj.io/CronWorkflow': first(
    byConditions(['SpecError', 'True', 'Degraded'], ['SubmissionError', 'True', 'Degraded']),
    suspendedWorkflow,
    always('Healthy'),
  ),
  'argoproj.io/ApplicationSet': first(
    unseen,
    byConditions(
      ['ErrorOccurred', 'True', 'Degraded'],
      ['RolloutProgressing', 'True', 'Progressing'],
      ['ResourcesUpToDate', 'True', 'Healthy'],
    ),
    always('Progressing'),
  ),
  'argoproj.io/Application': first(
    byText(['status', 'health', 'status'], {
      Healthy: ['Healthy'],
      Progressing: ['Progressing'],
      Degraded: ['Degraded'],
      Suspended: ['Suspended'],
      Missing: ['Missing'],
      Unknown: ['Unknown'],
    }),
    always('Progressing'),
  ),
  'promoter.argoproj.io/ChangeTransferPolicy': first(promoted, proposal, always('Healthy')),
  'promoter.argoproj.io/PromotionStrategy': first(promoted, environments, always('Healthy')),
  'promoter.argoproj.io/*': first(
    promoted,
    environmentPhases,
    byText(['status', 'phase'], { Progressing: ['pending'], Degraded: ['failure'] }),
    always('Healthy'),
  ),
};

function suspendedWorkflow(object: JsonObject): Health | undefined {
  return valueAt(object, ['spec', 'suspend']) === true ? health('Suspended') : undefined;
}

/** A Rollout moves as a Deployment does, and stops where a step says so. */
function rollout(object: JsonObject): Health {
  if (!isObject(object.status)) return health('Progressing', 'waiting for a status');
  const isUnseen = isOlder(valueAt(object, ['status', 'observedGeneration']), valueAt(object, ['metadata', 'generation']));
  if (isUnseen || isOlder(valueAt(object, ['status', 'workloadObservedGeneration']), workloadGeneration(object))) {
    return health('Progressing', 'waiting for the latest generation to be observed');
  }
  const bad = conditionsOf(object).find(
    ({ type, reason }) =>
      type === 'InvalidSpec' || (type === 'Progressing' && (reason === 'RolloutAborted' || reason === 'ProgressDeadlineExceeded')),
  );
  if (bad !== undefined) return health('Degraded', bad.message);
  const phase = text(object, 'status', 'phase');
  const status = Object.hasOwn(ROLLOUT_PHASES, phase) ? ROLLOUT_PHASES[phase] : undefined;
  if (status !== undefined) return health(status, text(object, 'status', 'message'));
  const isPaused = conditionsOf(object).some(({ type, reason }) => type === 'Progressing' && reason === 'RolloutPaused');
  if (isPaused || list(object, ['status', 'pauseConditions']).length > 0 || valueAt(object, ['spec', 'paused']) === true) {
    return health('Suspended', 'the rollout is paused');
  }
  return replicas(object);
}

const ROLLOUT_PHASES: Readonly<Record<string, Health['status']>> = {
  Healthy: 'Healthy',
  Paused: 'Suspended',
  Degraded: 'Degraded',
  Progressing: 'Progressing',
};

function replicas(object: JsonObject): Health {
  const wanted = valueAt(object, ['spec', 'replicas']);
  const [updated, total, available] = ['updatedReplicas', 'replicas', 'availableReplicas'].map((key) => count(object, 'status', key));
  if (updated === undefined || total === undefined || available === undefined) return health('Unknown');
  if (typeof wanted === 'number' && updated < wanted) return health('Progressing', 'more replicas need to be updated');
  const isBlueGreen = isObject(valueAt(object, ['spec', 'strategy', 'blueGreen']));
  if (isBlueGreen && activeOf(object) !== text(object, 'status', 'currentPodHash'))
    return health('Progressing', 'the active service has not moved yet');
  if (total > updated) return health('Progressing', 'old replicas are pending termination');
  if (available < updated) return health('Progressing', 'updated replicas are still becoming available');
  return health('Healthy');
}

function activeOf(object: JsonObject): string {
  return text(object, 'status', 'blueGreen', 'activeSelector') || text(object, 'status', 'activeSelector');
}

/** Where a Rollout has another workload's template, the generation of that is kept as text too. */
function workloadGeneration(object: JsonObject): string {
  return text(object, 'metadata', 'annotations', 'rollout.argoproj.io/workload-generation');
}

/** Generations are numbers in text; older versions wrote a hash there, which says nothing. */
function isOlder(observed: unknown, generation: unknown): boolean {
  const [seen, now] = [Number(observed), Number(generation)];
  return (
    observed !== undefined &&
    generation !== undefined &&
    generation !== '' &&
    Number.isInteger(seen) &&
    Number.isInteger(now) &&
    seen !== now
  );
}
