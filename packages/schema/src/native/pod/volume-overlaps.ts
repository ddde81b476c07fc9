import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { type Judgement, warn } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, objectIn, objectsIn, textIn } from '../values.ts';
import { isDropped } from './projected.ts';

const RULE = 'schema/server-warning';

/** Files of one volume of which one is where another is, or where another's folder is: warningsForOverlappingVirtualPaths. `key`: what its source is. */
export function warnOfOverlaps(key: string, source: JsonObject, at: Place, judgement: Judgement): void {
  if (key === 'projected') warnOfProjected(source, at.in(key), judgement);
  else if ((key === 'configMap' || key === 'secret' || key === 'downwardAPI') && listIn(source, 'items').length > 1)
    warnOfItems(source, [], at.in(key), judgement);
}

function warnOfProjected(projected: JsonObject, at: Place, judgement: Judgement): void {
  const taken: string[] = [];
  for (const [source, index] of objectsIn(projected, 'sources')) {
    const place = at.in('sources').in(index);
    const key = ['configMap', 'secret', 'downwardAPI'].find((one) => has(objectIn(source, one), 'items'));
    const items = key === undefined ? undefined : objectIn(source, key);
    const token = objectIn(source, 'serviceAccountToken');
    const bundle = isDropped('clusterTrustBundle', judgement.minor) ? undefined : objectIn(source, 'clusterTrustBundle');
    const certificate = isDropped('podCertificate', judgement.minor) ? undefined : objectIn(source, 'podCertificate');
    if (key !== undefined && items !== undefined) warnOfItems(items, taken, place.in(key), judgement);
    else if (token !== undefined) warnOfPath(token, 'path', taken, place.in('serviceAccountToken'), judgement);
    else if (bundle !== undefined) warnOfPath(bundle, 'path', taken, place.in('clusterTrustBundle'), judgement);
    else if (certificate !== undefined) {
      for (const one of ['certificateChainPath', 'keyPath', 'credentialBundlePath'])
        warnOfPath(certificate, one, taken, place.in('podCertificate'), judgement);
    } else if (!Object.keys(source).some((one) => has(source, one) && !isDropped(one, judgement.minor)))
      warn(judgement, place, 'the source is empty, it projects nothing', RULE);
  }
}

function warnOfItems(source: JsonObject, taken: string[], at: Place, judgement: Judgement): void {
  for (const [item, index] of objectsIn(source, 'items')) warnOfPath(item, 'path', taken, at.in('items').in(index), judgement);
}

function warnOfPath(object: JsonObject, key: string, taken: string[], at: Place, judgement: Judgement): void {
  const path = textIn(object, key).replace(/\/+$/, '');
  if (path === '') return;
  const other = taken.find((one) => `${one}/`.startsWith(`${path}/`) || `${path}/`.startsWith(`${one}/`));
  if (other !== undefined) warn(judgement, at.in(key), `path ${quote(path)} and the path ${quote(other)} of the same volume overlap`, RULE);
  taken.push(path);
}
