/** A reason not to run that the person at the terminal can act on: its message says what happened and what to do. */
export class Problem extends Error {
  override readonly name = 'Problem';
}

/** The code that Node.js or PostgreSQL gave an error, such as `EADDRINUSE` or `53100`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const FULL_DISK_CODES = new Set(['ENOSPC', 'EDQUOT', '53100']);
const FULL_DISK_TEXT = /No space left on device|Disk quota exceeded/;

/** Whether a program's own words are about a full disk. */
export const saysDiskFull = (text: string): boolean => FULL_DISK_TEXT.test(text);

/** Whether an error, or anything that caused it, is a full disk: ours, initdb's or the server's. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (FULL_DISK_CODES.has(codeOf(error) ?? '') || saysDiskFull(error.message)) return true;
  return error.cause !== undefined && isDiskFull(error.cause);
}

export function diskFull(folder: string): Problem {
  return new Problem(
    `The disk that holds ${folder} is full, so the database cannot write. Nothing that was saved is lost.\n` +
      `Free some space (Accord wants 200 MB), or keep the data elsewhere: ACCORD_DATA=/another/folder`,
  );
}

/** What to print for an error: a problem's own words, anything else's message, and its stack only for those who debug. */
export function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `Accord stopped: ${String(error)}`;
  if (error instanceof Problem) return error.message;
  if (debug) return `Accord stopped: ${error.stack ?? error.message}`;
  return `Accord stopped: ${error.message}\nSet LOG_LEVEL=debug to see where.`;
}
