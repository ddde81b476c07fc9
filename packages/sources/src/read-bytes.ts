import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Files beyond this are left out; no manifest that a cluster takes is near it. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** And what a program printed, of a whole cluster maybe, beyond this. */
export const MAX_PRINTED_BYTES = 256 * 1024 * 1024;

// Small files are read one after another into slabs: an array buffer each would cost more than the reading.
const SLAB_BYTES = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
let slab: Buffer | undefined;
let slabUsed = 0;

export type WhyUnread = 'too-large' | 'unreadable' | 'special-file';

/** For people: "… cannot be read: it …". */
export const WHY_UNREAD: Readonly<Record<WhyUnread, string>> = {
  'too-large': whyTooLarge(MAX_FILE_BYTES),
  unreadable: 'it may not be opened',
  'special-file': 'it is no regular file',
};

export function whyTooLarge(maxBytes: number): string {
  return `it is larger than ${maxBytes / 1024 / 1024} MiB`;
}

/** The bytes of a regular file, or why they cannot be had. Never waits: a FIFO is opened without blocking and refused. */
export function readBytes(path: string | Buffer, maxBytes = MAX_FILE_BYTES): Uint8Array | WhyUnread {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return 'unreadable';
  }
  try {
    if (slab === undefined || slabUsed + CHUNK_BYTES > SLAB_BYTES) {
      slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
      slabUsed = 0;
    }
    // Most files fit the chunk: a read that does not fill it has seen the end, and no second call is needed.
    const first = readSync(fd, slab, slabUsed, CHUNK_BYTES, 0);
    if (first < CHUNK_BYTES) {
      if (first === 0 && !fstatSync(fd).isFile()) return 'special-file';
      const bytes = new Uint8Array(slab.buffer, slabUsed, first);
      slabUsed += first;
      return bytes;
    }
    const stats = fstatSync(fd);
    if (!stats.isFile()) return 'special-file';
    if (stats.size > maxBytes) return 'too-large';
    const bytes = Buffer.allocUnsafeSlow(Math.max(stats.size, first));
    let length = 0;
    while (length < bytes.length) {
      const more = readSync(fd, bytes, length, bytes.length - length, length);
      if (more === 0) break;
      length += more;
    }
    return new Uint8Array(bytes.buffer, 0, length);
  } catch (error) {
    // Positions mean nothing to pipes and terminals.
    return (error as NodeJS.ErrnoException).code === 'ESPIPE' ? 'special-file' : 'unreadable';
  } finally {
    closeSync(fd);
  }
}

/** What stands on standard input, or why it cannot be had. Reads no further than a file may be long. */
export function readStandardInput(maxBytes = MAX_FILE_BYTES): Uint8Array | 'too-large' | 'unreadable' {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let read: number;
    try {
      read = readSync(0, chunk, 0, CHUNK_BYTES, null);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code; // readSync throws system errors
      if (code === 'EOF') break;
      if (code !== 'EAGAIN') return 'unreadable';
      // A terminal or pipe that has nothing yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      continue;
    }
    if (read === 0) break;
    length += read;
    if (length > maxBytes) return 'too-large';
    chunks.push(chunk.subarray(0, read));
  }
  return new Uint8Array(Buffer.concat(chunks));
}
