// Merging of JSON documents, and of Kubernetes objects by the topology of their type (`Topology`: what its lists and maps are merged by).
//
// JSON patch (RFC 6902)        applyJsonPatch, diffJsonPatch, invertJsonPatch
// merge patch (RFC 7386)       applyMergePatch, createMergePatch; createThreeWayMergePatch as kubectl makes it without a schema
// strategic merge patch        applyStrategicPatch as the server, createTwoWayPatch and createThreeWayPatch as kubectl, or safe
// server-side apply            serverSideApply, serverSideUpdate for objects with managedFields; applyConfiguration where nobody owns fields
//   its parts                  applyConfig, updateObject; mergeTyped, compareTyped, fieldsOf, removeFields, extractFields, validate; field sets
//
// No argument is edited; what did not change is shared with the result. What cannot be done throws MergeError, with a code.
export { applyConfiguration } from './apply/apply-configuration.ts';
export { type Comparison, compareTyped, isSameComparison } from './apply/compare-typed.ts';
export { type Path, type PathElement, pathText } from './apply/element.ts';
export {
  difference,
  differenceBelow,
  type FieldNode,
  type FieldSet,
  fieldSet,
  hasPath,
  intersection,
  isSameSet,
  leaves,
  NO_FIELDS,
  pathsOf,
  union,
} from './apply/field-set.ts';
export { fieldsOf } from './apply/fields-of.ts';
export { readFieldsV1, writeFieldsV1 } from './apply/fields-v1.ts';
export {
  type ManagedFields,
  type Owner,
  ownerId,
  ownerOf,
  readManagedFields,
  writeManagedFields,
} from './apply/managed-fields.ts';
export { mergeTyped } from './apply/merge-typed.ts';
export { extractFields, extractFieldsWithKeys, removeFields } from './apply/pick.ts';
export { reconcileFields } from './apply/reconcile.ts';
export {
  type ApplyConflict,
  type ApplyRequest,
  type Request,
  type ServerApplied,
  serverSideApply,
  serverSideUpdate,
} from './apply/server-apply.ts';
export {
  type Applied,
  applyConfig,
  type Conflict,
  type Conflicts,
  type Managed,
  type Managers,
  type Typed,
  type UpdateOptions,
  updateObject,
} from './apply/update.ts';
export { assertValid, type TypeProblem, type ValidateOptions, validate } from './apply/validate.ts';
export { applyJsonPatch } from './json-patch/apply-json-patch.ts';
export { type DiffOptions, diffJsonPatch } from './json-patch/diff-json-patch.ts';
export { invertJsonPatch } from './json-patch/invert-json-patch.ts';
export { type JsonPatch, type JsonPatchOperation, readJsonPatch } from './json-patch/operation.ts';
export { parseJson } from './json-text.ts';
export { MergeError, type MergeErrorCode } from './merge-error.ts';
export { applyMergePatch } from './merge-patch/apply-merge-patch.ts';
export { createMergePatch, diffMergePatch, type MergePatchDiff } from './merge-patch/diff-merge-patch.ts';
export { createThreeWayMergePatch, onlyNulls, withoutNulls } from './merge-patch/three-way-merge-patch.ts';
export { sortMergingLists } from './strategic/sort-merging-lists.ts';
export {
  applyStrategicPatch,
  createThreeWayPatch,
  createTwoWayPatch,
  type StrategicOptions,
  type ThreeWayOptions,
} from './strategic/strategic-merge-patch.ts';
export {
  DEDUCED,
  type FieldTopology,
  type ListTopology,
  type MapTopology,
  type ScalarKind,
  type Topology,
  UNTYPED,
} from './topology.ts';
export { isSame } from './value.ts';
