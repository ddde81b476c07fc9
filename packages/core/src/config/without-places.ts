import type { Config } from './config.ts';

/** Without the places at which what was read from a file says that it stands. */
export function withoutPlaces(config: Config): Config {
  const waivers = config.waivers?.map(({ location: _, ...waiver }) => waiver);
  const ignore = config.drift?.ignore?.map(({ location: _, ...rule }) => rule);
  return {
    ...config,
    ...(waivers === undefined ? {} : { waivers }),
    ...(ignore === undefined ? {} : { drift: { ...config.drift, ignore } }),
  };
}
