import type { Compilation, CompileFailure, Environment, EnvironmentOptions, Variable } from './api.ts';
import { check } from './check/check.ts';
import { type Declarations, functionsOf, typesOf, variablesOf } from './check/declarations.ts';
import { validate } from './check/validate.ts';
import type { Services } from './eval/context.ts';
import { PlanProblem } from './eval/plan.ts';
import type { FunctionDeclaration } from './library/function.ts';
import { librariesOf } from './library/libraries.ts';
import { mutationType } from './library/mutation.ts';
import { messageNamed } from './library/protobuf.ts';
import { MacroTable } from './macros/macro.ts';
import { OPTIONAL_MACROS } from './macros/optional.ts';
import { STANDARD_MACROS } from './macros/standard.ts';
import { createProgram } from './program.ts';
import { type RawIssue, reportIssues } from './syntax/issue.ts';
import { type ParseOptions, parse } from './syntax/parser.ts';
import type { CelType } from './types/type.ts';

const NEWEST_MINOR = 37;

/** What environments of one minor and dialect share: it is built once. */
interface Dialect {
  readonly functions: ReadonlyMap<string, FunctionDeclaration>;
  readonly types: ReadonlyMap<string, CelType>;
  readonly parsing: ParseOptions;
  readonly minor: number;
}

const dialects = new Map<string, Dialect>();

/** The environment in which expressions compile; cheap to make again. */
export function createEnvironment(options: EnvironmentOptions): Environment {
  const dialect = dialectOf(options);
  const services: Services = { patterns: options.patterns, authorizer: options.authorizer };
  return environment(dialect, services, variablesOf(options.variables), options.canMutate === true);
}

function dialectOf({ minor = NEWEST_MINOR, canMutate = false, extensions = [] }: EnvironmentOptions): Dialect {
  const key = `${minor} ${canMutate} ${extensions.toSorted().join()}`;
  let dialect = dialects.get(key);
  if (dialect === undefined) {
    const libraries = librariesOf(minor, canMutate, extensions);
    const hasOptionals = minor >= 28;
    const macros = [...STANDARD_MACROS, ...(hasOptionals ? OPTIONAL_MACROS : []), ...libraries.flatMap((library) => library.macros ?? [])];
    dialect = {
      functions: functionsOf(libraries),
      types: typesOf(libraries),
      parsing: { macros: new MacroTable(macros), hasOptionals },
      minor,
    };
    dialects.set(key, dialect);
  }
  return dialect;
}

function environment(dialect: Dialect, services: Services, variables: ReadonlyMap<string, CelType>, canMutate: boolean): Environment {
  const declarations: Declarations = {
    functions: dialect.functions,
    variables,
    findType: (name) => dialect.types.get(name) ?? messageNamed(name)?.type ?? (canMutate ? mutationType(name) : undefined),
  };
  return {
    compile: (text) => compileText(text, dialect, declarations, services),
    extend: (more: readonly Variable[]) => environment(dialect, services, new Map([...variables, ...variablesOf(more)]), canMutate),
  };
}

function compileText(text: string, dialect: Dialect, declarations: Declarations, services: Services): Compilation {
  const parsed = parse(text, dialect.parsing);
  if (!parsed.ok) return failure(text, 'parse', parsed.issues);
  const issues: RawIssue[] = [];
  const checked = check(parsed.expr, declarations, issues);
  if (issues.length === 0) validate(checked, services, dialect.minor >= 29, issues);
  if (issues.length > 0) return failure(text, 'check', issues);
  try {
    return { ok: true, program: createProgram(text, checked, declarations, services) };
  } catch (problem) {
    if (!(problem instanceof PlanProblem)) throw problem;
    return { ok: false, stage: 'program', issues: [{ message: problem.message, offset: 0, line: 1, column: 1 }], message: problem.message };
  }
}

function failure(text: string, stage: CompileFailure['stage'], issues: readonly RawIssue[]): CompileFailure {
  return { ok: false, stage, ...reportIssues(text, issues) };
}
