import type { Severity } from '@plumbline/core';

/** The few styles of the command's own output (reporters have theirs). */
export interface Painter {
  bold(text: string): string;
  dim(text: string): string;
  severity(severity: Severity, text: string): string;
}

export function createPainter(color: boolean): Painter {
  const style = (open: number, close: number) => (text: string) => (color ? `\u001b[${open}m${text}\u001b[${close}m` : text);
  const severities = { error: style(31, 39), warning: style(33, 39), info: style(34, 39) };
  return { bold: style(1, 22), dim: style(2, 22), severity: (severity, text) => severities[severity](text) };
}
