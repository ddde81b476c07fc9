// Turns the definitions of every version into one table of types. Equal types share a line, across versions too,
// and a type's line changes only when something below it does: equal lines mean equal verdicts.
const PRIMITIVES = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'q',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'x',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 't',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'u',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'o',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Patch': 'o',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'o',
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON': 'a',
};
const CRD = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.';
const PROPS_OR = {
  [`${CRD}JSONSchemaPropsOrBool`]: 'jb',
  [`${CRD}JSONSchemaPropsOrArray`]: 'ja',
  [`${CRD}JSONSchemaPropsOrStringArray`]: 'js',
};
const PRIMITIVE_TEXTS = new Set(Object.values(PRIMITIVES));
const FORMATS = { int32: 'i4', int64: 'i8', byte: 'y', double: 'n', 'date-time': 't' };

const shortName = (name) => name.replace(/^io\.k8s\.(api\.|apimachinery\.pkg\.apis\.|(?:.*)\.pkg\.apis\.)/, '');
const typesOf = (schema) => [schema.type].flat().filter((type) => type !== 'null' && type !== undefined);

/** The text of a field's type; `refOf` gives what stands for a definition. */
function typeText(schema, refOf) {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').pop();
    if (PRIMITIVES[name]) return PRIMITIVES[name];
    if (PROPS_OR[name]) return `${PROPS_OR[name]}${refOf(`${CRD}JSONSchemaProps`)}`;
    return refOf(name);
  }
  const [type] = typesOf(schema);
  switch (type) {
    case 'string':
      return schema.format === undefined ? 's' : known(FORMATS[schema.format], schema);
    case 'integer':
      return schema.format === undefined ? 'i8' : known(FORMATS[schema.format], schema);
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    case 'array':
      return `[${typeText(schema.items, refOf)}`;
    case 'object':
      return schema.additionalProperties ? `{${typeText(schema.additionalProperties, refOf)}` : 'o';
    default:
      return known(undefined, schema);
  }
}

function known(value, schema) {
  if (value === undefined) throw new Error(`a schema of a form that the generator does not know: ${JSON.stringify(schema)}`);
  return value;
}

/**
 * What Go makes of a member that is empty or not written: `v` a structure that is always there (`w`: but written only where it
 * has something), `p` a value that is kept as it was written, `z` a value that is written although it is zero. Else it is not.
 */
function writtenAs(text, facts) {
  if (facts?.isPointer === undefined) return undefined;
  if (/^\d/.test(text)) return facts.isPointer ? undefined : facts.isOmittedAtZero ? 'w' : 'v';
  if (facts.isPointer) return /^[[{]/.test(text) ? undefined : 'p';
  // Quantities and their like are structures, which omitempty never leaves out.
  if (text === 'q' || text === 'x') return facts.isOmittedAtZero ? undefined : 'z';
  return facts.isOmitted || facts.isOmittedAtZero ? undefined : 'z';
}

function attributes(text, schema, facts) {
  const parts = [];
  const list = schema['x-kubernetes-list-type'];
  if (list === 'map') parts.push(`map=${schema['x-kubernetes-list-map-keys'].join(',')}`);
  else if (list !== undefined) parts.push(list);
  if (schema['x-kubernetes-map-type'] === 'atomic') parts.push('atomic');
  const strategy = schema['x-kubernetes-patch-strategy'];
  if (strategy !== undefined) parts.push(`patch=${strategy}`);
  if (schema['x-kubernetes-patch-merge-key'] !== undefined) parts.push(`key=${schema['x-kubernetes-patch-merge-key']}`);
  const written = writtenAs(text, facts);
  if (written !== undefined) parts.push(written);
  if (facts?.default !== undefined) parts.push(`default=${JSON.stringify(facts.default)}`);
  if (facts?.enum !== undefined) parts.push(`enum=${facts.enum.join('|')}`);
  for (const part of parts) if (part.includes(';')) throw new Error(`an attribute holds the separator: ${part}`);
  return parts.map((part) => `;${part}`).join('');
}

function line(name, definition, facts, refOf) {
  const gvks = definition['x-kubernetes-group-version-kind'];
  const properties = {};
  for (const [field, schema] of Object.entries(definition.properties ?? {})) {
    if (gvks?.length === 1 && (field === 'apiVersion' || field === 'kind')) properties[field] = 's';
    else {
      const text = typeText(schema, refOf);
      properties[field] = text + attributes(schema.$ref !== undefined && !PRIMITIVE_TEXTS.has(text) ? '0' : text, schema, facts[field]);
    }
  }
  const text = { n: shortName(name), p: properties };
  if (definition.required?.length > 0) text.r = [...definition.required].sort();
  if (definition['x-kubernetes-map-type'] === 'atomic') text.m = 1;
  return JSON.stringify(text);
}

/**
 * `versions`: minor → {definitions, fields}; `roots`: minor → names that must be in the table.
 * Gives the lines, and per minor the line number of each root.
 */
export function compact(versions, roots) {
  const nodes = new Map();
  for (const [minor, { definitions, fields }] of versions) {
    const reach = (name) => {
      const id = `${minor}:${name}`;
      if (nodes.has(id)) return;
      const definition = definitions[name];
      if (!definition) throw new Error(`no definition ${name} in 1.${minor}`);
      const refs = new Set();
      line(name, definition, {}, (ref) => {
        refs.add(ref);
        return '';
      });
      nodes.set(id, { minor, name, definition, facts: fields[name] ?? {} });
      for (const ref of refs) reach(ref);
    };
    for (const name of roots.get(minor)) reach(name);
  }
  // Colour refinement: types are equal when their text is, with what they refer to named by its own class. Works for types that contain themselves.
  let classes = new Map([...nodes].map(([id, node]) => [id, node.name]));
  let count = 0;
  for (;;) {
    const ids = new Map();
    const next = new Map();
    for (const [id, node] of nodes) {
      const text = line(node.name, node.definition, node.facts, (ref) => `<${classes.get(`${node.minor}:${ref}`)}>`);
      if (!ids.has(text)) ids.set(text, ids.size);
      next.set(id, ids.get(text));
    }
    classes = next;
    if (ids.size === count) break;
    count = ids.size;
  }
  // Numbered by name, then by first appearance, so that a new version moves few lines.
  const first = new Map();
  for (const [id, node] of nodes) if (!first.has(classes.get(id))) first.set(classes.get(id), node);
  const ordered = [...first].sort(([, a], [, b]) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.minor - b.minor));
  const numbers = new Map(ordered.map(([key], index) => [key, index]));
  const numberOf = (minor, name) => numbers.get(classes.get(`${minor}:${name}`));
  const lines = ordered.map(([, node]) => line(node.name, node.definition, node.facts, (ref) => String(numberOf(node.minor, ref))));
  return { lines, numberOf };
}
