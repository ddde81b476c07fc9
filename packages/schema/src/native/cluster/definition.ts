import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { invalid, type Judgement } from '../judgement.ts';
import { ROOT } from '../place.ts';
import { has, objectIn, textIn } from '../values.ts';
import { checkDefinitionRules } from './definition-rules.ts';
import { checkClientConfig } from './webhook-client.ts';

/** What is said of a CustomResourceDefinition beside its structure: the name that is made, the webhook that converts, the rules. */
export function checkDefinition(definition: JsonObject, judgement: Judgement): void {
  const spec = objectIn(definition, 'spec');
  if (spec === undefined) return;
  const wanted = `${textIn(objectIn(spec, 'names'), 'plural')}.${textIn(spec, 'group')}`;
  const prefix = textIn(objectIn(definition, 'metadata'), 'generateName');
  if (prefix !== '' && prefix !== wanted)
    invalid(
      judgement,
      ROOT.in('metadata').in('generateName'),
      prefix,
      `generateName ${quote(prefix)} is not ${quote(wanted)}, the plural and the group: a definition has no name that is made`,
      'meta/name-invalid',
    );
  const webhook = objectIn(objectIn(spec, 'conversion'), 'webhook');
  const config = objectIn(webhook, 'clientConfig');
  // That it is either is said with the structure.
  if (webhook !== undefined && has(config, 'url') !== has(config, 'service'))
    checkClientConfig(webhook, ROOT.in('spec').in('conversion').in('webhook'), judgement);
  checkDefinitionRules(definition, judgement);
}
