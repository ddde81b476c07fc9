import { Buffer } from 'node:buffer';
import { type Packed, readPack, writePack } from './pack.ts';

/** Texts by key, kept from one run to the next. */
export interface Store {
  /** Also what this run has put. */
  has(key: string): boolean;
  get(key: string): string | undefined;
  /** Keeps what `make` gives once the run is over; nothing where it gives undefined. */
  put(key: string, make: () => string | undefined): void;
  /**
   * Writes what is new, once it is a hundredth of what there is: to write costs more than to make a few again. What nobody used for long
   * goes, and the oldest where there is too much.
   */
  save(): void;
}

export interface StoreLimits {
  readonly bytes: number;
  /** After how many writes an entry goes that nobody used. */
  readonly age: number;
}

const LIMITS: StoreLimits = { bytes: 64 * 1024 * 1024, age: 200 };

/** Opens the store at a place. `maker` names who understands its entries, a word without spaces: what another one wrote is not read. */
export function openStore(place: string, maker: string, limits: StoreLimits = LIMITS): Store {
  const kept = new Map<string, Packed>();
  for (const entry of readPack(place, maker) ?? []) kept.set(entry.key, entry);
  const used = new Set<string>();
  const made = new Map<string, () => string | undefined>();
  return {
    has: (key) => kept.has(key) || made.has(key),
    get(key) {
      const entry = kept.get(key);
      if (entry === undefined) return undefined;
      used.add(key);
      return entry.bytes.toString('utf8');
    },
    put: (key, make) => void made.set(key, make),
    save() {
      if (made.size === 0 || made.size < kept.size / 100) return;
      const fresh: Packed[] = [];
      for (const [key, make] of made) {
        const text = make();
        if (text !== undefined) fresh.push({ key, age: 0, bytes: Buffer.from(text) });
      }
      made.clear();
      if (fresh.length === 0) return;
      const isFresh = new Set(fresh.map(({ key }) => key));
      const old = [...kept.values()].filter(({ key }) => !isFresh.has(key));
      const aged = old.map((entry) => ({ ...entry, age: used.has(entry.key) ? 0 : entry.age + 1 }));
      // The youngest first; a sort keeps the order of those that are of one age.
      const all = [...fresh, ...aged.filter(({ age }) => age <= limits.age).sort((a, b) => a.age - b.age)];
      let bytes = 0;
      writePack(
        place,
        maker,
        all.filter((entry) => {
          bytes += entry.bytes.length + entry.key.length;
          return bytes <= limits.bytes;
        }),
      );
    },
  };
}
