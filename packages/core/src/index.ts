export type { Before, Past } from './check/before.ts';
export { collect, type ExternalObject } from './check/collect.ts';
export { ENGINE_RULES } from './check/engine-rules.ts';
export type { Inventory, Selector } from './check/inventory.ts';
export type { KindCatalogue } from './check/kinds.ts';
export { mayGainFields } from './check/may-gain-fields.ts';
export { meantPath } from './check/meant-path.ts';
export { containersOf, type PlacedContainer, POD_KINDS, type PodSpec, podSpecOf } from './check/pods.ts';
export type { PathKind, Repository, RepositoryDeployer } from './check/repository.ts';
export type {
  FileProblem,
  FileRule,
  FindingClass,
  NotEvaluated,
  Pack,
  Problem,
  Related,
  ResourceRule,
  Rule,
  RuleContext,
  RuleInfo,
  RuleSet,
  Severity,
} from './check/rule.ts';
export { type Classification, type ClassifyOptions, classify } from './classify/classify.ts';
export { FIRST_LOOK, type FirstLook } from './classify/first-look.ts';
export { type GraphEdge, type GraphNode, type GraphOptions, type RepositoryGraph, repositoryGraph } from './classify/graph.ts';
export { reachOfFolder } from './classify/graph-reach.ts';
export { isBelow, resolvePath } from './classify/repository-path.ts';
export type { Unit, UnitGroup } from './classify/unit.ts';
export { placeInCelRule } from './config/cel-rule-places.ts';
export type {
  CelRuleConfig,
  Config,
  DriftConfig,
  DriftIgnore,
  EnvironmentConfig,
  LayerConfig,
  Preset,
  RuleSetting,
  Waiver,
} from './config/config.ts';
export { CONFIG_SCHEMA } from './config/config-schema.ts';
export { placeInIgnoreRule } from './config/ignore-rule-places.ts';
export { type ConfigLoader, checkConfig, loadConfig, mergeConfigs, parseConfig } from './config/parse-config.ts';
export { applyEdits } from './edit/apply-edits.ts';
export type { Change, Fix, TextEdit } from './edit/change.ts';
export { toEdits } from './edit/edit.ts';
export {
  type Applied,
  type CheckOptions,
  createEngine,
  type Engine,
  type EngineOptions,
  type SchemaPort,
} from './engine.ts';
export { type History, historyMissing, type PastText, type PastTexts } from './environments/history.ts';
export { STAGES, type Stage, stageOfName, stageOfWord, withoutStage, wordsOf } from './environments/stage.ts';
export { compareVersions, imageParts, type RunVersion, versionsOfResource } from './environments/versions.ts';
export { type Counterpart, componentKey, type Environment, type Environments, placeOfFolder } from './environments/view.ts';
export { homePath, identityOf } from './expand/expand.ts';
export type {
  ApplyingObject,
  BuildNote,
  BuildProblem,
  BuildRequest,
  BuildResult,
  BuiltObject,
  EntryEffect,
  Expander,
  InputReader,
  KnownIdentity,
  OpenChanges,
  Place,
  ReferredObject,
  Renamed,
} from './expand/expander.ts';
export type { AbortSignalLike } from './pace.ts';
export type { Document, ReadProblem } from './read/document.ts';
export { type Extraction, type ExtractProblem, extract } from './read/extract.ts';
export type { FileAt, Known } from './read/known.ts';
export { decode, parse } from './read/parse.ts';
export type { FileRole, ParsedFile } from './read/parsed-file.ts';
export { placeInScalar, type Spot } from './read/place-in-scalar.ts';
export type { Resource } from './read/resource.ts';
export type { SourceFile } from './read/source-file.ts';
export type { Finding, Origin, PolicyRef, ResourceRef, Suppression } from './report/finding.ts';
export type { DriftEntry, DriftEntryChange, LeftOut, Outcome, Report, Revision, Upgrade } from './report/report.ts';
export {
  createSecretMask,
  isSecretKind,
  isSecretText,
  maskMessage,
  maskValues,
  type SecretMask,
  secretMaskOf,
  secretValues,
  setSecretMask,
} from './settle/mask.ts';
export { onlyWorse, type Since } from './settle/since.ts';
export { addTo } from './values/add-to.ts';
export { ConfigError, type ConfigErrorCode, InternalError } from './values/errors.ts';
export { type FieldPath, toDotted, toPointer } from './values/field-path.ts';
export { isPlain, isWritten, listAt, textAt } from './values/fields.ts';
export { hashParts } from './values/fingerprint.ts';
export { pathMatcher } from './values/glob.ts';
export { apiVersionOf, type GroupVersionKind, kindKey, parseGvk } from './values/gvk.ts';
export {
  isArray,
  isEqual,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  member,
  setMember,
  stringify,
  toPlainNumbers,
  valueAt,
} from './values/json.ts';
export { compareQuantities, formatQuantity, parseQuantity, type Quantity } from './values/quantity.ts';
export type { Location, Range } from './values/range.ts';
export { matchesLabels, matchesSelector } from './values/selector.ts';
export { sha256 } from './values/sha256.ts';
export { closest } from './values/similar.ts';
export { isSlip, isSureSlip, meantBy } from './values/slip.ts';
export type { TimingSink } from './watch.ts';
export type { YamlNode } from './yaml/compose.ts';
export { type ReadResult, readKubectl, readLenient, readStream, readStrict } from './yaml/read.ts';
export { readTree, type TreeResult } from './yaml/tree.ts';
