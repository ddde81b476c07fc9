export { checkAlone, type RuleTestOptions } from './check-alone.ts';
export { testPack } from './test-pack.ts';
export {
  type CaseText,
  dedent,
  type ExpectedProblem,
  type InvalidCase,
  type RuleCases,
  testRule,
  type ValidCase,
} from './test-rule.ts';
