import { isArray, isObject, type JsonValue, stageOfName, stageOfWord, wordsOf } from '@plumbline/core';

/**
 * Whether a value to come says the name of the environment that it comes from, `http://orders.qa.example.com`, or the word of its stage in that
 * name (`qa` of `qa-eu`). What the target says already does not count.
 */
export function namesEnvironment(after: JsonValue | undefined, before: JsonValue | undefined, environment: string): boolean {
  const name = environment.split('/').at(-1)?.toLowerCase() ?? '';
  const stage = stageOfName(name);
  // A name that is no stage may be any word, and of two letters it is in too many texts.
  const words = new Set(wordsOf(name).filter((word) => stage !== undefined && stageOfWord(word) === stage));
  const isNamed = (text: string): boolean =>
    wordsOf(text.toLowerCase()).some((word) => words.has(word)) || (name.length > 3 && text.toLowerCase().includes(name));
  const there = new Set(textsOf(before));
  return name !== '' && textsOf(after).some((text) => !there.has(text) && isNamed(text));
}

/** A name without the words that say the environment: `web` of `qa-web`, `web-eu` of `web-qa-eu` in `qa-eu`; the name itself where nothing is left. */
export function withoutEnvironment(name: string, environment: string): string {
  const own = environment.split('/').at(-1)?.toLowerCase() ?? '';
  const stage = stageOfName(own);
  const isOwn = (word: string): boolean => word === own || (stage !== undefined && stageOfWord(word) === stage);
  const words = name.split(/[-.]/);
  const left = words.filter((word) => !isOwn(word));
  return left.length === words.length || left.length === 0 ? name : left.join('-');
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isArray(value)) return value.flatMap(textsOf);
  return isObject(value) ? Object.values(value).flatMap(textsOf) : [];
}
