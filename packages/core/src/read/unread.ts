import { ENGINE_RULES } from '../check/engine-rules.ts';
import { fileFinding } from '../check/judged.ts';
import type { RuleInfo } from '../check/rule.ts';
import type { Finding } from '../report/finding.ts';
import type { SecretMask } from '../settle/mask.ts';
import type { ExtractProblem } from './extract.ts';
import type { ParsedFile } from './parsed-file.ts';

/**
 * One finding for each document that could not be read. Rules say it better (`yaml/parse` …) and then it is dropped; it is
 * here so that no such document is ever silent.
 */
export function unreadFindings(file: ParsedFile, versions: readonly string[], mask: SecretMask): readonly Finding[] {
  let findings: Finding[] | undefined;
  for (const document of file.documents) {
    if (document.value !== undefined) continue;
    const problem = document.problems.find((each) => each.level === 'fatal');
    const message = problem?.message ?? 'the document cannot be read';
    const range = problem?.range ?? document.range;
    findings ??= [];
    findings.push(fileFinding(file, { message, range, document }, { info: ENGINE_RULES['engine/unreadable'], versions, mask }));
  }
  return findings ?? NONE;
}

const NONE: readonly Finding[] = [];

/** What extraction found, under the public rule it belongs to. */
export function extractFinding(
  file: ParsedFile,
  problem: ExtractProblem,
  infos: ReadonlyMap<string, RuleInfo>,
  versions: readonly string[],
  mask: SecretMask,
): Finding {
  const info = infos.get(problem.rule) ?? { ...ENGINE_RULES['engine/unreadable'], id: problem.rule, class: problem.class };
  const { path, message, document, part } = problem;
  return fileFinding(
    file,
    { rule: problem.rule, class: problem.class, path, message, document, ...(part === undefined ? {} : { part }) },
    { info, versions, mask },
  );
}
