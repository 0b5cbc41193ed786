import type Provider from 'oidc-provider';
import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { PERSONAS, type Persona } from '../personas.js';
import type { IdentityState } from './identity-keys.js';
import { createMemoryStore } from './memory-store.js';
import { escapeHtml, page } from './page.js';
import { interactionPolicy, openProvider } from './provider.js';

export const DASHBOARD_CLIENT = 'accord-dashboard';
export const COMMAND_LINE_CLIENT = 'accord-command-line';
/** Nothing listens there: the command line reads the code from the redirect itself. */
export const COMMAND_LINE_REDIRECT = 'http://127.0.0.1/signed-in';
export const SIGN_IN_PATH = '/sign-in/';

const SCOPE = 'accord';
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

export interface IssuerOptions {
  /** The issuer's own address. */
  readonly issuer: string;
  /** What its access tokens are for: the `aud` that the gateway expects. */
  readonly audience: string;
  readonly machineSecret: string;
  readonly state: IdentityState;
}

/** An OpenID Connect issuer whose people and machines are the personas. */
export function createIssuer({ issuer, audience, machineSecret, state }: IssuerOptions): Provider {
  return openProvider(issuer, {
    adapter: createMemoryStore(),
    jwks: { keys: [state.signingKey] },
    cookies: { keys: [state.cookieKey] },
    clients: clients(machineSecret),
    clientBasedCORS: () => false,
    scopes: ['openid'],
    claims: { openid: ['sub', 'name', 'accord_tenant', 'roles'] },
    findAccount: (_context, subject) => {
      const persona = PERSONAS.find((known) => known.subject === subject && known.kind === 'person');
      return persona && { accountId: subject, claims: () => ({ sub: subject, ...claimsOf(persona) }) };
    },
    extraTokenClaims: (_context, token) => {
      const subject = token.kind === 'AccessToken' ? token.accountId : token.clientId;
      const persona = PERSONAS.find((known) => known.subject === subject);
      return persona && claimsOf(persona);
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPE,
          audience,
          accessTokenFormat: 'jwt' as const,
        }),
      },
    },
    interactions: { url: (_context, { uid }) => SIGN_IN_PATH + uid, policy: signInAlone() },
    loadExistingGrant: (context) => grantEverything(context, audience),
    pkce: { required: () => true },
    renderError: (context, out) => {
      context.type = 'html';
      context.body = page('The sign-in did not work', `<p>${escapeHtml(out.error_description ?? out.error)}</p>`);
    },
    ttl: {
      AccessToken: HOUR_SECONDS,
      AuthorizationCode: 60,
      ClientCredentials: HOUR_SECONDS,
      Grant: DAY_SECONDS,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      Session: DAY_SECONDS,
    },
  });
}

const claimsOf = ({ displayName, tenant, roles }: Persona) => ({
  name: displayName,
  accord_tenant: tenant,
  roles: [...roles],
});

function clients(machineSecret: string): NonNullable<Configuration['clients']> {
  // Public clients on this machine: any port of the loopback interface (RFC 8252, section 7.3), PKCE always.
  const native = {
    application_type: 'native' as const,
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['authorization_code'],
    response_types: ['code' as const],
  };
  return [
    {
      ...native,
      client_id: DASHBOARD_CLIENT,
      redirect_uris: ['http://127.0.0.1/signed-in', 'http://localhost/signed-in'],
      post_logout_redirect_uris: ['http://127.0.0.1/', 'http://localhost/'],
    },
    { ...native, client_id: COMMAND_LINE_CLIENT, redirect_uris: [COMMAND_LINE_REDIRECT] },
    ...PERSONAS.filter(({ kind }) => kind === 'machine').map(({ subject }) => ({
      client_id: subject,
      client_secret: machineSecret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
  ];
}

/** One asks who somebody is and never whether they agree: there is one service here, and it is Accord. */
function signInAlone(): ReturnType<typeof interactionPolicy.base> {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

async function grantEverything(context: KoaContextWithOIDC, audience: string) {
  const { client, session, provider } = context.oidc;
  const clientId = (client as Client).clientId;
  const accountId = session?.accountId;
  if (accountId === undefined) return undefined;
  const grant = new provider.Grant({ clientId, accountId });
  grant.addOIDCScope('openid');
  grant.addResourceScope(audience, SCOPE);
  await grant.save();
  return grant;
}
