import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkName, checkRange, checkThere, lacks } from '../forms.ts';
import { type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { flagIn, has, numberIn, objectIn, textIn } from '../values.ts';

/** ValidateAPIService of kube-aggregator. */
export function checkApiService(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  const version = textIn(spec, 'version');
  checkNames(object, `${version}.${textIn(spec, 'group')}`, judgement);
  if (lacks(spec, 'group') && version !== 'v1') missing(judgement, at.in('group'), 'group is missing: only v1 is of the core group');
  checkName(spec, 'group', 'subdomain', at, judgement);
  if (lacks(spec, 'version')) missing(judgement, at.in('version'), 'version is missing');
  checkName(spec, 'version', 'rfc1035', at, judgement);
  checkPriority(spec, 'groupPriorityMinimum', 20_000, at, judgement);
  checkPriority(spec, 'versionPriority', 1_000, at, judgement);
  checkService(spec, at, judgement);
}

function checkNames(object: JsonObject, wanted: string, judgement: Judgement): void {
  const metadata = objectIn(object, 'metadata');
  for (const key of ['name', 'generateName']) {
    const name = textIn(metadata, key);
    if (name !== '' && name !== wanted)
      clash(
        judgement,
        ROOT.in('metadata').in(key),
        name,
        `${key} ${quote(name)} is not ${quote(wanted)}, the version and the group`,
        'meta/name-invalid',
      );
  }
}

function checkPriority(spec: JsonObject, key: string, most: number, at: Place, judgement: Judgement): void {
  if ((numberIn(spec, key) ?? 0) === 0 && typeof spec[key] !== 'string') missing(judgement, at.in(key), `${key} is missing: 1 to ${most}`);
  else checkRange(spec, key, 1, most, at, judgement);
}

function checkService(spec: JsonObject, at: Place, judgement: Judgement): void {
  const isInsecure = flagIn(spec, 'insecureSkipTLSVerify') === true;
  const hasBundle = textIn(spec, 'caBundle') !== '';
  const service = objectIn(spec, 'service');
  if (service === undefined) {
    if (has(spec, 'service')) return;
    const local = 'without a service the server itself serves the API';
    if (hasBundle) clash(judgement, at.in('caBundle'), null, `${local}, which needs no caBundle`);
    if (isInsecure) clash(judgement, at.in('insecureSkipTLSVerify'), true, `${local}, which needs no insecureSkipTLSVerify`);
    return;
  }
  const place = at.in('service');
  checkThere(service, 'namespace', place, judgement, 'the service has no namespace');
  checkThere(service, 'name', place, judgement, 'the service has no name');
  checkRange(service, 'port', 1, 65535, place, judgement);
  if (isInsecure && hasBundle) clash(judgement, at.in('insecureSkipTLSVerify'), true, 'insecureSkipTLSVerify does not go with a caBundle');
}
