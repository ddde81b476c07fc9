import type { JsonObject } from '@plumbline/core';
import { nameFault } from '../../names.ts';
import { quote } from '../../verdict.ts';
import { conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { checkNodeSelector } from '../pod/node-selector.ts';
import { has, listIn, objectIn, textIn } from '../values.ts';

/**
 * On which nodes devices are: exactly one of the members says so. A slice may also leave it to its devices; where it does not,
 * a device has none of the members.
 */
export function checkNodeChoice(owner: JsonObject, who: 'slice' | 'device' | 'none', at: Place, judgement: Judgement): void {
  const flags = who === 'slice' && judgement.minor >= 36 ? ['allNodes', 'perDeviceNodeSelection'] : ['allNodes'];
  const keys = ['nodeName', 'nodeSelector', ...flags];
  if (who === 'none') {
    const written = keys.find((key) => has(owner, key));
    if (written !== undefined)
      conflict(judgement, at.in(written), `${written} of a device needs perDeviceNodeSelection: true of the slice`);
    return;
  }
  for (const flag of flags) if (owner[flag] === false) invalid(judgement, at.in(flag), false, `${flag} is true or not there`);
  const name = textIn(owner, 'nodeName');
  const fault = name === '' ? undefined : nameFault(name, 'subdomain');
  if (owner.nodeName === '') invalid(judgement, at.in('nodeName'), '', 'nodeName is empty');
  else if (fault !== undefined) invalid(judgement, at.in('nodeName'), name, `nodeName ${quote(name)} ${fault}`);
  const selector = objectIn(owner, 'nodeSelector');
  if (selector !== undefined) {
    const place = at.in('nodeSelector');
    checkNodeSelector(selector, place, judgement);
    if (lacks(selector, 'nodeSelectorTerms')) missing(judgement, place.in('nodeSelectorTerms'), 'nodeSelectorTerms is missing');
    else if (who === 'slice' && listIn(selector, 'nodeSelectorTerms').length !== 1)
      invalid(judgement, place.in('nodeSelectorTerms'), selector.nodeSelectorTerms, 'nodeSelectorTerms has one term, not more');
  }
  const chosen = keys.filter((key) => has(owner, key) && owner[key] !== false && owner[key] !== '');
  if (chosen.length === 0) missing(judgement, at.in('nodeName'), `one of ${keys.join(', ')} is needed`);
  else if (chosen.length > 1) clash(judgement, at, owner, `${chosen.join(' and ')} do not go together`);
}
