import { Settings } from './settings.ts';

/** What is changed of settings; a replaced field that is undefined is taken away. */
export interface Amendments {
  readonly fields?: ReadonlyMap<string, Settings | undefined>;
  readonly lists?: ReadonlyMap<string, (own: Settings[]) => Settings[]>;
  readonly entries?: ReadonlyMap<string, (own: ReturnType<Settings['entries']>) => ReturnType<Settings['entries']>>;
}

/** Settings that somebody else has changed before they are used: each field still knows where it is written. */
export class AmendedSettings extends Settings {
  readonly #by: Amendments;

  constructor(own: Settings, by: Amendments) {
    super(own.place, own.role, own.value, own.path);
    this.#by = by;
  }

  override get(name: string): Settings | undefined {
    return this.#by.fields?.has(name) === true ? this.#by.fields.get(name) : super.get(name);
  }

  override items(name: string): Settings[] {
    const own = super.items(name);
    return this.#by.lists?.get(name)?.(own) ?? own;
  }

  override entries(name: string): ReturnType<Settings['entries']> {
    const own = super.entries(name);
    return this.#by.entries?.get(name)?.(own) ?? own;
  }
}
