import type { JsonObject } from '@plumbline/core';
import { quote } from '../../verdict.ts';
import { checkChoice } from '../forms.ts';
import { invalid, type Judgement, missing } from '../judgement.ts';
import type { Place } from '../place.ts';
import { has, listIn, numberIn, objectIn } from '../values.ts';
import { clash } from './clash.ts';
import { itemAt } from './items.ts';
import { checkPortReference } from './port-names.ts';

// What the kubelet does to a container, in probes and in hooks of its lifecycle: validateHandler.

export const OF_PROBES = ['exec', 'httpGet', 'tcpSocket', 'grpc'] as const;
export const OF_HOOKS = ['exec', 'httpGet', 'tcpSocket', 'sleep'] as const;

/** Exactly one of the handlers. `grace`: seconds that the pod has to end, for `sleep`. */
export function checkHandler(
  object: JsonObject,
  kinds: typeof OF_PROBES | typeof OF_HOOKS,
  at: Place,
  judgement: Judgement,
  grace: number,
): void {
  let first: string | undefined;
  for (const kind of kinds) {
    if (!has(object, kind)) continue;
    if (first !== undefined) {
      clash(judgement, at.in(kind), undefined, `${kind} and ${first} exclude each other: one handler is one way`);
      continue;
    }
    first = kind;
    const handler = objectIn(object, kind);
    if (handler !== undefined) checkOne(kind, handler, at.in(kind), judgement, grace);
  }
  if (first === undefined) missing(judgement, at, `the handler is empty: it needs one of ${kinds.join(', ')}`);
}

function checkOne(kind: string, handler: JsonObject, at: Place, judgement: Judgement, grace: number): void {
  switch (kind) {
    case 'exec':
      if (listIn(handler, 'command').length === 0 && !isOdd(handler, 'command'))
        missing(judgement, at.in('command'), 'exec has no command to run');
      break;
    case 'httpGet':
      checkHttp(handler, at, judgement);
      break;
    case 'sleep': {
      const seconds = numberIn(handler, 'seconds') ?? 0;
      // Nought seconds are taken since 1.33.
      if (seconds < (judgement.minor >= 33 ? 0 : 1) || seconds > grace)
        invalid(judgement, at.in('seconds'), seconds, `${seconds} seconds of sleep do not fit into the ${grace} that the pod has to end`);
      break;
    }
    default:
      checkPortReference(handler.port, at.in('port'), judgement);
  }
}

/** A member of a wrong type, of which the schema speaks. */
function isOdd(object: JsonObject, key: string): boolean {
  return has(object, key) && !Array.isArray(object[key]);
}

/** validateHTTPGetAction. `protocol` belongs to a feature that is off, so that the server drops it. */
function checkHttp(http: JsonObject, at: Place, judgement: Judgement): void {
  checkPortReference(http.port, at.in('port'), judgement);
  checkChoice(http, 'scheme', ['HTTP', 'HTTPS'], at, judgement, 'absent');
  if (!has(http, 'httpHeaders')) return;
  const headers = listIn(http, 'httpHeaders');
  for (let index = 0; index < headers.length; index++) {
    const name = itemAt(headers, index)?.name;
    if (typeof name === 'string' && !/^[-A-Za-z0-9]+$/.test(name))
      invalid(
        judgement,
        at.in('httpHeaders').in(index).in('name'),
        name,
        `header name ${quote(name)} may have only letters, digits and "-"`,
      );
  }
}
