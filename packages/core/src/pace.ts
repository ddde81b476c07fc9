/** The part of an AbortSignal that the engine reads. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

const FILES_A_CHUNK = 1000;

/** Lets others run between chunks of work. Does nothing, and gives nothing to wait for, where nobody can abort. */
export interface Pace {
  /** Counts one file; every so many there is a pause to wait for. */
  tick(): Promise<void> | undefined;
  /** A pause now. */
  pause(): Promise<void> | undefined;
}

export function paceOf(signal: AbortSignalLike | undefined): Pace {
  if (signal === undefined) return { tick: () => undefined, pause: () => undefined };
  const stopIfAborted = (): void => {
    if (signal.aborted) throw signal.reason ?? new Error('the check was aborted');
  };
  const pause = (): Promise<void> =>
    new Promise<void>((resolve) => {
      stopIfAborted();
      setTimeout(resolve, 0);
    }).then(stopIfAborted);
  let count = 0;
  return { pause, tick: () => (++count % FILES_A_CHUNK === 0 ? pause() : undefined) };
}
