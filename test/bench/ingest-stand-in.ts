/** A process that ingests a folder with a stand-in for the model, so that its memory can be measured. */
import { ingestInto, standIn } from './ingest.ts';

const [docsDir = '', storeUri = ''] = process.argv.slice(2);
await ingestInto(storeUri, docsDir, standIn());
