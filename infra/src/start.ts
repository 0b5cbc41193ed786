import { constants } from 'node:os';
import { COMMAND } from './command.js';
import { launch } from './launch.js';
import { findLauncher, onEnd } from './launcher.js';
import { describeError, Problem } from './problem.js';
import { createProgress } from './progress.js';
import { Shutdown } from './shutdown.js';
import { welcome } from './welcome.js';

const USAGE = `Usage: ${COMMAND.start} [--reset]
  --reset   delete the embedded database and everything with it, then start with a new one
infra/README.md explains the variables.`;

/** A terminal and pnpm may both pass on one Ctrl-C. */
const SAME_KEY_PRESS_MILLISECONDS = 300;
/** The steps of the shutdown have their own limits; this is for all of them together. */
const STOP_MILLISECONDS = 4_800;

/** `pnpm start`: runs Accord until a signal or a failure ends it. */
export async function main(argv: readonly string[]): Promise<void> {
  const print = (text: string): void => void process.stdout.write(text);
  const shutdown = new Shutdown();
  let stoppingSince: number | undefined;

  const stop = async (exitCode: number): Promise<void> => {
    stoppingSince = performance.now();
    setTimeout(() => process.exit(exitCode || 1), STOP_MILLISECONDS).unref();
    await shutdown.run((line) => console.error(line));
    process.exit(exitCode);
  };
  const fail = (error: unknown): void => {
    // While stopping, what still runs may well complain that the rest is gone.
    if (stoppingSince !== undefined) return;
    console.error(`\n${describeError(error, process.env['LOG_LEVEL'] === 'debug')}`);
    void stop(1);
  };
  const stopInOrder = (): void => {
    if (stoppingSince !== undefined) return;
    print('\nStopping … (once more to stop at once)\n');
    void stop(0);
  };
  const onSignal = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void => {
    if (stoppingSince === undefined) {
      stopInOrder();
    } else if (performance.now() - stoppingSince > SAME_KEY_PRESS_MILLISECONDS) {
      process.exit(128 + constants.signals[signal]);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const launcher = findLauncher();
  if (launcher !== undefined) onEnd(launcher, stopInOrder);
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);

  try {
    const { reset } = readArguments(argv);
    const report = createProgress(print);
    const launched = await launch({ env: process.env, reset, report, shutdown, onFailure: fail });
    if (stoppingSince === undefined) print(welcome(launched, process.env));
  } catch (error) {
    fail(error);
  }
}

function readArguments(argv: readonly string[]): { reset: boolean } {
  const given = argv.filter((argument) => argument !== '--');
  const unknown = given.find((argument) => argument !== '--reset');
  if (unknown !== undefined)
    throw new Problem(unknown === '--help' ? USAGE : `${unknown} is not known here.\n${USAGE}`);
  return { reset: given.includes('--reset') };
}
