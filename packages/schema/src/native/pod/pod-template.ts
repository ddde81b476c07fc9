import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { forbidden, invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkPodAnnotations } from './pod-annotations.ts';
import { checkPodSpec } from './pod-spec.ts';

/** What the kind that has the template asks of it beyond what every template must be. */
export interface TemplateOptions {
  /** The restart policies that the kind takes; without `Always` among them one must be written, since `Always` is the default. None: any. */
  readonly restartPolicies?: readonly string[];
  /** The kind lets its pods run for ever, so that spec.activeDeadlineSeconds may not be set. */
  readonly refusesDeadline?: boolean;
  /** Names of a StatefulSet's volumeClaimTemplates: volumes of every pod. */
  readonly claims?: readonly string[];
  /** The controller sets hostname and subdomain, so that nobody looks at those of the template (StatefulSet). */
  readonly setsHostname?: boolean;
}

/**
 * A pod template of a workload: ValidatePodTemplateSpec, what the strategies of the kinds add, and the server's warnings of it.
 * Labels, annotations by their form, and the selector are judged elsewhere. `at`: of the template, which may be absent.
 */
export function checkPodTemplate(template: JsonObject | undefined, at: Place, judgement: Judgement, options: TemplateOptions = {}): void {
  const spec = objectIn(template, 'spec');
  if (spec === undefined) return;
  const place = at.in('spec');
  if (options.restartPolicies !== undefined) checkRestartPolicy(spec, place, judgement, options.restartPolicies);
  if (options.refusesDeadline === true && has(spec, 'activeDeadlineSeconds'))
    forbidden(
      judgement,
      place.in('activeDeadlineSeconds'),
      `the pods of a ${judgement.gvk.kind} run on, so they have no activeDeadlineSeconds`,
    );
  checkPodSpec(options.setsHostname === true ? withoutHostname(spec) : spec, place, judgement, { claims: options.claims });
  if (template !== undefined) checkPodAnnotations(template, spec, at, judgement, false);
}

function checkRestartPolicy(spec: JsonObject, at: Place, judgement: Judgement, choices: readonly string[]): void {
  const policy = textIn(spec, 'restartPolicy') || 'Always';
  if (choices.includes(policy)) return;
  const place = at.in('restartPolicy');
  const wanted = `the pods of a ${judgement.gvk.kind} need a restartPolicy of ${choices.join(' or ')}`;
  if (!has(spec, 'restartPolicy')) missing(judgement, place, `${wanted}, and the default is Always`, RULE);
  else invalid(judgement, place, policy, `${wanted}, not ${quote(policy)}`, RULE);
}

const RULE = 'ha/restart-policy';

function withoutHostname(spec: JsonObject): JsonObject {
  if (!has(spec, 'hostname') && !has(spec, 'subdomain')) return spec;
  const { hostname: _hostname, subdomain: _subdomain, ...rest } = spec;
  return rest;
}
