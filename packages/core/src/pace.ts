/** The part of an AbortSignal that the engine reads. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

const FILES_A_CHUNK = 1000;

/** Counts files; every so many it gives a pause to wait for. Nothing but a count where nobody can abort. */
export function paceOf(signal: AbortSignalLike | undefined): () => Promise<void> | undefined {
  if (signal === undefined) return () => undefined;
  const stopIfAborted = (): void => {
    if (signal.aborted) throw signal.reason ?? new Error('the check was aborted');
  };
  let count = 0;
  return () => {
    if (count++ % FILES_A_CHUNK !== 0) return undefined;
    stopIfAborted();
    return new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    }).then(stopIfAborted);
  };
}
