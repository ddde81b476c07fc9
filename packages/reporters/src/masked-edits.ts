import { type Finding, type Report, secretMaskOf, type TextEdit } from '@plumbline/core';

/** The edits of a finding's fix, as they may be printed: the new text of a Secret's value is masked. */
export function maskedEdits(finding: Finding, report: Report): readonly (TextEdit & { readonly file: string })[] {
  const edits = finding.fix?.edits ?? [];
  const isSecretValue = finding.resource?.kind === 'Secret' && /^\/(items\/\d+\/)?(data|stringData)(\/|$)/.test(finding.path);
  return edits.map(({ file, line, column, endLine, endColumn, newText }) => ({
    file,
    line,
    column,
    endLine,
    endColumn,
    newText: isSecretValue && newText !== '' ? secretMaskOf(report).standIn(newText.replace(/^(["'])(.*)\1$/s, '$2')) : newText,
  }));
}
