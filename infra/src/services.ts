import { startGateway } from '@accord/gateway';
import type { Config } from '@accord/kernel';
import { startWorker } from '@accord/worker';
import { portTaken } from './free-port.js';
import { codeOf } from './problem.js';
import type { Shutdown } from './shutdown.js';

const STOP_MILLISECONDS = 2_000;

/** Starts gateway and worker in this process. @returns the gateway's address. */
export async function startServices(config: Config, shutdown: Shutdown): Promise<string> {
  const worker = await startWorker(config);
  const services = [worker];
  shutdown.add('gateway and worker', STOP_MILLISECONDS, async () => {
    await Promise.all(services.map((service) => service.close()));
  });
  try {
    const gateway = await startGateway(config);
    services.push(gateway);
    return gateway.url;
  } catch (error) {
    throw codeOf(error) === 'EADDRINUSE' ? portTaken(config.PORT, 'PORT') : error;
  }
}
