/** So many files make work for more than the milliseconds that setting a flag of V8 costs. */
const SOME_FILES = 200;

/**
 * Lets V8 optimise a function three times later than it does by itself. A run over a tree is so short that much of what it optimises is
 * not called often enough afterwards (docs/decisions/0024). Only where V8 has the flag, which is in Node.js 20: others complain on standard error.
 */
export function calmCompiler(
  files: number,
  node = process.versions.node,
  { setFlagsFromString } = process.getBuiltinModule('node:v8'),
): void {
  if (files >= SOME_FILES && node.startsWith('20.')) setFlagsFromString('--interrupt-budget=400000');
}
