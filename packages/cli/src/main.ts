import { run } from './run.ts';
import { createTerminal } from './terminal.ts';

run(process.argv.slice(2), createTerminal()).then((code) => {
  process.exitCode = code;
});
