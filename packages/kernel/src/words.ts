/** A code as words: `NOT_MET` is "not met". */
export const inWords = (code: string): string => code.toLowerCase().replaceAll('_', ' ');
