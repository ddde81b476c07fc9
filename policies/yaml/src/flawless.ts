import type { FileProblem, ParsedFile } from '@plumbline/core';

/** What a rule gives of a file of which there is nothing to say. */
export const NOTHING: readonly FileProblem[] = [];

/** Whether the reader had no word to say of any document: true of nearly every file, and quick to tell. */
export function isFlawless({ documents }: ParsedFile): boolean {
  for (let index = 0; index < documents.length; index++) if (documents[index]?.problems.length !== 0) return false;
  return true;
}
