/** A flag of a verb, as it is parsed and as help prints it. */
export interface Flag {
  /** Without dashes. */
  readonly name: string;
  readonly short?: string;
  /** What help calls the value; a flag without it takes none. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly help: string;
}

/** A verb of the command: everything that parsing and help need to know. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** What follows the name on the usage line. */
  readonly operands: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly flags: readonly Flag[];
  readonly examples: readonly { readonly line: string; readonly what: string }[];
  /** Exit codes and the like, after the flags. */
  readonly notes?: string;
}

/** What was typed after the verb. */
export interface Arguments {
  readonly operands: readonly string[];
  /** Values by flag name in the order typed; a flag without a value has an empty string for each time. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
}

export function has(given: Arguments, name: string): boolean {
  return Object.hasOwn(given.flags, name);
}

/** The last value typed, or undefined. */
export function flagValue(given: Arguments, name: string): string | undefined {
  return flagValues(given, name).at(-1);
}

export function flagValues(given: Arguments, name: string): readonly string[] {
  return Object.hasOwn(given.flags, name) ? (given.flags[name] ?? []) : [];
}
