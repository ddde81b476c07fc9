import { expect, test } from 'vitest';
import { parseArguments } from './parse-arguments.ts';
import { CHECK } from './verbs.ts';

const parsed = (...argv: string[]) => parseArguments(argv, CHECK);

test('operands, flags with values in both forms, repeated flags', () => {
  expect(parsed('a', '-', '--format', 'text', '--format=sarif=x=y.sarif', '-k', '1.34', '--all', '--', '--b')).toEqual({
    operands: ['a', '-', '--b'],
    flags: { format: ['text', 'sarif=x=y.sarif'], 'kubernetes-version': ['1.34'], all: [''] },
  });
});

test('what is wrong, and what to type instead', () => {
  const message = (...argv: string[]): string => {
    try {
      parsed(...argv);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  expect(message('--fromat', 'x')).toBe('unknown flag "--fromat" of plumbline check; did you mean --format?');
  expect(message('--zzz')).toBe('unknown flag "--zzz" of plumbline check; plumbline check --help lists the flags');
  expect(message('-rf.yaml')).toBe('unknown flag "-rf.yaml" of plumbline check; a file of that name is ./-rf.yaml');
  expect(message('--format')).toBe('--format needs a value: --format NAME[=FILE]');
  expect(message('--format', '--all')).toBe('--format needs a value: --format NAME[=FILE]');
  expect(message('--all=yes')).toBe('--all takes no value');
  expect(message('--fail-on', 'eror')).toBe('--fail-on takes one of error, warning, info, not "eror"; did you mean error?');
});

test('a flag named like a member of every object is unknown', () => {
  expect(() => parsed('--constructor')).toThrow('unknown flag');
  expect(() => parsed('--__proto__', 'x')).toThrow('unknown flag');
});
