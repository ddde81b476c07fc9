export { applyEdits } from './apply-edits.ts';
export type { Before, Past } from './before.ts';
export type { Change, Fix, TextEdit } from './change.ts';
export { type Classification, type ClassifyOptions, classify } from './classify/classify.ts';
export { FIRST_LOOK, type FirstLook } from './classify/first-look.ts';
export { type GraphEdge, type GraphNode, type GraphOptions, type RepositoryGraph, repositoryGraph } from './classify/graph.ts';
export { isBelow, resolvePath } from './classify/repository-path.ts';
export { collect, type ExternalObject } from './collect.ts';
export { placeInCelRule } from './config/cel-rule-places.ts';
export { CONFIG_SCHEMA } from './config/config-schema.ts';
export { placeInIgnoreRule } from './config/ignore-rule-places.ts';
export { type ConfigLoader, checkConfig, loadConfig, mergeConfigs, parseConfig } from './config/parse-config.ts';
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
} from './config.ts';
export type { Document, ReadProblem } from './document.ts';
export { toEdits } from './edit.ts';
export {
  type Applied,
  type CheckOptions,
  createEngine,
  type Engine,
  type EngineOptions,
  type SchemaPort,
} from './engine.ts';
export { ENGINE_RULES } from './engine-rules.ts';
export { STAGES, type Stage, stageOfName, stageOfWord, withoutStage, wordsOf } from './environments-stage.ts';
export { compareVersions, imageParts, type RunVersion, versionsOfResource } from './environments-versions.ts';
export { type Counterpart, componentKey, type Environment, type Environments, placeOfFolder } from './environments-view.ts';
export { ConfigError, type ConfigErrorCode, InternalError } from './errors.ts';
export { homePath, identityOf } from './expand.ts';
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
} from './expander.ts';
export { type Extraction, type ExtractProblem, extract } from './extract.ts';
export { type FieldPath, toDotted, toPointer } from './field-path.ts';
export { isPlain, isWritten, listAt, textAt } from './fields.ts';
export type { Finding, Origin, PolicyRef, ResourceRef, Suppression } from './finding.ts';
export { hashParts } from './fingerprint.ts';
export { pathMatcher } from './glob.ts';
export { reachOfFolder } from './graph-reach.ts';
export { apiVersionOf, type GroupVersionKind, kindKey, parseGvk } from './gvk.ts';
export { type History, historyMissing, type PastText, type PastTexts } from './history.ts';
export type { Inventory, Selector } from './inventory.ts';
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
} from './json.ts';
export type { KindCatalogue } from './kinds.ts';
export type { FileAt, Known } from './known.ts';
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
} from './mask.ts';
export { mayGainFields } from './may-gain-fields.ts';
export { meantPath } from './meant-path.ts';
export type { AbortSignalLike } from './pace.ts';
export { decode, parse } from './parse.ts';
export type { FileRole, ParsedFile } from './parsed-file.ts';
export { placeInScalar, type Spot } from './place-in-scalar.ts';
export { containersOf, type PlacedContainer, POD_KINDS, type PodSpec, podSpecOf } from './pods.ts';
export { compareQuantities, formatQuantity, parseQuantity, type Quantity } from './quantity.ts';
export type { Location, Range } from './range.ts';
export type { DriftEntry, DriftEntryChange, LeftOut, Outcome, Report, Revision, Upgrade } from './report.ts';
export type { PathKind, Repository, RepositoryDeployer } from './repository.ts';
export type { Resource } from './resource.ts';
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
} from './rule.ts';
export { matchesLabels, matchesSelector } from './selector.ts';
export { sha256 } from './sha256.ts';
export { closest } from './similar.ts';
export { onlyWorse, type Since } from './since.ts';
export { isSlip, isSureSlip, meantBy } from './slip.ts';
export type { SourceFile } from './source-file.ts';
export type { Unit, UnitGroup } from './unit.ts';
export type { TimingSink } from './watch.ts';
export type { YamlNode } from './yaml/compose.ts';
export { type ReadResult, readKubectl, readLenient, readStream, readStrict } from './yaml/read.ts';
export { readTree, type TreeResult } from './yaml/tree.ts';
