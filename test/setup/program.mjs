import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How long a program gets to end by itself after a signal. */
const FAREWELL_MS = 3_000;

let running;
let interrupt;

/** The exit code that a signal asks for, once one came. */
export const interruptedBy = () => (interrupt === undefined ? undefined : 128 + constants.signals[interrupt]);

/** Lets the running program hear of a signal first, so that what it uses is stopped after it. */
export function passSignalsOn() {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      interrupt ??= signal;
      if (running === undefined) return;
      const group = running;
      sendToGroup(group, signal);
      setTimeout(() => sendToGroup(group, 'SIGKILL'), FAREWELL_MS).unref();
    });
  }
}

/**
 * Runs a script on this Node.js, in a process group of its own, and ends what it left behind: gateways and
 * workers of a suite that failed half-way, a database server of its own.
 * @returns its exit code, or 1 when it was not to be run because of a signal.
 */
export async function runProgram(script, words, { options = [], environment = process.env } = {}) {
  if (interrupt !== undefined) return 1;
  const program = spawn(process.execPath, [...options, script, ...words], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  running = program.pid;
  const code = await new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  running = undefined;
  sendToGroup(program.pid, 'SIGKILL');
  return code;
}

function sendToGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nobody is left of that group.
    if (error.code !== 'ESRCH') throw error;
  }
}
