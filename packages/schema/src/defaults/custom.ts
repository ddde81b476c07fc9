import { isArray, isObject, type JsonObject, type JsonValue, member, setMember } from '@plumbline/core';
import { copyOf, type Draft, type DraftValue, isDraft } from './draft.ts';

// apiextensions-apiserver/pkg/apiserver/schema/defaulting: the defaults of a structural schema.

/** Fills in a draft of a custom resource by the schema of its version: nulls that may not be, first, then the defaults. */
export function fillCustom(draft: Draft, schema: JsonObject): void {
  dropNulls(draft, schema);
  fillDefaults(draft, schema);
}

function presetOf(schema: JsonValue | undefined): JsonValue | undefined {
  return member(schema, 'default') ?? undefined;
}

function mayBeNull(schema: JsonValue | undefined): boolean {
  return member(schema, 'nullable') === true;
}

/** A null that its schema does not take and that no default stands in for counts as not written. */
function dropNulls(value: DraftValue, schema: JsonValue | undefined): void {
  if (Array.isArray(value)) for (const one of value) dropNulls(one, member(schema, 'items'));
  if (!isDraft(value)) return;
  for (const [key, one] of Object.entries(value)) {
    const own = member(member(schema, 'properties'), key) ?? moreOf(schema);
    if (one === null && isObject(own) && !mayBeNull(own) && presetOf(own) === undefined) delete value[key];
    else dropNulls(one, own);
  }
}

function fillDefaults(value: DraftValue, schema: JsonValue | undefined): void {
  if (!isObject(schema)) return;
  if (Array.isArray(value)) {
    const items = member(schema, 'items');
    value.forEach((one, index) => {
      if (one === null && isObject(items) && !mayBeNull(items)) value[index] = copyOf(presetOf(items) ?? null);
      fillDefaults(value[index] ?? null, items);
    });
  }
  if (!isDraft(value)) return;
  const properties = member(schema, 'properties');
  for (const [key, one] of Object.entries(isObject(properties) ? properties : {})) {
    const preset = presetOf(one);
    if (preset === undefined) continue;
    const isMissing = !Object.hasOwn(value, key) || (value[key] === null && !mayBeNull(one));
    if (isMissing) setMember(value, key, copyOf(preset));
  }
  const more = moreOf(schema);
  for (const key of Object.keys(value)) {
    const own = member(properties, key);
    if (own === undefined && more !== undefined && value[key] === null && !mayBeNull(more))
      setMember(value, key, copyOf(presetOf(more) ?? null));
    fillDefaults(value[key] ?? null, own ?? more);
  }
}

/** The schema of members that have none of their own. */
function moreOf(schema: JsonValue | undefined): JsonObject | undefined {
  const more = member(schema, 'additionalProperties');
  return isObject(more) && !isArray(more) ? more : undefined;
}
