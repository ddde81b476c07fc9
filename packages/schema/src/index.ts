export { explainField, type FieldExplanation } from './explain.ts';
export { toJsonSchema } from './json-schema-of.ts';
export { createJsonSchemaValidator, type JsonSchemaValidator, type SchemaFault } from './json-schema-validator.ts';
export { createKindCatalogue } from './kind-catalogue.ts';
export { hasPlaceholder } from './placeholder.ts';
export { RULE_INFOS } from './rule-infos.ts';
export { createSchemaPort, type SchemaSource } from './schema-port.ts';
export { createSchemaRule } from './schema-rule.ts';
export { type BuiltinKind, createSchemaSet, minorOf, type ReadData, type SchemaSet } from './schema-set.ts';
