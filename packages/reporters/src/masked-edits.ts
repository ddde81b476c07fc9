import { type Finding, isSecretKind, isSecretText, type Report, secretMaskOf, type TextEdit } from '@plumbline/core';
import type { RenderOptions } from './options.ts';

/** The edits of a finding's fix, as they may be printed: the new text of a Secret's value is masked. */
export function maskedEdits(
  finding: Finding,
  report: Report,
  sources: RenderOptions['sources'],
): readonly (TextEdit & { readonly file: string })[] {
  const edits = finding.fix?.edits ?? [];
  if (edits.length === 0) return edits;
  const isMasked = mayHoldSecret(finding, sources);
  return edits.map(({ file, line, column, endLine, endColumn, newText }) => ({
    file,
    line,
    column,
    endLine,
    endColumn,
    newText: isMasked && /\w/.test(newText) ? secretMaskOf(report).standIn(newText.replace(/^(["'])(.*)\1$/s, '$2')) : newText,
  }));
}

/** A finding without a resource is about text: where the text declares a Secret, any word of it may be a value. */
function mayHoldSecret({ resource, path, location }: Finding, sources: RenderOptions['sources']): boolean {
  if (resource !== null) return isSecretKind(resource.kind) && /^\/(items\/\d+\/)?(data|stringData)(\/|$)/.test(path);
  return location !== null && isSecretText(sources?.(location.file) ?? '');
}
