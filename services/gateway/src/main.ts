import { readConfig, runProcess } from '@accord/kernel';
import { startGateway } from './start.js';

await runProcess(async () => startGateway(readConfig(process.env)));
