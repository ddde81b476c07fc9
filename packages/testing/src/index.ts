export { checkAlone, type RuleTestOptions } from './check-alone.ts';
export { type PackTestOptions, testPack } from './test-pack.ts';
export {
  type CaseText,
  dedent,
  type ExpectedProblem,
  type InvalidCase,
  type RuleCases,
  testRule,
  type ValidCase,
} from './test-rule.ts';
