import { createHash, randomBytes } from 'node:crypto';
import type { Persona } from '../personas.js';
import { COMMAND_LINE_CLIENT, COMMAND_LINE_REDIRECT } from './issuer.js';

const MOST_REDIRECTS = 5;
const PATIENCE_MILLISECONDS = 5_000;

/**
 * Signs a persona in at a running development sign-in, as a browser or a machine does: people by
 * authorization code with PKCE, machines by client credentials.
 * @param machineSecret needed for machines alone.
 * @returns the access token.
 */
export async function requestToken(issuer: string, persona: Persona, machineSecret?: string): Promise<string> {
  if (persona.kind === 'machine') {
    const credentials = Buffer.from(`${persona.subject}:${machineSecret ?? ''}`).toString('base64');
    return exchange(issuer, { grant_type: 'client_credentials' }, { authorization: `Basic ${credentials}` });
  }
  return exchange(issuer, await signIn(issuer, persona), {});
}

async function exchange(
  issuer: string,
  form: Record<string, string>,
  headers: Record<string, string>,
): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  });
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'access_token' in answer) return String(answer.access_token);
  throw new Error(`The sign-in gave no token (${response.status}): ${JSON.stringify(answer)}`);
}

/** What the token endpoint wants of somebody who has just signed in. */
async function signIn(issuer: string, persona: Persona): Promise<Record<string, string>> {
  const verifier = randomBytes(32).toString('base64url');
  const question = new URLSearchParams({
    client_id: COMMAND_LINE_CLIENT,
    response_type: 'code',
    redirect_uri: COMMAND_LINE_REDIRECT,
    scope: 'openid accord',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const browser = new Browser();
  let next = await browser.go(`${issuer}/auth?${question.toString()}`);
  for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
    const code = next.searchParams.get('code');
    if (code !== null) {
      return {
        grant_type: 'authorization_code',
        client_id: COMMAND_LINE_CLIENT,
        code,
        redirect_uri: COMMAND_LINE_REDIRECT,
        code_verifier: verifier,
      };
    }
    const choosing = next.pathname.startsWith('/sign-in/');
    next = await browser.go(next.href, choosing ? new URLSearchParams({ persona: persona.name }) : undefined);
  }
  throw new Error(`The sign-in went in circles, ending at ${next.origin}${next.pathname}.`);
}

/** As much of a browser as a sign-in needs: it keeps cookies and says where it is sent next. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async go(url: string, form?: URLSearchParams): Promise<URL> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (location === null)
      throw new Error(`The sign-in did not go on: ${response.status} at ${new URL(url).pathname}.`);
    return new URL(location, url);
  }
}
