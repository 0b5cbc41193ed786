import { readConfig } from '@accord/kernel';
import { startGateway } from './start.js';

const gateway = await startGateway(readConfig(process.env));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gateway.close().then(() => process.exit(0)));
