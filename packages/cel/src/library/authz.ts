import { traversal } from '../cost/runtime-cost.ts';
import type { Context } from '../eval/context.ts';
import type { CelType } from '../types/type.ts';
import { CelError, noSuchOverload } from '../value/cel-error.ts';
import { Boxed, type Result, type Value } from '../value/value.ts';
import type { AuthorizationCheck, AuthorizationDecision } from './authorizer.ts';
import { type CallCost, declare, type FunctionDeclaration, type Implementation, type Library } from './function.ts';
import { dns1123Label, dns1123Subdomain } from './name-formats.ts';
import { libraryType } from './signature.ts';

const AUTHORIZER = 'kubernetes.authorization.Authorizer';
const PATH_CHECK = 'kubernetes.authorization.PathCheck';
const GROUP_CHECK = 'kubernetes.authorization.GroupCheck';
const RESOURCE_CHECK = 'kubernetes.authorization.ResourceCheck';
const DECISION = 'kubernetes.authorization.Decision';

/** Types of variables that the evaluator binds itself, since a check is no JSON. */
export const AUTHORIZER_TYPES: ReadonlySet<string> = new Set([AUTHORIZER, RESOURCE_CHECK]);

/** Of the variable `authorizer`. */
export const AUTHORIZER_TYPE: CelType = libraryType(AUTHORIZER);
/** Of the variable `authorizer.requestResource`. */
export const RESOURCE_CHECK_TYPE: CelType = libraryType(RESOURCE_CHECK);

const EMPTY: AuthorizationCheck = {
  serviceAccount: undefined,
  verb: '',
  path: '',
  group: '',
  resource: '',
  subresource: '',
  namespace: '',
  name: '',
  fieldSelector: '',
  labelSelector: '',
};

/** A check that is being put together: an authorizer, then a path or a group, then a resource. */
export class Check extends Boxed {
  readonly type: string;
  readonly check: AuthorizationCheck;

  constructor(type: string, check: AuthorizationCheck) {
    super();
    this.type = type;
    this.check = check;
  }

  typeOf(): CelType {
    return libraryType(this.type);
  }

  override toString(): string {
    return this.type;
  }

  equals(other: Value): boolean | CelError {
    return other instanceof Check ? JSON.stringify(other) === JSON.stringify(this) : noSuchOverload();
  }
}

class Decision extends Boxed {
  readonly decision: AuthorizationDecision;

  constructor(decision: AuthorizationDecision) {
    super();
    this.decision = decision;
  }

  typeOf(): CelType {
    return libraryType(DECISION);
  }

  equals(other: Value): boolean | CelError {
    return other instanceof Decision ? JSON.stringify(other.decision) === JSON.stringify(this.decision) : noSuchOverload();
  }
}

/** The value of a variable of one of the authorizer's types; a resource check starts from what the request is about. */
export function authorizerValue(type: string, check: Partial<AuthorizationCheck> = {}): Boxed {
  return new Check(type, { ...EMPTY, ...check });
}

const nominal: CallCost = () => 1;
/** Only two checks are to fit into one expression. */
const CHECK_COST = 350_000;

/** Parsing a selector: its text, and a list of what it requires. */
const bySelector: CallCost = ([, selector]) => {
  const size = selector === undefined ? 0 : traversal(selector);
  const characters = typeof selector === 'string' ? Array.from(selector).length : 1;
  return 10 + size + Math.ceil(Math.ceil(characters * 0.5) * 50);
};

function step(
  name: string,
  id: string,
  from: string,
  to: string,
  next: (text: string) => Partial<AuthorizationCheck> | CelError,
): FunctionDeclaration {
  return declare(name, [[id, `${from}.(string): ${to}`, refine(to, next)]], /Selector$/.test(name) ? bySelector : nominal);
}

function refine(to: string, next: (text: string) => Partial<AuthorizationCheck> | CelError): Implementation {
  return ([check = null, text = null]) => {
    if (!(check instanceof Check) || typeof text !== 'string') return noSuchOverload();
    const more = next(text);
    return more instanceof CelError ? more : new Check(to, { ...check.check, ...more });
  };
}

function named(what: string, text: string, more: Partial<AuthorizationCheck>): Partial<AuthorizationCheck> | CelError {
  return text.trim() === '' ? new CelError(`${what} must not be empty`) : more;
}

const decide: Implementation = ([check = null, verb = null], context: Context): Result => {
  if (!(check instanceof Check) || typeof verb !== 'string') return noSuchOverload();
  const decision = context.authorizer?.authorize({ ...check.check, verb });
  if (decision === undefined) return new CelError('the authorizer of the API server is not known here', 'not-evaluable');
  return new Decision(decision);
};

const serviceAccount: Implementation = ([check = null, namespace = null, name = null]) => {
  if (!(check instanceof Check) || typeof namespace !== 'string' || typeof name !== 'string') return noSuchOverload();
  if (dns1123Subdomain(name).length > 0) return new CelError('Invalid service account name');
  if (dns1123Label(namespace).length > 0) return new CelError('Invalid service account namespace');
  return new Check(AUTHORIZER, { ...check.check, serviceAccount: { namespace, name } });
};

function read(name: string, type: string, use: (decision: AuthorizationDecision) => Value): FunctionDeclaration {
  const call: Implementation = ([decision = null]) => (decision instanceof Decision ? use(decision.decision) : noSuchOverload());
  return declare(name, [[`decision_${name}`, `${DECISION}.(): ${type}`, call]], nominal);
}

/** Asking the authorizer; what it says is not known offline. */
export function authz(): Library {
  return {
    functions: [
      step('path', 'authorizer_path', AUTHORIZER, PATH_CHECK, (path) => named('path', path, { path })),
      step('group', 'authorizer_group', AUTHORIZER, GROUP_CHECK, (group) => ({ group })),
      declare('serviceAccount', [['authorizer_serviceaccount', `${AUTHORIZER}.(string, string): ${AUTHORIZER}`, serviceAccount]], nominal),
      step('resource', 'groupcheck_resource', GROUP_CHECK, RESOURCE_CHECK, (resource) => named('resource', resource, { resource })),
      step('subresource', 'resourcecheck_subresource', RESOURCE_CHECK, RESOURCE_CHECK, (subresource) => ({ subresource })),
      step('namespace', 'resourcecheck_namespace', RESOURCE_CHECK, RESOURCE_CHECK, (namespace) => ({ namespace })),
      step('name', 'resourcecheck_name', RESOURCE_CHECK, RESOURCE_CHECK, (name) => ({ name })),
      declare(
        'check',
        [
          ['pathcheck_check', `${PATH_CHECK}.(string): ${DECISION}`, decide],
          ['resourcecheck_check', `${RESOURCE_CHECK}.(string): ${DECISION}`, decide],
        ],
        () => CHECK_COST,
      ),
      read('errored', 'bool', ({ error }) => error !== ''),
      read('error', 'string', ({ error }) => error),
      read('allowed', 'bool', ({ isAllowed }) => isAllowed),
      read('reason', 'string', ({ reason }) => reason),
    ],
  };
}

/** Selectors in checks, since 1.31. */
export function authzSelectors(): Library {
  return {
    functions: [
      step('fieldSelector', 'authorizer_fieldselector', RESOURCE_CHECK, RESOURCE_CHECK, (fieldSelector) => ({ fieldSelector })),
      step('labelSelector', 'authorizer_labelselector', RESOURCE_CHECK, RESOURCE_CHECK, (labelSelector) => ({ labelSelector })),
    ],
  };
}
