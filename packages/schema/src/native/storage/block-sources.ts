import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice, checkRange, conflict, lacks } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { flagIn, has, listIn, textIn } from '../values.ts';

// Sources of disks, as a volume of a pod and a PersistentVolume have them. What schemas demand (most names) is not looked at again.

/** gcePersistentDisk, awsElasticBlockStore. */
export function checkPartitioned(source: JsonObject, at: Place, judgement: Judgement): void {
  checkRange(source, 'partition', 0, 255, at, judgement);
}

const IQN = /iqn\.\d{4}-\d{2}\.[0-9A-Za-z.-]+:[^,;*&$|\t\n\f\r ]+$/;
const EUI = /^eui.[0-9A-Za-z]{16}$/;
const NAA = /^naa.[0-9A-Za-z]{32}$/;
/** Beyond this a name is taken as it is: matching may cost the square of its length. */
const LONGEST_NAME = 4096;

function checkIscsiName(source: JsonObject, key: string, at: Place, judgement: Judgement): void {
  const name = textIn(source, key);
  if (name === '' ? !has(source, key) : name.length > LONGEST_NAME) return;
  const form = name.startsWith('iqn') ? IQN : name.startsWith('eui') ? EUI : NAA;
  if (typeof source[key] !== 'string' || form.test(name)) return;
  invalid(judgement, at.in(key), name, `${key} ${quote(name)} is no iqn.YEAR-MONTH.DOMAIN:NAME, no eui.16DIGITS and no naa.32DIGITS`);
}

/** validateISCSIVolumeSource. `name`: of the volume, which is joined with the portal. */
export function checkIscsi(source: JsonObject, name: string, at: Place, judgement: Judgement): void {
  if (textIn(source, 'iqn') !== '') checkIscsiName(source, 'iqn', at, judgement);
  checkRange(source, 'lun', 0, 255, at, judgement);
  if ((flagIn(source, 'chapAuthDiscovery') || flagIn(source, 'chapAuthSession')) && !has(source, 'secretRef'))
    missing(judgement, at.in('secretRef'), 'secretRef is missing, which chapAuthDiscovery and chapAuthSession need');
  if (!has(source, 'initiatorName')) return;
  checkIscsiName(source, 'initiatorName', at, judgement);
  const portal = textIn(source, 'targetPortal');
  if (name.length + 1 + portal.length > 64)
    invalid(
      judgement,
      at.in('targetPortal'),
      portal,
      'with an initiatorName, the name of the volume and targetPortal may have 63 characters together',
    );
}

/** validateFCVolumeSource. */
export function checkFibreChannel(source: JsonObject, at: Place, judgement: Judgement): void {
  if (lacks(source, 'targetWWNs')) {
    if (lacks(source, 'wwids')) missing(judgement, at.in('targetWWNs'), 'targetWWNs or wwids is missing');
    return;
  }
  if (listIn(source, 'wwids').length > 0) conflict(judgement, at.in('wwids'), 'wwids and targetWWNs exclude each other');
  if (!has(source, 'lun')) missing(judgement, at.in('lun'), 'lun is missing, which targetWWNs need');
  checkRange(source, 'lun', 0, 255, at, judgement);
}

/** validateAzureDisk. */
export function checkAzureDisk(source: JsonObject, at: Place, judgement: Judgement): void {
  checkChoice(source, 'cachingMode', ['None', 'ReadOnly', 'ReadWrite'], at, judgement);
  checkChoice(source, 'kind', ['Dedicated', 'Managed', 'Shared'], at, judgement);
  const uri = textIn(source, 'diskURI');
  if (uri === '') return;
  const isManaged = source.kind === 'Managed';
  if (uri.startsWith(isManaged ? '/subscriptions/' : 'https://')) return;
  const form = isManaged
    ? '/subscriptions/SUBSCRIPTION/resourcegroups/GROUP/providers/microsoft.compute/disks/DISK, as kind Managed wants'
    : 'https://ACCOUNT.blob.core.windows.net/CONTAINER/DISK.vhd, as every kind but Managed wants (without a kind it is Shared)';
  conflict(judgement, at.in('diskURI'), `diskURI ${quote(uri)} is not of the form ${form}`, uri);
}
