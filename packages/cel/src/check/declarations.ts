import type { Variable } from '../api.ts';
import type { CallCost, FunctionDeclaration, Library, Overload } from '../library/function.ts';
import type { CelType } from '../types/type.ts';
import { runtimeName } from '../value/type-value.ts';

/** What an environment knows by name: functions with all their overloads, types, variables. */
export interface Declarations {
  readonly functions: ReadonlyMap<string, FunctionDeclaration>;
  /** Types that expressions may name as values or construct. */
  findType(name: string): CelType | undefined;
  readonly variables: ReadonlyMap<string, CelType>;
}

export function functionsOf(libraries: readonly Library[]): ReadonlyMap<string, FunctionDeclaration> {
  const functions = new Map<string, FunctionDeclaration>();
  for (const library of libraries)
    for (const declaration of library.functions) {
      const known = functions.get(declaration.name);
      functions.set(declaration.name, known === undefined ? declaration : merge(known, declaration));
    }
  return functions;
}

function merge(known: FunctionDeclaration, more: FunctionDeclaration): FunctionDeclaration {
  let overloads: readonly Overload[] | undefined;
  return {
    name: known.name,
    get overloads() {
      overloads ??= [...known.overloads.filter((overload) => !more.overloads.some(({ id }) => id === overload.id)), ...more.overloads];
      return overloads;
    },
    cost: either(known.cost, more.cost),
    isUnguarded: known.isUnguarded === true && more.isUnguarded === true,
  };
}

/** The first that has an answer. */
function either(first: CallCost | undefined, second: CallCost | undefined): CallCost | undefined {
  if (first === undefined || second === undefined || first === second) return first ?? second;
  return (args, result, overload) => first(args, result, overload) ?? second(args, result, overload);
}

export function typesOf(libraries: readonly Library[]): ReadonlyMap<string, CelType> {
  return new Map(libraries.flatMap((library) => library.types ?? []).map((type) => [runtimeName(type), type]));
}

export function variablesOf(variables: readonly Variable[]): ReadonlyMap<string, CelType> {
  return new Map(variables.map(({ name, type }) => [name, type]));
}
