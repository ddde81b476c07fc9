import { ConfigError } from '@plumbline/core';
import { MAX_FILE_BYTES } from '@plumbline/sources';

const TIMEOUT_MS = 30_000;

/** Fetches a schema: the only access to a network that the command has, and only where `plumbline schema add` is given a URL. */
export async function fetchSchema(url: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'follow' });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new ConfigError('source-unreadable', `${url} cannot be fetched: ${cause}`, { cause: error });
  }
  if (!response.ok) throw new ConfigError('source-unreadable', `${url} cannot be fetched: the server answers ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  // A body may be longer than its header says.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_FILE_BYTES) throw new ConfigError('source-unreadable', `${url} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
