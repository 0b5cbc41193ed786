import { pino, type Logger } from 'pino';

export type { Logger };

/** An error's message, for a log line that says why. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');

/**
 * One JSON line per happening on standard output. Content never goes in: log ids, kinds, counts and
 * durations, and leave names, summaries, tokens and SQL parameters out.
 */
export function createLogger(component: string, level: string): Logger {
  return pino({ level, base: { component }, redact: ['*.token', '*.authorization', '*.secret'] });
}
