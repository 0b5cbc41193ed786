/**
 * Segments or chunks of a picture. A camera makes some hundred; one that is made of nothing else would keep everybody
 * waiting while it is taken apart.
 */
export const MOST_PARTS = 10_000;
