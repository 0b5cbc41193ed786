import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { COMMAND } from '../command.js';
import { findPersona, PERSONAS, type Persona } from '../personas.js';
import { SIGN_IN_PATH } from './issuer.js';
import { escapeHtml, page } from './page.js';

const MOST_FORM_BYTES = 1024;

/** Answers the page where one chooses whom to be; `false` for every other address. */
export async function answerSignIn(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = new URL(request.url ?? '/', provider.issuer).pathname;
  if (path === '/') {
    send(response, 200, page('Whom you can be', about()));
    return true;
  }
  if (!path.startsWith(SIGN_IN_PATH)) return false;
  try {
    // Checks the cookie that ties this page to the browser that began the sign-in.
    await provider.interactionDetails(request, response);
  } catch {
    send(response, 400, page('This sign-in is over', '<p>Go back to where you came from and begin again.</p>'));
    return true;
  }
  if (request.method === 'POST') await choose(provider, request, response);
  else send(response, 200, page('Sign in as', choices()));
  return true;
}

async function choose(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await readForm(request));
  const persona = findPersona(form.get('persona') ?? '');
  if (persona?.kind !== 'person') {
    send(response, 400, page('Nobody of that name', '<p>Go back and choose one of the list.</p>'));
    return;
  }
  await provider.interactionFinished(request, response, { login: { accountId: persona.subject } });
}

const choices = (): string =>
  `<form method="post"><ul>${PERSONAS.filter(({ kind }) => kind === 'person')
    .map(
      (persona) =>
        `<li><button name="persona" value="${escapeHtml(persona.name)}">${escapeHtml(persona.displayName)}</button> ${details(persona)}</li>`,
    )
    .join('\n')}</ul></form>`;

const about = (): string =>
  `<p>Anybody can be anybody here: for development on this machine only.</p>
<p>A token for the command line: <code>${COMMAND.token('brent-placements')}</code></p>
<ul>${PERSONAS.map((persona) => `<li>${escapeHtml(persona.displayName)} ${details(persona)}</li>`).join('\n')}</ul>`;

const details = ({ name, roles }: Persona): string =>
  `<small>${escapeHtml(name)}: ${escapeHtml(roles.join(', '))}</small>`;

async function readForm(request: IncomingMessage): Promise<string> {
  let form = '';
  for await (const chunk of request) {
    form += String(chunk);
    if (form.length > MOST_FORM_BYTES) return '';
  }
  return form;
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(html);
}
