import { decode, type Repository } from '@plumbline/core';

/** A program, a document, a pipeline: what is in the repository and is no configuration in sight. */
export interface OtherText {
  readonly path: string;
  readonly text: string;
}

const MOST_FILES = 4_000;
const MOST_BYTES = 32_000_000;
/** Larger ones are data. */
const LARGEST = 500_000;

const NO_TEXT =
  /\.(?:png|jpe?g|gif|ico|svg|webp|pdf|zip|t?gz|tar|xz|bz2|zst|jar|war|so|a|o|exe|dll|wasm|woff2?|ttf|eot|mp[34]|mov|pem|crt|key|lock|sum|map|pyc|class|bin|db|parquet|csv)$/i;
/** What others wrote for other repositories. */
const OF_OTHERS = /(?:^|\/)(?:vendor|node_modules|third_party|\.git|\.terraform|\.venv)\//;

/** The texts of a repository beyond `inSight`, read one after the other. Gives undefined at last where there were more than may be read. */
export function* otherTexts({ inputs }: Repository, inSight: ReadonlySet<string>): Generator<OtherText | undefined> {
  const paths = inputs.list('').filter((path) => !inSight.has(path) && !NO_TEXT.test(path) && !OF_OTHERS.test(path));
  let left = MOST_BYTES;
  for (const path of paths.slice(0, MOST_FILES)) {
    const bytes = inputs.read(path)?.bytes;
    if (bytes === undefined || bytes.length > LARGEST || bytes.subarray(0, 1000).includes(0)) continue;
    left -= bytes.length;
    if (left < 0) return yield undefined;
    yield { path, text: decode(bytes).text };
  }
  if (paths.length > MOST_FILES) yield undefined;
}
