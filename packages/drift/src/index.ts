export type { ChangeClass, DriftChange, Owner } from './change.ts';
export { asTaken } from './desired.ts';
export { type Drift, type DriftPorts, driftOf } from './drift.ts';
export { entriesOf, findingsOf } from './entries.ts';
export { type Health, type HealthStatus, healthOf } from './health/health.ts';
export { type DriftOptions, driftOfObject, type KindPorts, type ObjectDrift } from './object-drift.ts';
export { type Pair, pair } from './pair.ts';
export { DRIFT_RULES } from './rules.ts';
