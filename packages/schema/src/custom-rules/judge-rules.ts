import { type Bindings, NO_OPTIONAL } from '@plumbline/cel';
import { type FieldPath, isArray, isObject, type JsonObject, type JsonValue, member, toPointer } from '@plumbline/core';
import { fillCustom } from '../defaults/custom.ts';
import { copyOfObject } from '../defaults/draft.ts';
import { refuse, skip, type Verdict } from '../verdict.ts';
import { judgeChange } from './judge-change.ts';
import { type CustomRule, type RuledLevel, rulesOf } from './rules-of.ts';

const RULE = 'schema/cel-rule';
// k8s.io/apiserver/pkg/apis/cel: what one call may cost, and all rules of an object together.
const EACH = 1_000_000;
const BUDGET = 10_000_000;
const LONGEST_MESSAGE = 5 * 1024;

/** The version of a definition by which a custom resource is judged. */
export interface RuledVersion {
  readonly schema: JsonObject | undefined;
  readonly hasStatus: boolean;
}

/**
 * Holds a custom resource that is sound otherwise against the CEL rules of its definition, as a server does on create; and those that speak
 * of a change against what it was `before`. Null: it is new, or did not change. Undefined: that is not known.
 */
export function judgeRules(
  object: JsonObject,
  { schema, hasStatus }: RuledVersion,
  minor: number,
  verdict: Verdict,
  before?: JsonObject | null,
): void {
  const level = schema === undefined ? undefined : rulesOf(schema, minor);
  if (schema === undefined || level === undefined) return;
  const stored = (given: JsonObject): JsonObject => {
    const filled = copyOfObject(given);
    // A status is dropped on create where it has a way of its own.
    if (hasStatus) delete filled.status;
    fillCustom(filled, schema);
    return filled;
  };
  const filled = stored(object);
  new Judge(verdict, before !== undefined).level(filled, level, []);
  if (before === undefined || before === null) return;
  const onCreate = new Set(verdict.problems.map(({ path = [] }) => toPointer(path)));
  // What is refused of a new object as well is said of it.
  for (const { path, message } of judgeChange(filled, stored(before), schema, minor))
    if (!onCreate.has(toPointer(path))) refuse(verdict, RULE, path, `the change is refused: ${message}`, { class: 'quality' });
}

class Judge {
  readonly #verdict: Verdict;
  /** Whether it is known what was before, so that rules about a change are asked of that. */
  readonly #looksBack: boolean;
  #left = BUDGET;

  constructor(verdict: Verdict, looksBack: boolean) {
    this.#verdict = verdict;
    this.#looksBack = looksBack;
  }

  level(value: JsonValue | undefined, level: RuledLevel, path: FieldPath): void {
    if (value === undefined || value === null) return;
    for (const rule of level.rules) {
      if (this.#left < 0) return;
      this.#rule(value, rule, path);
    }
    if (isArray(value)) {
      if (level.each !== undefined) for (const [index, item] of value.entries()) this.level(item, level.each, [...path, index]);
    } else if (isObject(value)) {
      for (const [name, below] of level.members) this.level(member(value, name), below, [...path, name]);
      if (level.each !== undefined)
        for (const name of Object.keys(value)) if (!level.members.has(name)) this.level(value[name], level.each, [...path, name]);
    }
  }

  #rule(self: JsonValue, rule: CustomRule, path: FieldPath): void {
    const { program } = rule;
    if (program === undefined) {
      skip(this.#verdict, RULE, 'a rule of the definition does not compile');
      return;
    }
    if (rule.isTransition && !rule.takesOptionalOld) {
      if (!this.#looksBack) skip(this.#verdict, RULE, 'a rule about a change has nothing to compare with');
      return;
    }
    const bindings: Bindings = rule.takesOptionalOld ? { self, oldSelf: NO_OPTIONAL } : { self };
    const evaluation = program.evaluate(bindings, { costLimit: EACH });
    this.#left -= evaluation.cost;
    if (this.#left < 0) {
      this.#refuse(path, 'validation failed due to running out of cost budget, no further validation rules will be run');
      return;
    }
    const named = rule.message === '' ? rule.rule.trim() : rule.message;
    if (!evaluation.ok) {
      const { class: kind, message } = evaluation.error;
      if (kind === 'not-evaluable') skip(this.#verdict, RULE, message);
      else if (kind === 'cost-limit') {
        this.#left = -1;
        this.#refuse(path, `'${message}': no further validation rules will be run due to call cost exceeds limit for rule: ${named}`);
      } else if (message.startsWith('no such overload'))
        this.#refuse(
          path,
          `'${message}': call arguments did not match a supported operator, function or macro signature for rule: ${named}`,
        );
      else this.#refuse(path, `${message} evaluating rule: ${named}`);
    } else if (evaluation.value !== true) this.#refuse([...path, ...rule.fieldPath], this.#messageOf(rule, bindings), rule.reason);
  }

  #messageOf(rule: CustomRule, bindings: Bindings): string {
    const evaluation = rule.messageProgram?.evaluate(bindings, { costLimit: EACH });
    if (evaluation !== undefined) this.#left -= evaluation.cost;
    const text = evaluation?.ok === true && typeof evaluation.value === 'string' ? evaluation.value.trim() : '';
    if (text !== '' && text.length <= LONGEST_MESSAGE && !text.includes('\n')) return text;
    return rule.message === '' ? `failed rule: ${rule.rule.trim()}` : rule.message;
  }

  #refuse(path: FieldPath, message: string, reason = ''): void {
    refuse(this.#verdict, RULE, path, message, reason === 'FieldValueRequired' || reason === 'FieldValueForbidden' ? { part: 'key' } : {});
  }
}
