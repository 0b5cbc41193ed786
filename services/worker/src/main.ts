import { readConfig, runProcess } from '@accord/kernel';
import { startWorker } from './start.js';

await runProcess(async () => startWorker(readConfig(process.env)));
