import { Boxed, type Value } from './value.ts';

/** The number of Unicode characters. */
export function characters(text: string): number {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdfff) return countFrom(text, index);
  }
  return text.length;
}

function countFrom(text: string, start: number): number {
  let count = start;
  for (let index = start; index < text.length; index++) {
    const point = text.codePointAt(index) ?? 0;
    if (point > 0xffff) index++;
    count++;
  }
  return count;
}

/** What a value counts for in costs. */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') return characters(value);
  return value instanceof Boxed ? value.size() : 1;
}
