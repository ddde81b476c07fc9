import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, member, type SourceFile, stringify } from '@plumbline/core';
import { readJsonLines, textOf } from '../json-lines.ts';
import { sourceFile } from '../judge.ts';
import { reasonOf, type VerdictCase } from '../verdict-case.ts';

/** The version that the verdicts were taken with. */
export const SERVER_VERSION = '1.37';

/** The custom resource definitions that were installed, as one file. */
export function installedDefinitions(folder: string): readonly SourceFile[] {
  const path = join(folder, 'apiserver/real/crds.jsonl');
  if (!existsSync(path)) return [];
  const documents = readJsonLines(path).map((line) => stringify(member(line, 'crd') ?? null));
  return [sourceFile('crds.yaml', documents.join('\n---\n'))];
}

/** The cases of one line of data: `verdict`, and `verdict_1_34` where it is there. Those that hang on the state of a cluster are left out. */
export function verdictCases(line: JsonObject, around: readonly SourceFile[], part?: string): VerdictCase[] {
  const cases: VerdictCase[] = [];
  const path = `${textOf(line, 'id')}.${textOf(line, 'format') === 'json' ? 'json' : 'yaml'}`;
  const file = sourceFile(path, textOf(line, 'manifest'));
  for (const key of Object.keys(line)) {
    const suffix = /^verdict((?:_\d+)*)$/.exec(key)?.[1];
    const verdict = line[key];
    if (suffix === undefined || member(verdict, 'stateDependent') === true) continue;
    if (member(verdict, 'admitted') === undefined) continue;
    const version = suffix === '' ? SERVER_VERSION : suffix.slice(1).replace('_', '.');
    cases.push({
      id: suffix === '' ? textOf(line, 'id') : `${textOf(line, 'id')}@${version}`,
      input: { file, around, version },
      isRefused: member(verdict, 'admitted') === false,
      reason: reasonOf(verdict as JsonObject), // it has a member
      ...(part === undefined ? {} : { part }),
    });
  }
  return cases;
}
