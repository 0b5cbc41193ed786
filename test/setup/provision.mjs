import { CLUSTER_VARIABLE, TestCluster } from '../../packages/testkit/dist/cluster.js';
import { provideRedis } from '../../packages/testkit/dist/redis-server.js';
import { REDIS_VARIABLE } from '../../packages/testkit/dist/redis.js';

/**
 * Starts what the suites run on: PostgreSQL and, where it is wanted, Redis.
 * @param servers is given each server once it runs, to be stopped whatever comes after.
 * @returns the environment variables that lead the suites there.
 */
export async function provision({ redis, servers, tell }) {
  const cluster = await TestCluster.start();
  servers.push(cluster);
  const variables = { [CLUSTER_VARIABLE]: JSON.stringify(cluster.access) };
  if (!redis) return variables;
  const server = await provideRedis(tell);
  servers.push(server);
  return { ...variables, [REDIS_VARIABLE]: server.url };
}
