// Installs and builds what is missing or old, and nothing else.
import { bootstrap } from './bootstrap.mjs';

await bootstrap();
