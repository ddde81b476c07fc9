import { isArray, type JsonObject, member } from '@plumbline/core';

/** Whether the option `allowed`, a list of texts in which `*` stands for any text, names something. */
export function allowed(options: JsonObject): (text: string) => boolean {
  const list = member(options, 'allowed');
  if (!isArray(list) || list.length === 0) return () => false;
  const patterns = list.filter((item) => typeof item === 'string').map(pattern);
  return (text) => patterns.some((one) => one.test(text));
}

function pattern(text: string): RegExp {
  // `*` alone may stand for anything: no other character of an expression is left, so that matching takes no longer than the text.
  return new RegExp(
    `^${text
      .split(/\*+/)
      .map((part) => part.replace(/[.+?^${}()|[\]\\/-]/g, '\\$&'))
      .join('[^]*')}$`,
  );
}
