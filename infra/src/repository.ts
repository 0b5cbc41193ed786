import { fileURLToPath } from 'node:url';

/** The root of this clone, from `infra/src` and from `infra/dist` alike. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
