import type { JsonObject } from '@plumbline/core';
import { keyFault, nameFault } from '../../names.ts';
import { byteLength } from '../../scalar.ts';
import { quote } from '../../verdict.ts';
import { checkRange, checkThere, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { clash } from '../pod/clash.ts';
import { checkSignerName, isOfKubernetes } from '../pod/signer-name.ts';
import { has, objectIn, textIn } from '../values.ts';

const LEAST = 3600;
const MOST = 91 * 24 * 3600;
const MOST_OF_KUBERNETES = 24 * 3600;
const LONGEST_UID = 128;

/** ValidatePodCertificateRequestCreate, but for keys and signatures. */
export function checkPodCertificate(object: JsonObject, judgement: Judgement): void {
  const spec = objectIn(object, 'spec');
  if (spec === undefined) return;
  const at = ROOT.in('spec');
  checkSignerName(spec, 'signerName', at, judgement);
  for (const owner of ['pod', 'serviceAccount', 'node']) {
    checkOwner(spec, `${owner}Name`, at, judgement);
    checkUid(spec, `${owner}UID`, at, judgement);
  }
  const most = isOfKubernetes(textIn(spec, 'signerName')) ? MOST_OF_KUBERNETES : MOST;
  checkRange(spec, 'maxExpirationSeconds', LEAST, most, at, judgement);
  for (const key in objectIn(spec, 'unverifiedUserAnnotations')) {
    const fault = key.includes('/') ? keyFault(key.toLowerCase()) : 'has no domain before it';
    const place = at.in('unverifiedUserAnnotations').in(key);
    if (fault !== undefined) invalid(judgement, place, key, `${quote(key)} ${fault}`, 'meta/label-invalid', { part: 'key' });
  }
  const isNew = !lacks(spec, 'stubPKCS10Request');
  const old = ['pkixPublicKey', 'proofOfPossession'].filter((key) => !lacks(spec, key)).length;
  if (isNew && old > 0) clash(judgement, at, spec, 'stubPKCS10Request does not go with pkixPublicKey and proofOfPossession');
  else if (!isNew && old < 2 && !has(spec, 'stubPKCS10Request'))
    missing(judgement, at.in('stubPKCS10Request'), 'stubPKCS10Request is missing');
}

function checkOwner(spec: JsonObject, key: string, at: Place, judgement: Judgement): void {
  checkThere(spec, key, at, judgement, `${key} is missing`);
  const name = textIn(spec, key);
  const fault = name === '' ? undefined : nameFault(name, 'subdomain');
  if (fault !== undefined) invalid(judgement, at.in(key), name, `${key} ${quote(name)} ${fault}`);
}

function checkUid(spec: JsonObject, key: string, at: Place, judgement: Judgement): void {
  checkThere(spec, key, at, judgement, `${key} is missing`);
  const uid = textIn(spec, key);
  if (byteLength(uid) > LONGEST_UID) invalid(judgement, at.in(key), uid, `${key} is longer than ${LONGEST_UID} bytes`);
}
