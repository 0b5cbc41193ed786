import { reasonOf } from './log.js';

/** How long a process may take to end in order after a signal. */
const FAREWELL_MS = 5000;

/**
 * Runs a service as a process: says in one line why it cannot start, and on INT or TERM lets it finish what
 * is under way, within five seconds.
 */
export async function runProcess(start: () => Promise<{ close(): Promise<void> }>): Promise<void> {
  const service = await start().catch((error: unknown) => {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exit(1);
  });
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), FAREWELL_MS).unref();
    service.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${reasonOf(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
}
