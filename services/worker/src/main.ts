import { readConfig } from '@accord/kernel';
import { startWorker } from './start.js';

const worker = await startWorker(readConfig(process.env));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void worker.close().then(() => process.exit(0)));
