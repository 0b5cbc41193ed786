import { parentOf, processDetails, processMark } from './embedded/running-process.js';

/** As `npx` calls itself in the list of processes. */
const NPX = /^npm exec\b/;
const MOST_GENERATIONS = 8;
const LOOK_EVERY_MILLISECONDS = 1_000;

/**
 * The `npx` that started this process, if one did. A TERM to it alone ends it without a word to anybody
 * further down, so that whoever meant to stop Accord would leave it running.
 */
export function findLauncher(): number | undefined {
  let pid: number | undefined = process.ppid;
  for (let generation = 0; generation < MOST_GENERATIONS && pid !== undefined && pid > 1; generation++) {
    if (NPX.test(processDetails(pid).command ?? '')) return pid;
    pid = parentOf(pid);
  }
  return undefined;
}

/** Calls back, once and within about a second, when that process is gone. Keeps no process alive. */
export function onEnd(pid: number, callback: () => void, everyMilliseconds = LOOK_EVERY_MILLISECONDS): void {
  const mark = processMark(pid);
  const timer = setInterval(() => {
    if (processMark(pid) === mark) return;
    clearInterval(timer);
    callback();
  }, everyMilliseconds).unref();
}
