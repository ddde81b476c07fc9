import { ConfigError } from '@plumbline/core';

/** What stops all reading of a cluster: exit code 2. */
export function unreachable(message: string, cause?: unknown): ConfigError {
  return new ConfigError('source-unreadable', message, cause === undefined ? undefined : { cause });
}
