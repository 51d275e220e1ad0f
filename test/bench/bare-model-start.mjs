// A worker on Node 20 doesn't take the TypeScript loader from `execArgv`, so it registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./bare-model-worker.ts');
