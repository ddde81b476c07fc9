import type { JsonObject } from '@plumbline/core';
import { checkName, checkThere } from '../forms.ts';
import type { Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { objectIn } from '../values.ts';

export function checkStorageVersionMigration(object: JsonObject, judgement: Judgement): void {
  const resource = objectIn(objectIn(object, 'spec'), 'resource') ?? {};
  const at = ROOT.in('spec').in('resource');
  checkThere(resource, 'resource', at, judgement, 'the resource to migrate is missing');
  checkName(resource, 'resource', 'rfc1035', at, judgement);
  checkName(resource, 'group', 'subdomain', at, judgement);
}
