import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { RELATIONS_AND_ORDERS } from './kit/postgraphile-plugins.ts';
import { bearerToken, findTenants, readSettings } from './kit/reference.ts';

/**
 * The reference (b): PostGraphile 5 on the same database, login and row policies, with the same token and
 * tenant. It is given what it needs to say the same things: what belongs to what (the database has no foreign
 * keys), and orderings and conditions that are expressions.
 */
const settings = readSettings();
const keys = createRemoteJWKSet(new URL(`${settings.issuer}/jwks`));
const tenants = await findTenants(settings);

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: RELATIONS_AND_ORDERS,
  pgServices: [
    makePgService({
      connectionString: settings.databaseUrl,
      schemas: ['public'],
      poolConfig: { max: settings.pool },
    }),
  ],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, websockets: false },
  grafast: {
    context: async ({ node }) => {
      const token = bearerToken(node?.req.headers.authorization);
      const { payload } = await jwtVerify(token, keys, { issuer: settings.issuer, audience: settings.audience });
      const tenant = tenants.get(String(payload['accord_tenant']));
      if (tenant === undefined) throw new Error('This token names no tenant.');
      return { pgSettings: { 'app.tenant': tenant } };
    },
  },
});

const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(settings.port, '127.0.0.1');
