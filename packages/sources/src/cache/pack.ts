import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** An entry of a pack. `age`: how many times the pack was written since somebody used it. */
export interface Packed {
  readonly key: string;
  readonly age: number;
  readonly bytes: Buffer;
}

// `plumbline-cache`, the maker, the checksum and length of the table, the checksum of what follows it.
const MAGIC = 'plumbline-cache';

/**
 * Reads a pack. Undefined where there is none, where another maker wrote it, and where it is not as it was written: the cost of
 * a cache that is gone is time.
 */
export function readPack(place: string, maker: string): readonly Packed[] | undefined {
  try {
    const file = readFileSync(place);
    const end = file.indexOf(10);
    const [magic, by, tableSum, tableLength, bodySum] = file.toString('latin1', 0, end).split(' ');
    if (end < 0 || magic !== MAGIC || by !== maker) return undefined;
    const start = end + 1 + Number(tableLength);
    const table = file.subarray(end + 1, start);
    if (checksum(table) !== tableSum || checksum(file.subarray(start)) !== bodySum) return undefined;
    // Key, age and length of each entry in turn.
    const cells = JSON.parse(table.toString('utf8')) as (string | number)[]; // as writePack wrote it: the checksum holds
    const entries: Packed[] = [];
    let at = start;
    for (let cell = 0; cell + 2 < cells.length; cell += 3) {
      const length = Number(cells[cell + 2]);
      entries.push({ key: String(cells[cell]), age: Number(cells[cell + 1]), bytes: file.subarray(at, at + length) });
      at += length;
    }
    return at === file.length ? entries : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a pack beside the old one and then in its place: who reads meanwhile has one or the other. Does nothing where it cannot. */
export function writePack(place: string, maker: string, entries: readonly Packed[]): void {
  const cells: (string | number)[] = [];
  for (const { key, age, bytes } of entries) cells.push(key, age, bytes.length);
  const table = Buffer.from(JSON.stringify(cells));
  const body = Buffer.concat(entries.map(({ bytes }) => bytes));
  const head = Buffer.from(`${MAGIC} ${maker} ${checksum(table)} ${table.length} ${checksum(body)}\n`);
  const fresh = `${place}.${process.pid}.new`;
  try {
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(fresh, Buffer.concat([head, table, body]), { flag: 'wx', mode: 0o600 });
    renameSync(fresh, place);
  } catch {
    // A folder that may not be written to, a full disk.
    removeFile(fresh);
  }
}

function removeFile(place: string): void {
  try {
    rmSync(place, { force: true });
  } catch {
    // It was never made: what should be its folder is a file.
  }
}

/** CRC-32: against broken disks and half copies, not against people, who could as well edit the hook. */
function checksum(bytes: Buffer): string {
  return process.getBuiltinModule('node:zlib').crc32(bytes).toString(16);
}
