import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import pg from 'pg';
import { dossierStatement } from './kit/dossier-statement.ts';
import { dueDiligenceStatement } from './kit/due-diligence-statement.ts';
import type { FeedVariables } from './kit/feed.ts';
import { feedStatement, type Reader } from './kit/feed-statement.ts';
import { homeVisitsStatement } from './kit/home-visits-statement.ts';
import { listStatement, type ListVariables } from './kit/list-statement.ts';
import type { ProviderVariables } from './kit/provider-contestants.ts';
import { providerPageStatement } from './kit/provider-page-statement.ts';
import { bearerToken, findReaders, findTenants, readSettings } from './kit/reference.ts';

/**
 * The reference (a): what is left when there are a list, a page and a feed to serve and nothing else. `node:http` and
 * `pg`, the same token verified with `jose`, the same login, row policies and tenant setting, one statement for each
 * that makes the JSON, and the feed's entries in the read log. Its statements are prepared, as someone in a hurry would
 * have them.
 *
 * It has no schema, limits, roles, directory, errors or sealed cursors: it is a floor, and not a rival.
 */
const settings = readSettings();
const keys = createRemoteJWKSet(new URL(`${settings.issuer}/jwks`));
const pool = new pg.Pool({ connectionString: settings.databaseUrl, max: settings.pool });
const tenants = await findTenants(settings);
const readers = await findReaders(settings, tenants);
const names = new Map<string, string>();
const OF_PROVIDER = {
  ProviderDossier: dossierStatement,
  ProviderDueDiligence: dueDiligenceStatement,
  HomeVisits: homeVisitsStatement,
  ProviderPage: providerPageStatement,
};
const BEGIN_READING = 'begin transaction isolation level repeatable read read only';

createServer((request, response) => {
  answer(request).then(
    (body) =>
      response
        .writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
        })
        .end(body),
    () => response.writeHead(400).end('{"errors":[{"message":"This did not work."}]}'),
  );
}).listen(settings.port, '127.0.0.1');

async function answer(request: IncomingMessage): Promise<string> {
  const token = bearerToken(request.headers.authorization);
  const { payload } = await jwtVerify(token, keys, { issuer: settings.issuer, audience: settings.audience });
  const reader = readers.get(`${String(payload['accord_tenant'])} ${payload.sub}`);
  if (reader === undefined) throw new Error('This token is nobody’s.');
  const asked = JSON.parse(await readBody(request)) as Asked;
  const { text, values } = statementOf(asked, reader);
  const client = await pool.connect();
  try {
    // One statement is one snapshot, whatever the level; the feed writes what was read.
    await client.query(asked.operationName === 'IntelligenceFeed' ? 'begin' : BEGIN_READING);
    await client.query(`select set_config('app.tenant', $1, true), set_config('app.caller', $2, true)`, [
      reader.tenantId,
      reader.id,
    ]);
    const { rows } = await client.query<{ answer: string }>({ name: nameOf(text), text, values });
    await client.query('commit');
    client.release();
    return rows[0]?.answer ?? '';
  } catch (error) {
    client.release(true);
    throw error;
  }
}

type Asked =
  | { readonly operationName: 'ProviderList'; readonly variables: ListVariables }
  | { readonly operationName: 'IntelligenceFeed'; readonly variables: FeedVariables }
  | { readonly operationName: keyof typeof OF_PROVIDER; readonly variables: ProviderVariables };

function statementOf(asked: Asked, reader: Reader): { text: string; values: unknown[] } {
  switch (asked.operationName) {
    case 'ProviderList':
      return listStatement(asked.variables);
    case 'IntelligenceFeed':
      return feedStatement(asked.variables, reader);
    default:
      return OF_PROVIDER[asked.operationName](asked.variables);
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** One name per shape of the statement: values are bound, so there are few. */
function nameOf(text: string): string {
  const known = names.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 16);
  names.set(text, known);
  return known;
}
