import { createEnvironment, type Environment, optionalOf } from '@plumbline/cel';
import { isObject, type JsonObject, type JsonValue } from '@plumbline/core';
import { celTypeOfSchema, minJsonSizeOf } from '../../cel-types.ts';
import { patternLibrary } from '../../pattern.ts';
import { forbidden, invalid, type Judgement } from '../judgement.ts';
import { type Place, ROOT } from '../place.ts';
import { flagIn, has, listIn, numberIn, objectIn, objectsIn, textIn } from '../values.ts';
import { isFieldPath } from './definition-field-path.ts';
import { warnOfNode } from './definition-warnings.ts';
import { compileIn } from './expression.ts';

const RULE = 'api/cel-cost';
const RULES = 'x-kubernetes-validations';
/** What one rule may cost, and all of one version together. */
const COST_LIMIT = 10_000_000;
const TOTAL_LIMIT = 100_000_000;
const LARGEST_REQUEST = 3 * 1024 * 1024;

/** The CEL rules of a CustomResourceDefinition: they compile, and cost no more than they may however large an object is. */
export function checkDefinitionRules(definition: JsonObject, judgement: Judgement): void {
  for (const [version, index] of objectsIn(objectIn(definition, 'spec'), 'versions')) {
    const schema = objectIn(objectIn(version, 'schema'), 'openAPIV3Schema');
    if (schema === undefined) continue;
    const at = ROOT.in('spec').in('versions').in(index).in('schema').in('openAPIV3Schema');
    const walk = new Walk(judgement);
    walk.node(schema, at, { isResource: true, most: 1, isCorrelatable: true });
    // Where one rule is too much by itself, that is said of it.
    if (walk.total > TOTAL_LIMIT && !walk.isOver)
      forbidden(judgement, at, `all rules of the version together may cost ${times(walk.total / TOTAL_LIMIT)} as much as they may`, RULE);
  }
}

interface Around {
  /** A whole object, of which rules see the kind and the names too. */
  readonly isResource: boolean;
  /** How often the node may be in one object at most; undefined where nothing bounds it. */
  readonly most: number | undefined;
  /** Whether a server can tell which value of before a value is: not in a list without keys. */
  readonly isCorrelatable: boolean;
}

class Walk {
  readonly judgement: Judgement;
  total = 0;
  isOver = false;

  constructor(judgement: Judgement) {
    this.judgement = judgement;
  }

  node(schema: JsonObject, at: Place, around: Around): void {
    warnOfNode(schema, at, this.judgement);
    if (listIn(schema, RULES).length > 0) this.rules(schema, at, around);
    const elements = mostElements(schema);
    const most = around.most === undefined || elements === undefined ? undefined : product(around.most, elements);
    const properties = objectIn(schema, 'properties');
    for (const name in properties) {
      const property = objectIn(properties, name);
      if (property !== undefined) this.below(property, at.in('properties').in(name), { ...around, most });
    }
    const values = objectIn(schema, 'additionalProperties');
    if (values !== undefined) this.below(values, at.in('additionalProperties'), { ...around, most });
    const items = objectIn(schema, 'items');
    const isCorrelatable = around.isCorrelatable && textIn(schema, 'x-kubernetes-list-type') === 'map';
    if (items !== undefined) this.below(items, at.in('items'), { ...around, most, isCorrelatable });
  }

  below(schema: JsonObject, at: Place, around: Around): void {
    this.node(schema, at, { ...around, isResource: flagIn(schema, 'x-kubernetes-embedded-resource') === true });
  }

  rules(schema: JsonObject, at: Place, around: Around): void {
    const type = celTypeOfSchema(schema, 'selfType', around.isResource);
    if (type === undefined) {
      forbidden(this.judgement, at.in(RULES), 'rules need to know the type of what they are about', RULE);
      return;
    }
    const most = around.most ?? Math.floor(LARGEST_REQUEST / (minJsonSizeOf(type) + 1));
    const { minor } = this.judgement;
    for (const [rule, index] of objectsIn(schema, RULES)) {
      const oldSelf = rule.optionalOldSelf === true ? optionalOf(type) : type;
      const variables = [
        { name: 'self', type },
        { name: 'oldSelf', type: oldSelf },
      ];
      const environment = createEnvironment({ minor: minor - 1, variables, patterns: patternLibrary });
      this.rule(rule, at.in(RULES).in(index), environment, most, around.isCorrelatable);
      const path = textIn(rule, 'fieldPath');
      if (path.trim() !== '' && !/[\r\n]/.test(path) && !isFieldPath(path, schema))
        invalid(
          this.judgement,
          at.in(RULES).in(index).in('fieldPath'),
          path,
          `fieldPath "${path}" leads to nothing that the schema has`,
          'api/crd-structural',
        );
    }
  }

  rule(rule: JsonObject, at: Place, environment: Environment, most: number, isCorrelatable: boolean): void {
    const text = textIn(rule, 'rule');
    if (text.trim() === '') return;
    const compiled = compileIn(environment, text, at.in('rule'), this.judgement, ['bool']);
    if (compiled === undefined) return;
    this.cost(product(compiled.maxCost(), most), at.in('rule'));
    const message = textIn(rule, 'messageExpression');
    if (message.trim() !== '') {
      const compiledMessage = compileIn(environment, message, at.in('messageExpression'), this.judgement, ['string']);
      if (compiledMessage !== undefined) this.cost(compiledMessage.maxCost(), at.in('messageExpression'));
    }
    if (!compiled.references.has('oldSelf')) {
      if (has(rule, 'optionalOldSelf'))
        invalid(this.judgement, at.in('optionalOldSelf'), rule.optionalOldSelf, 'optionalOldSelf is for rules that look at oldSelf', RULE);
    } else if (!isCorrelatable)
      invalid(
        this.judgement,
        at.in('rule'),
        text,
        'oldSelf is not known within a list that has no keys (x-kubernetes-list-type: map)',
        RULE,
      );
  }

  cost(cost: number, at: Place): void {
    this.total += cost;
    if (cost <= COST_LIMIT) return;
    this.isOver = true;
    const message = `the expression may cost ${times(cost / COST_LIMIT)} as much as it may: bound lists, maps and texts (maxItems, maxProperties, maxLength)`;
    forbidden(this.judgement, at, message, RULE);
  }
}

/** An unbounded cost is Infinity, of which nothing costs nothing. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function times(factor: number): string {
  return factor > 100 ? 'more than 100 times' : `${factor.toFixed(1)} times`;
}

/** How many values of a kind there are in a value of the schema at most; undefined where nothing bounds it. */
function mostElements(schema: JsonObject): number | undefined {
  const bound = (key: string): number | undefined => {
    const value = numberIn(schema, key);
    return value === undefined ? undefined : Math.max(0, value);
  };
  const { type } = schema;
  if (type === 'array') return bound('maxItems');
  const hasValues: JsonValue | undefined = schema.additionalProperties;
  return type === 'object' && (isObject(hasValues) || hasValues === true) ? bound('maxProperties') : 1;
}
