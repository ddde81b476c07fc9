import type { ApplyingObject, BuildRequest, FieldPath, InputReader, Place, ReferredObject } from '@plumbline/core';
import { contentId } from './content-id.ts';
import { plainText } from './plain-text.ts';

/** What a build asked, and what it was answered: the same answers, the same build. */
export interface Trace {
  /** Path and id of what stood there in turn; null where nothing did. */
  readonly files: readonly (string | null)[];
  /** Path and whether it is a folder in turn. */
  readonly folders: readonly (string | boolean)[];
  /** Other questions and the answers in turn, both as JSON. */
  readonly others?: readonly string[];
}

type Part = 'key' | 'value' | undefined;

/** What else may be asked. */
type Question =
  | readonly ['files below', string]
  | readonly ['list', string]
  | readonly ['deployer']
  | readonly ['deployer at', FieldPath, Part?]
  | readonly ['folder of', string]
  | readonly ['found', string, string | null, string]
  | readonly ['found at', string, string | null, string, FieldPath, Part?];

/** A request and files that note what is asked of them. */
export interface Tracing {
  readonly request: BuildRequest;
  readonly inputs: InputReader;
  /** Undefined where an answer cannot be kept as text. */
  trace(): Trace | undefined;
}

export function createTrace(request: BuildRequest, inputs: InputReader): Tracing {
  const files = new Map<string, string | null>();
  const folders = new Map<string, boolean>();
  const others = new Map<string, string | undefined>();
  const note = (question: Question): void => {
    const text = JSON.stringify(question);
    if (!others.has(text)) others.set(text, answerTo(question, request, inputs));
  };
  note(['deployer']);
  return {
    request: tracedRequest(request, note),
    inputs: {
      read(path) {
        const file = inputs.read(path);
        if (!files.has(path)) files.set(path, file === undefined ? null : contentId(file));
        return file;
      },
      isFolder(path) {
        const is = inputs.isFolder(path);
        folders.set(path, is);
        return is;
      },
      filesBelow(folder) {
        note(['files below', folder]);
        return inputs.filesBelow(folder);
      },
      list(folder) {
        note(['list', folder]);
        return inputs.list(folder);
      },
    },
    trace() {
      const told: string[] = [];
      for (const [question, answer] of others) {
        if (answer === undefined) return undefined;
        told.push(question, answer);
      }
      return { files: [...files].flat(), folders: [...folders].flat(), others: told };
    },
  };
}

function tracedRequest(request: BuildRequest, note: (question: Question) => void): BuildRequest {
  const { deployer } = request;
  return {
    ...request,
    ...(deployer === undefined ? {} : { deployer: tracedDeployer(deployer, note) }),
    lookUp(kind, namespace, name) {
      note(['found', kind, namespace ?? null, name]);
      const found = request.lookUp(kind, namespace, name);
      if (found === undefined) return undefined;
      const traced: ReferredObject = {
        ...found,
        locate(path, part) {
          note(['found at', kind, namespace ?? null, name, path, part]);
          return found.locate(path, part);
        },
      };
      return traced;
    },
  };
}

function tracedDeployer(deployer: ApplyingObject, note: (question: Question) => void): ApplyingObject {
  return {
    ...deployer,
    locate(path, part): Place {
      note(['deployer at', path, part]);
      return deployer.locate(path, part);
    },
    folderOf(path) {
      note(['folder of', path]);
      return deployer.folderOf(path);
    },
  };
}

/** Whether all that was asked is answered in the same way now. */
export function holds({ files, folders, others = [] }: Trace, request: BuildRequest, inputs: InputReader): boolean {
  for (let at = 0; at < files.length; at += 2) {
    const file = inputs.read(String(files[at]));
    if ((file === undefined ? null : contentId(file)) !== files[at + 1]) return false;
  }
  for (let at = 0; at < folders.length; at += 2) if (inputs.isFolder(String(folders[at])) !== folders[at + 1]) return false;
  for (let at = 0; at < others.length; at += 2) {
    const question = JSON.parse(others[at] ?? '') as Question; // as createTrace wrote it
    if (answerTo(question, request, inputs) !== others[at + 1]) return false;
  }
  return true;
}

/** The answer as text; undefined where it has none. */
function answerTo(question: Question, { deployer, lookUp }: BuildRequest, inputs: InputReader): string | undefined {
  switch (question[0]) {
    case 'files below':
      return JSON.stringify(inputs.filesBelow(question[1]));
    case 'list':
      return JSON.stringify(inputs.list(question[1]));
    case 'deployer':
      if (deployer === undefined) return 'null';
      return plainText([deployer.label, deployer.object, deployer.source]);
    case 'deployer at':
      return JSON.stringify(deployer?.locate(question[1], question[2] ?? undefined) ?? null);
    case 'folder of':
      return JSON.stringify(deployer?.folderOf(question[1]) ?? null);
    case 'found': {
      const found = lookUp(question[1], question[2] ?? undefined, question[3]);
      return found === undefined ? 'null' : plainText([found.object, found.encrypted === true]);
    }
    case 'found at':
      return JSON.stringify(
        lookUp(question[1], question[2] ?? undefined, question[3])?.locate(question[4], question[5] ?? undefined) ?? null,
      );
  }
}
