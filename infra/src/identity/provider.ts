import type Provider from 'oidc-provider';
import type { Configuration } from 'oidc-provider';

/**
 * `oidc-provider`, without what it says at every start: that it knows no other Node.js than builds marked for long-term
 * support, which those of 26 are not yet. The suites sign in through it on the Node.js that Accord brings.
 */
const { warn } = console;
console.warn = (...words: unknown[]) => {
  if (!String(words[0]).includes('Unsupported runtime')) warn(...words);
};
const provider = await import('oidc-provider');
console.warn = warn;

export const { interactionPolicy } = provider;
export const openProvider = (issuer: string, configuration: Configuration): Provider =>
  new provider.default(issuer, configuration);
