export type { ChangeClass, DriftChange, Owner } from './change.ts';
export { type DriftOptions, driftOfObject, type KindPorts, type ObjectDrift } from './object-drift.ts';
