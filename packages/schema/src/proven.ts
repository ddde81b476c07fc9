/** The minors whose verdicts were put beside those of a real API server: as it is, and by its emulation. */
const PROVEN = new Set(['1.34', '1.37']);

/** What is not proven of verdicts for other versions: their schemas and removals are their own, the checks of the server's code are not. */
export function provenLimits(versions: readonly string[]): readonly string[] {
  const others = versions.filter((version) => !PROVEN.has(version));
  if (others.length === 0) return [];
  return [
    `For Kubernetes ${others.join(', ')} schemas and removals are exact; what the server's own code checks is that of 1.37 with the known differences`,
  ];
}
