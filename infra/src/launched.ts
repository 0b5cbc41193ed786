import type { Problem } from './problem.js';
import type { Report } from './progress.js';
import type { Shutdown } from './shutdown.js';

export interface LaunchOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Deletes the embedded database and everything with it first. */
  readonly reset: boolean;
  readonly report: Report;
  readonly shutdown: Shutdown;
  /** Called when something ends that Accord cannot go on without. */
  readonly onFailure: (problem: Problem) => void;
}

/** What runs, and where. */
export interface Launched {
  readonly url: string;
  readonly issuer: string;
  /** The data folder, where the database is our own. */
  readonly folder: string | undefined;
  readonly developmentSignIn: boolean;
  readonly queryPage: boolean;
}
