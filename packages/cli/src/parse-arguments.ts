import { ConfigError, closest } from '@plumbline/core';
import type { Arguments, Flag, Verb } from './verb.ts';

/** Reads what was typed after the verb. Throws `usage` with what to type instead. */
export function parseArguments(argv: readonly string[], verb: Verb): Arguments {
  const operands: string[] = [];
  const flags: Record<string, string[]> = {};
  const put = (flag: Flag, value: string): void => {
    const values = flags[flag.name];
    if (values === undefined) flags[flag.name] = [value];
    else values.push(value);
  };
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') {
      operands.push(...argv.slice(at + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      operands.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const typed = equals < 0 ? word : word.slice(0, equals);
    const flag = verb.flags.find(({ name, short }) => typed === `--${name}` || (short !== undefined && typed === `-${short}`));
    if (flag === undefined) throw new ConfigError('usage', unknownFlag(typed, verb));
    if (flag.value === undefined) {
      if (equals >= 0) throw new ConfigError('usage', `--${flag.name} takes no value`);
      put(flag, '');
      continue;
    }
    // A value may be `-` (standard input or output) but not another flag.
    const next = argv[at + 1];
    const value = equals >= 0 ? word.slice(equals + 1) : next !== undefined && (next === '-' || !next.startsWith('-')) ? next : undefined;
    if (value === undefined || value === '') throw new ConfigError('usage', `--${flag.name} needs a value: --${flag.name} ${flag.value}`);
    if (equals < 0) at++;
    if (flag.choices !== undefined && !flag.choices.includes(value)) throw new ConfigError('usage', notAChoice(flag, value));
    put(flag, value);
  }
  return { operands, flags };
}

function unknownFlag(typed: string, verb: Verb): string {
  const names = verb.flags.map(({ name }) => name);
  if (/^-[^-].*\./.test(typed)) return `unknown flag ${JSON.stringify(typed)} of plumbline ${verb.name}; a file of that name is ./${typed}`;
  const near = closest(typed.replace(/^-+/, ''), names);
  const hint = near === undefined ? `plumbline ${verb.name} --help lists the flags` : `did you mean --${near}?`;
  return `unknown flag ${JSON.stringify(typed)} of plumbline ${verb.name}; ${hint}`;
}

function notAChoice(flag: Flag, value: string): string {
  const near = closest(value, flag.choices ?? []);
  const choices = (flag.choices ?? []).join(', ');
  return `--${flag.name} takes one of ${choices}, not ${JSON.stringify(value)}${near === undefined ? '' : `; did you mean ${near}?`}`;
}
