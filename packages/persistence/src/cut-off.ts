import type pg from 'pg';

/**
 * Takes connections that the server cut off while they were in use out of their pool.
 *
 * The query builder below the ORM gives a connection back when its COMMIT or ROLLBACK has succeeded. On one that
 * was cut off in a transaction neither does: its place in the pool would stay taken, and after a few restarts of the
 * server nobody would get a connection any more.
 */
export function dropCutOff(pool: pg.Pool): void {
  const inUse = new Set<pg.PoolClient>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('connect', (client) => {
    client.once('end', () => {
      if (!inUse.has(client)) return;
      client.release(true);
      // Whoever had it may still try to give it back, and must not do so twice.
      client.release = () => undefined;
    });
  });
}
