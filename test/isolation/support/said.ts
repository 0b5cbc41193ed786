/** A text that is in one place of a world alone, so that it can be found wherever it comes out. */
export const said = (what: string, ...numbers: readonly number[]): string => ['Said', what, ...numbers].join('-');
export const SAID = /Said(?:-[a-z0-9]+)+/g;
