// Turns the types of a group's kinds into lines, as schemas/kubernetes has them: equal structures share one.

/** What every object has; the types of a kind leave it out or say it in their own way. */
const OF_EVERY_OBJECT = { apiVersion: 's', kind: 's', metadata: 'a', status: 'a' };

/**
 * `kinds`: [{key, place}]; `models`: {resolve, placeOf}. Gives the lines and, by key, the line of each kind.
 */
export function compact(kinds, models) {
  const nodes = new Map();
  const idOf = ({ owner, path, name }) => `${owner}\n${path}\n${name}`;

  /** The text of a type, in which `<ID>` stands for a structure; notes the structures on the way. */
  function textOf(type, place, id, open) {
    switch (type?.kind) {
      case 's':
      case 'n':
      case 'b':
        return type.kind;
      case 'list':
        return `[${textOf(type.of, place, `${id}[]`, open)}`;
      case 'map':
        return `{${textOf(type.of, place, `${id}{}`, open)}`;
      case 'object':
        return note(id, type, place) ? `<${id}>` : 'a';
      case 'ref': {
        const target = models.placeOf(place.owner, place.path, type.name);
        const targetId = target && idOf(target);
        if (target === undefined || open.has(targetId)) return 'a';
        const inner = models.resolve(target);
        // A structure may hold itself; any other type that does is none.
        return textOf(inner, target, targetId, inner?.kind === 'object' ? new Set() : new Set([...open, targetId]));
      }
      default:
        return 'a';
    }
  }

  /** Notes a structure with all that it extends; false where some of that is not at hand. */
  function note(id, type, place, without = {}) {
    if (nodes.has(id)) return true;
    const members = membersOf(type, place);
    if (members === undefined) return false;
    const fields = {};
    nodes.set(id, fields);
    for (const name of [...members.keys()].sort()) {
      if (without[name] !== undefined) continue;
      const { type: one, place: from } = members.get(name);
      fields[name] = textOf(one, from, `${id}.${name}`, new Set());
    }
    return true;
  }

  function membersOf({ fields, bases = [] }, place) {
    const members = new Map();
    for (const base of bases) {
      // It has apiVersion and kind.
      if (base === 'TypeMeta') continue;
      const target = models.placeOf(place.owner, place.path, base);
      const type = target && models.resolve(target);
      const own = type?.kind === 'object' ? membersOf(type, target) : undefined;
      if (own === undefined) return undefined;
      for (const [name, member] of own) members.set(name, member);
    }
    for (const [name, type] of fields) members.set(name, { type, place });
    return members;
  }

  const roots = new Map();
  for (const { key, place } of kinds) {
    const type = models.resolve(place);
    if (type?.kind !== 'object') continue;
    if (!note(idOf(place), type, place, OF_EVERY_OBJECT)) continue;
    Object.assign(nodes.get(idOf(place)), OF_EVERY_OBJECT);
    roots.set(key, idOf(place));
  }

  // Colour refinement, as in schemas/kubernetes: works for structures that hold themselves.
  let classes = new Map([...nodes.keys()].map((id) => [id, 0]));
  for (let count = 0; ; ) {
    const ids = new Map();
    const next = new Map();
    for (const [id, fields] of nodes) {
      const text = lineOf(fields, (ref) => `<${classes.get(ref)}>`);
      if (!ids.has(text)) ids.set(text, ids.size);
      next.set(id, ids.get(text));
    }
    classes = next;
    if (ids.size === count) break;
    count = ids.size;
  }
  const first = new Map();
  for (const id of nodes.keys()) if (!first.has(classes.get(id))) first.set(classes.get(id), id);
  const numbers = new Map([...first.keys()].map((key, index) => [key, index]));
  const numberOf = (id) => numbers.get(classes.get(id));
  return {
    lines: [...first.values()].map((id) => lineOf(nodes.get(id), (ref) => String(numberOf(ref)))),
    numbers: new Map([...roots].map(([key, id]) => [key, numberOf(id)])),
  };
}

function lineOf(fields, refOf) {
  const written = Object.entries(fields).map(([name, text]) => [name, text.replace(/<(.*)>/s, (_all, id) => refOf(id))]);
  return JSON.stringify({ n: '', p: Object.fromEntries(written) });
}
