import { randomUUID } from 'node:crypto';

/**
 * Ids are random (UUID version 4) and not time-ordered: a time inside the id would tell when a
 * borough that chose to stay anonymous had written.
 */
export const newId = (): string => randomUUID();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a client's id can be an id at all; one that cannot is answered like one that is absent. */
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
