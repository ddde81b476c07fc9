import { actualSize, patternCost } from '../cost/runtime-cost.ts';
import type { CelType } from '../types/type.ts';
import { decodeBase64 } from '../value/base64.ts';
import { type CelError, noSuchOverload } from '../value/cel-error.ts';
import { ArrayList } from '../value/list.ts';
import { NONE, Optional } from '../value/optional.ts';
import { daysIn } from '../value/parse-time.ts';
import { problemOf } from '../value/url.ts';
import { Boxed, type Value } from '../value/value.ts';
import { declare, type Library } from './function.ts';
import { dns1035Label, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from './name-formats.ts';
import { libraryType } from './signature.ts';

/** A named form of texts. */
class NamedFormat extends Boxed {
  readonly name: string;
  /** What the text is at fault with; empty where it has the form. */
  readonly validate: (text: string) => readonly string[];
  /** What its costs go by. */
  readonly patternSize: number;

  constructor(name: string, patternSize: number, validate: (text: string) => readonly string[]) {
    super();
    this.name = name;
    this.patternSize = patternSize;
    this.validate = validate;
  }

  typeOf(): CelType {
    return libraryType('kubernetes.NamedFormat');
  }

  equals(other: Value): boolean | CelError {
    return other instanceof NamedFormat ? other.name === this.name : noSuchOverload();
  }
}

const UUID_SIZE = 70;
const DATE_TIME_SIZE = 71;

function fault(holds: (text: string) => boolean, message: string): (text: string) => readonly string[] {
  return (text) => (holds(text) ? [] : [message]);
}

/** The part of a name that more is appended to: it may end in a dash. */
function prefixOf(validate: (text: string) => readonly string[]): (text: string) => readonly string[] {
  return (text) => validate(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text);
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
}

function isDateTime(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  const match = /^(\d\d):(\d\d):(\d\d)(?:.\d+)?(?:z|[+-]\d\d:\d\d)$/.exec(time ?? '');
  return match !== null && isDate(date) && Number(match[1]) <= 23 && Number(match[2]) <= 59 && Number(match[3]) <= 59;
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

function formats(): ReadonlyMap<string, NamedFormat> {
  return new Map([
    ['dns1123Label', new NamedFormat('DNS1123Label', 30, dns1123Label)],
    ['dns1123Subdomain', new NamedFormat('DNS1123Subdomain', 60, dns1123Subdomain)],
    ['dns1035Label', new NamedFormat('DNS1035Label', 30, dns1035Label)],
    ['qualifiedName', new NamedFormat('QualifiedName', 60, qualifiedName)],
    ['dns1123LabelPrefix', new NamedFormat('DNS1123LabelPrefix', 30, prefixOf(dns1123Label))],
    ['dns1123SubdomainPrefix', new NamedFormat('DNS1123SubdomainPrefix', 60, prefixOf(dns1123Subdomain))],
    ['dns1035LabelPrefix', new NamedFormat('DNS1035LabelPrefix', 30, prefixOf(dns1035Label))],
    ['labelValue', new NamedFormat('LabelValue', 40, labelValue)],
    ['uri', new NamedFormat('URI', 1103, uriFaults)],
    [
      'uuid',
      new NamedFormat(
        'uuid',
        UUID_SIZE,
        fault((text) => UUID.test(text), 'does not match the UUID format'),
      ),
    ],
    [
      'byte',
      new NamedFormat(
        'byte',
        84,
        fault((text) => text !== '' && decodeBase64(text) !== undefined, 'invalid base64'),
      ),
    ],
    ['date', new NamedFormat('date', DATE_TIME_SIZE, fault(isDate, 'invalid date'))],
    ['datetime', new NamedFormat('datetime', DATE_TIME_SIZE, fault(isDateTime, 'invalid datetime'))],
  ]);
}

function uriFaults(text: string): readonly string[] {
  const problem = problemOf(text);
  return problem === undefined ? [] : [`parse ${JSON.stringify(text)}: ${problem}`];
}

/** Named forms, and whether a text has one. */
export function format(): Library {
  const named = formats();
  return {
    functions: [
      ...Array.from(named, ([name, value]) => declare(`format.${name}`, [[`format.${name}`, '(): kubernetes.NamedFormat', () => value]])),
      declare(
        'format.named',
        [
          [
            'format-named',
            '(string): optional(kubernetes.NamedFormat)',
            ([name = null]) => {
              if (typeof name !== 'string') return noSuchOverload();
              const value = named.get(name);
              return value === undefined ? NONE : new Optional(value);
            },
          ],
        ],
        () => 1,
      ),
      declare(
        'validate',
        [
          [
            'format-validate',
            'kubernetes.NamedFormat.(string): optional(list(string))',
            ([value = null, text = null]) => {
              if (!(value instanceof NamedFormat) || typeof text !== 'string') return noSuchOverload();
              const faults = value.validate(text);
              return faults.length === 0 ? NONE : new Optional(new ArrayList(faults));
            },
          ],
        ],
        ([value, text]) => (value instanceof NamedFormat ? patternCost(actualSize(text), value.patternSize) : undefined),
      ),
    ],
  };
}
