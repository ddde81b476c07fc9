import { isObject, type JsonObject } from '@plumbline/core';
import { keyFault } from '../../names.ts';
import { judgeLabelMap } from '../../selector.ts';
import { quote } from '../../verdict.ts';
import { checkChoice, checkDescendingPath, checkDriver, checkName, checkThere, lacks } from '../forms.ts';
import { forbidden, invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { signOfQuantity } from '../quantities.ts';
import { checkClaimSpec } from '../storage/claim-spec.ts';
import { checkSecretName } from '../storage/file-sources.ts';
import { SOURCES, type SourceCheck } from '../storage/sources.ts';
import { has, objectIn } from '../values.ts';
import { checkProjected } from './projected.ts';
import { checkDownwardFiles, checkItems, checkMode } from './volume-files.ts';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'] as const;

/** The sources that only a pod's volume has, or has otherwise than a PersistentVolume; iscsi is at the volume. */
export const POD_SOURCES: Readonly<Record<string, SourceCheck>> = {
  ...SOURCES,
  cinder: checkSecretName,
  configMap: checkConfigMap,
  csi: checkCsi,
  downwardAPI: checkDownwardApi,
  emptyDir: checkEmptyDir,
  ephemeral: checkEphemeral,
  gitRepo: (source, at, judgement) => checkDescendingPath(source, 'directory', at, judgement),
  image: checkImage,
  persistentVolumeClaim: (source, at, judgement) => checkThere(source, 'claimName', at, judgement, 'claimName is missing'),
  projected: checkProjected,
  secret: checkSecret,
};

function checkEmptyDir(source: JsonObject, at: Place, judgement: Judgement): void {
  if (signOfQuantity(source.sizeLimit) === -1)
    invalid(judgement, at.in('sizeLimit'), source.sizeLimit, `sizeLimit ${quote(source.sizeLimit)} is less than 0`);
}

function checkConfigMap(source: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(source, 'name', at, judgement, 'name of the ConfigMap is missing');
  checkMode(source, 'defaultMode', at, judgement);
  checkItems(source, at, judgement);
}

function checkSecret(source: JsonObject, at: Place, judgement: Judgement): void {
  checkThere(source, 'secretName', at, judgement, 'secretName is missing');
  checkMode(source, 'defaultMode', at, judgement);
  checkItems(source, at, judgement);
}

function checkDownwardApi(source: JsonObject, at: Place, judgement: Judgement): void {
  checkMode(source, 'defaultMode', at, judgement);
  checkDownwardFiles(source, at, judgement);
}

function checkCsi(source: JsonObject, at: Place, judgement: Judgement): void {
  checkDriver(source, 'driver', at, judgement);
  const secret = objectIn(source, 'nodePublishSecretRef');
  if (secret === undefined) return;
  checkThere(secret, 'name', at.in('nodePublishSecretRef'), judgement, 'name of the secret is missing');
  checkName(secret, 'name', 'subdomain', at.in('nodePublishSecretRef'), judgement);
}

function checkImage(source: JsonObject, at: Place, judgement: Judgement): void {
  if (judgement.minor >= 36) checkThere(source, 'reference', at, judgement, 'reference is missing, the image that the volume shows');
  checkChoice(source, 'pullPolicy', PULL_POLICIES, at, judgement, 'absent');
}

/** ValidatePersistentVolumeClaimTemplate. */
function checkEphemeral(source: JsonObject, at: Place, judgement: Judgement): void {
  const template = objectIn(source, 'volumeClaimTemplate');
  const place = at.in('volumeClaimTemplate');
  if (template === undefined) {
    if (!has(source, 'volumeClaimTemplate')) missing(judgement, place, 'volumeClaimTemplate is missing');
    return;
  }
  const metadata = objectIn(template, 'metadata');
  if (metadata !== undefined) checkTemplateMetadata(metadata, place.in('metadata'), judgement);
  const spec = objectIn(template, 'spec');
  if (spec !== undefined) checkClaimSpec(spec, place.in('spec'), judgement);
}

function checkTemplateMetadata(metadata: JsonObject, at: Place, judgement: Judgement): void {
  for (const key in metadata) {
    if (key === 'labels' || key === 'annotations' || lacks(metadata, key) || metadata[key] === 0) continue;
    forbidden(judgement, at.in(key), `${key} may not stand in the metadata of a claim template, only labels and annotations may`);
  }
  judgeLabelMap(metadata.labels, at.in('labels').path(), judgement);
  const { annotations } = metadata;
  if (!isObject(annotations)) return;
  for (const key in annotations) {
    const fault = keyFault(key.toLowerCase());
    if (fault !== undefined)
      invalid(judgement, at.in('annotations').in(key), key, `annotation key ${quote(key)} ${fault}`, 'meta/label-invalid', { part: 'key' });
  }
}
