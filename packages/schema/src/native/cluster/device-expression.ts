import { ANY, BOOL, type CelType, createEnvironment, type Environment, type Field, mapOf, STRING } from '@plumbline/cel';
import { patternLibrary } from '../../pattern.ts';
import { skip } from '../../verdict.ts';
import { forbidden, type Judgement } from '../judgement.ts';
import type { Place } from '../place.ts';
import { compileIn } from './expression.ts';

const RULE = 'api/cel-cost';
const MOST = 32;
const COST_LIMIT = 1_000_000;

/** An expression about a device: k8s.io/dynamic-resource-allocation/cel. */
export function compileDeviceExpression(text: string, place: Place, judgement: Judgement): void {
  const compiled = compileIn(environmentOf(judgement.minor), text, place, judgement, ['bool', 'any']);
  if (compiled === undefined || compiled.maxCost() <= COST_LIMIT) return;
  // Whatever its name, an attribute is no longer than 64 characters: the server knows, the estimate does not.
  if (/attributes\s*\[/.test(text)) skip(judgement.verdict, RULE, 'what an expression costs that looks at an attribute is not known here');
  else forbidden(judgement, place, `the expression may cost more than ${COST_LIMIT}`, RULE);
}

const made = new Map<number, Environment>();

function environmentOf(minor: number): Environment {
  let environment = made.get(minor);
  if (environment === undefined) {
    environment = createEnvironment({
      minor: minor - 1,
      variables: [{ name: 'device', type: deviceType(minor) }],
      extensions: ['bindings'],
      patterns: patternLibrary,
    });
    made.set(minor, environment);
  }
  return environment;
}

function deviceType(minor: number): CelType {
  const domain: CelType = { ...STRING, maxSize: 63 };
  const name: CelType = { ...STRING, maxSize: 32 };
  const byName = (value: CelType): CelType => {
    const inner = { ...mapOf(name, value), maxSize: MOST };
    return { ...mapOf(domain, inner), maxSize: MOST };
  };
  const fields: Readonly<Record<string, CelType>> = {
    driver: domain,
    attributes: byName({ ...ANY, maxSize: 64 }),
    capacity: byName({ kind: 'object', name: 'kubernetes.Quantity', fields: new Map() }),
    ...(minor >= 36 ? { allowMultipleAllocations: { ...BOOL, maxSize: 1 } } : {}),
  };
  const byField = new Map<string, Field>(Object.entries(fields).map(([key, type]) => [key, { name: key, type }]));
  return { kind: 'object', name: 'kubernetes.DRADevice', fields: byField };
}
