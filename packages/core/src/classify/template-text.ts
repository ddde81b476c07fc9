import { nameOf } from './repository-path.ts';

const EXTENSION = /\.(j2|jinja2?|tmpl|tpl|gotmpl|erb|ytt|mustache|hbs|template)(\.ya?ml)?$|\.(j2|jinja2?|tmpl|tpl|gotmpl)\./;

// An action of Go, Jinja or ERB templates where a key, an item, a value or a whole line should stand. Never inside quotes: the
// pattern begins at the line's start. Braces inside a plain value are the value's own (alerts have many), and so are the
// variables of alerts, which somebody forgot to quote.
const ACTION =
  /^\s*(?:-\s+)?(?:(?:[\w./-]+|"[^"]*"|'[^']*'):\s+)?(?:\{\{(?!-?\s*\$(?:labels|values?|externalLabels)\b)|\{%|\{#|<%)|^\s*(?:-\s+)?[\w./-]*\{\{[^:]*\}\}[\w./-]*:/;
const BLOCK_SCALAR = /(?:^|\s)[|>][+-]?\d?[+-]?\s*(?:#.*)?$/;

/** Whether the name says that the file is a template's text: by its extension. */
export function isTemplateName(path: string): boolean {
  return EXTENSION.test(nameOf(path));
}

const PLACE = /(^|[/._-])templates?([._-][^/]*)?(\/|\.(?:ya?ml|json)$)/i;

/** Whether the name or a folder calls the file a template, so that its text has to be looked at though it reads as YAML. */
export function isTemplatePlace(path: string): boolean {
  return /emplate/i.test(path) ? PLACE.test(path) || isTemplateName(path) : isTemplateName(path);
}

/** Whether template actions stand where YAML's structure should stand, outside quotes, comments and block scalars. */
export function isTemplateText(text: string): boolean {
  if (!text.includes('{{') && !text.includes('{%') && !text.includes('<%')) return false;
  let blockIndent = -1;
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    if (indent < 0) continue;
    if (blockIndent >= 0 && indent > blockIndent) continue;
    blockIndent = -1;
    if (line.charCodeAt(indent) === 35) continue;
    if (ACTION.test(line)) return true;
    if (BLOCK_SCALAR.test(line)) blockIndent = indent;
  }
  return false;
}

// What a script puts values in place of: `__REPLICAS__`, `{SERVICE_IP_PREFIX}.16`, `@IMAGE_TAG@`, where YAML's structure should be.
const PLACEHOLDER =
  /^[ \t]*(?:-[ \t]+)?(?:[\w./-]+:[ \t]+)?(?:__[A-Z][A-Z0-9_]*__|\{[A-Z][A-Z0-9]*_[A-Z0-9_]*\}|@[A-Z][A-Z0-9]*_[A-Z0-9_]*@|%[A-Z][A-Z0-9]*_[A-Z0-9_]*%)/m;

/** Whether text that is no YAML holds placeholders that a script fills in: with them it may be. */
export function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}
