/** Every code a client of Accord can meet in `extensions.code`. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'INTERNAL_SERVER_ERROR';

/**
 * A refusal that the caller may read. Anything else that is thrown reaches the client as
 * `INTERNAL_SERVER_ERROR` with a request id and nothing more.
 */
export class AccordError extends Error {
  override readonly name = 'AccordError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Further `extensions` a client can act on: the path of the bad input, the id of what is in the way. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** `path` is the input's place as the client wrote it, such as `input.companyNumber`. */
export const badInput = (path: string, message: string, details: Record<string, unknown> = {}): AccordError =>
  new AccordError('BAD_USER_INPUT', message, { path, ...details });

/**
 * What does not exist and what another tenant hides are one answer, to the letter: the message never
 * says more than the kind of thing that was asked for.
 */
export const notFound = (what: string): AccordError =>
  new AccordError('NOT_FOUND', `No ${what} with this id is visible to you.`);

export const conflict = (message: string, details: Record<string, unknown> = {}): AccordError =>
  new AccordError('CONFLICT', message, details);

export const forbidden = (message: string): AccordError => new AccordError('FORBIDDEN', message);

/** Says nothing about why: a caller without a valid sign-in learns nothing from the difference. */
export const unauthenticated = (): AccordError =>
  new AccordError('UNAUTHENTICATED', 'Sign in: send a valid bearer token or key.');
