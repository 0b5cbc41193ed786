import { Problem } from '../problem.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/**
 * Anybody can be anybody at the development sign-in, so it stays away from anything that may be real.
 * @throws Problem naming what makes the configuration look like production.
 */
export function assertDevelopment(env: Readonly<Record<string, string | undefined>>): void {
  const reasons: string[] = [];
  if (env['NODE_ENV'] === 'production') reasons.push('NODE_ENV is production');
  if (env['DATABASE_URL']) reasons.push('DATABASE_URL names a database that Accord did not start itself');
  if (env['HOST'] && !LOOPBACK.has(env['HOST'])) reasons.push(`HOST=${env['HOST']} can be reached from other machines`);
  if (reasons.length === 0) return;
  throw new Problem(
    `The development sign-in, where anybody can be anybody, does not run here: ${reasons.join(', and ')}.\n` +
      `Name the issuer that signs your people in (OIDC_ISSUER and OIDC_AUDIENCE), or unset that for development.`,
  );
}
