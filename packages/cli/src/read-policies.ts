import { compileMutatingPolicy, compileValidatingPolicy, uncompiled, uncompiledMutations } from '@plumbline/admission';
import { ConfigError, isObject, type JsonObject, parse, type SourceFile, toDotted } from '@plumbline/core';
import { readPaths } from '@plumbline/sources';
import { loadCelPatterns } from './load-patterns.ts';

const KIND = /^(?:Validating|Mutating)AdmissionPolicy(?:Binding)?$/;

/**
 * The admission policies and bindings of files, folders and installed packages (`--policy`). Throws a ConfigError where a path is not there,
 * a file cannot be read, or an expression does not compile: nothing of the policy would be judged.
 */
export async function readPolicies(paths: readonly string[], cwd: string, minor: number): Promise<readonly JsonObject[]> {
  const { files, problems } = await readPaths(paths, { root: cwd, cwd });
  const [missing] = problems;
  if (missing !== undefined) throw new ConfigError('usage', `--policy: ${missing.message}`);
  const policies = files.flatMap((file) => policiesIn(file, minor));
  if (policies.length === 0) throw new ConfigError('usage', `--policy: there is no admission policy in ${paths.join(', ')}`);
  return policies;
}

function policiesIn(file: SourceFile, minor: number): readonly JsonObject[] {
  return parse(file).flatMap((document) => {
    const { value, problems, range } = document;
    if (value === undefined)
      throw new ConfigError(
        'usage',
        `--policy: ${file.path}:${problems[0]?.range.line ?? range.line}: ${problems[0]?.message ?? 'cannot be read'}`,
      );
    if (!isObject(value) || typeof value.kind !== 'string' || !KIND.test(value.kind)) return [];
    const options = { minor: minor - 1, patterns: loadCelPatterns };
    const wrong =
      value.kind === 'ValidatingAdmissionPolicy'
        ? uncompiled(compileValidatingPolicy(value, options))
        : value.kind === 'MutatingAdmissionPolicy'
          ? uncompiledMutations(compileMutatingPolicy(value, options))
          : [];
    for (const { path, compiled } of wrong) {
      const { line, column } = document.rangeOf(path);
      const message = 'message' in compiled ? compiled.message : '';
      throw new ConfigError('usage', `--policy: ${file.path}:${line}:${column}: ${toDotted(path)}: ${message}`);
    }
    return [value];
  });
}
