import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { invalid, type Judgement, warn } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { objectIn, textIn } from '../values.ts';

const SUFFIX = '.static.k8s.io';

/** Names that are kept for admission configuration that a server reads from its own files: refused from 1.37 on. */
export function checkStaticName(object: JsonObject, judgement: Judgement): void {
  const name = textIn(objectIn(object, 'metadata'), 'name');
  if (!name.endsWith(SUFFIX)) return;
  const place = ROOT.in('metadata').in('name');
  const message = `name ${quote(name)} ends with ${quote(SUFFIX)}, which is kept for what a server reads from its own files`;
  if (judgement.minor >= 37) invalid(judgement, place, name, message, 'meta/name-invalid');
  else if (judgement.minor === 36) warn(judgement, place, message, 'schema/server-warning');
}
