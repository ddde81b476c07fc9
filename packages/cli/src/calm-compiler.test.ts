import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { calmCompiler } from './calm-compiler.ts';

test('the flag is set over a tree, where V8 has it', () => {
  const set: string[] = [];
  const v8 = { ...process.getBuiltinModule('node:v8'), setFlagsFromString: (flag: string) => void set.push(flag) };
  calmCompiler(199, '20.19.0', v8);
  calmCompiler(200, '22.1.0', v8);
  expect(set).toEqual([]);
  calmCompiler(200, '20.19.0', v8);
  expect(set).toEqual(['--interrupt-budget=400000']);
});

test.skipIf(!process.versions.node.startsWith('20.'))('this V8 has it', () => {
  const { stderr } = spawnSync(process.execPath, ['-e', `require('node:v8').setFlagsFromString('--interrupt-budget=400000')`]);
  expect(String(stderr)).toBe('');
});
