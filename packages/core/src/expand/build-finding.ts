import { ENGINE_RULES } from '../check/engine-rules.ts';
import type { RuleInfo } from '../check/rule.ts';
import type { Unit } from '../classify/unit.ts';
import type { Finding } from '../report/finding.ts';
import type { BuildNote, BuildProblem } from './expander.ts';

/** The finding of what stops a build, or of what it noted. Its fingerprint is made when the order is known. */
export function buildFinding(
  { rule, message, location, instead, unit }: (BuildProblem | (BuildNote & { readonly instead?: undefined })) & { readonly unit: Unit },
  versions: readonly string[],
): Finding {
  const infos: Readonly<Record<string, RuleInfo>> = ENGINE_RULES;
  const info = (Object.hasOwn(infos, rule) ? infos[rule] : undefined) ?? ENGINE_RULES['kust/build-fails'];
  return {
    rule: info.id,
    class: info.class,
    severity: info.severity,
    message,
    ...(info.class === 'quality' ? {} : { versions }),
    units: [unit.id],
    ...(unit.environment === undefined ? {} : { environments: [unit.environment] }),
    resource: null,
    path: '',
    location,
    ...(instead === undefined ? {} : { fix: { title: `write ${instead}`, safe: false, edits: [{ ...location, newText: instead }] } }),
    fingerprint: '',
  };
}
