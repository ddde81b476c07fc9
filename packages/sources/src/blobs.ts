import { join } from 'node:path';
import { addTo, ConfigError, type SourceFile } from '@plumbline/core';
import { blobId } from './blob-id.ts';
import { type Blob, readBlobs } from './git-entries.ts';
import { LeftOutList } from './left-out.ts';
import { readBytes } from './read-bytes.ts';

/** Asks Git; throws where it cannot. */
export type Ask = (args: readonly string[], input?: string) => Buffer;

/** Whose bytes were seen in earlier runs, so that they are hardly needed again. */
export interface SeenBlobs {
  has(id: string): boolean;
  add(id: string): void;
}

/** So many objects are asked for one by one; then all that may still be asked for are read at once. */
const MOST_SINGLE = 4;
/** Up to so many files are looked for in the working tree first: a call of Git takes as long as reading some hundred. */
const FEW = 50;

/** Files of Git's objects: many are read at once, and what was seen before only on demand. */
export class Blobs {
  readonly #ask: Ask;
  readonly #root: string | undefined;
  readonly #seen: SeenBlobs | undefined;
  /** By object: what was handed out unread. */
  readonly #waiting = new Map<string, BlobFile[]>();
  #singles = 0;

  /** `root`: of a working tree that may hold the same bytes. */
  constructor(ask: Ask, { seen, root }: { readonly seen?: SeenBlobs | undefined; readonly root?: string } = {}) {
    this.#ask = ask;
    this.#seen = seen;
    this.#root = root;
  }

  /** The files in the order given; what Git does not have and what is too large is left out. */
  open(blobs: readonly Blob[], leftOut: LeftOutList = new LeftOutList()): readonly SourceFile[] {
    const isSeen = ({ object }: Blob): boolean => this.#seen?.has(object) === true;
    const wanted = blobs.filter((blob) => !isSeen(blob));
    const read = new Map<string, Uint8Array>();
    if (wanted.length <= FEW) for (const blob of wanted) this.#fromFolder(blob, (bytes) => read.set(blob.path, bytes));
    const rest = wanted.filter(({ path }) => !read.has(path));
    for (const { path, bytes } of readBlobs(this.#ask, rest, leftOut)) read.set(path, bytes);
    return blobs.flatMap((blob): SourceFile[] => {
      if (isSeen(blob)) return [this.#unread(blob)];
      const bytes = read.get(blob.path);
      if (bytes === undefined) return [];
      this.#seen?.add(blob.object);
      return [{ path: blob.path, bytes, id: blob.object }];
    });
  }

  #unread({ path, object }: Blob): SourceFile {
    const file = new BlobFile(path, object, (wanted) => this.#read(wanted));
    addTo(this.#waiting, object, file);
    return file;
  }

  /** The bytes that lie in the folder, where they are those of the object: a checkout may change them. */
  #fromFolder({ path, object }: Blob, take: (bytes: Uint8Array) => void): void {
    if (this.#root === undefined) return;
    const bytes = readBytes(join(this.#root, path));
    if (typeof bytes !== 'string' && blobId(bytes, object) === object) take(bytes);
  }

  #read(wanted: BlobFile): void {
    let isRead = false;
    this.#fromFolder({ path: wanted.path, object: wanted.id }, (bytes) => {
      wanted.fill(bytes);
      isRead = true;
    });
    if (isRead) return;
    const objects = this.#singles++ < MOST_SINGLE ? [wanted.id] : [...this.#waiting.keys()];
    const blobs = objects.map((object) => ({ path: object, object }));
    for (const { path: object, bytes } of readBlobs(this.#ask, blobs, new LeftOutList())) {
      for (const file of this.#waiting.get(object) ?? []) file.fill(bytes);
      this.#waiting.delete(object);
    }
  }
}

class BlobFile implements SourceFile {
  readonly path: string;
  readonly id: string;
  readonly #read: (file: BlobFile) => void;
  #bytes: Uint8Array | undefined;

  constructor(path: string, id: string, read: (file: BlobFile) => void) {
    this.path = path;
    this.id = id;
    this.#read = read;
  }

  fill(bytes: Uint8Array): void {
    this.#bytes = bytes;
  }

  get bytes(): Uint8Array {
    if (this.#bytes === undefined) this.#read(this);
    if (this.#bytes === undefined)
      throw new ConfigError('source-unreadable', `${this.path}: Git does not have its object ${this.id} any more`);
    return this.#bytes;
  }
}
