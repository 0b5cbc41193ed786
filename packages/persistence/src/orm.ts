import 'reflect-metadata';
import type { EntityClass } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, MikroORM, type Options } from '@mikro-orm/postgresql';
import { dropCutOff } from './cut-off.js';
import { PreparingClient } from './preparing-client.js';
import { ROLE } from './roles.js';

export interface OrmOptions {
  readonly url: string;
  readonly entities: EntityClass<object>[];
  /** Connections at most. */
  readonly pool: number;
}

/**
 * MikroORM as a tenant-bound process uses it: no global entity manager, no schema changes, and no
 * implicit session: without `TenantTransaction` a read finds no tenant and so no row.
 */
export function createOrm(options: OrmOptions): Promise<MikroORM> {
  return MikroORM.init(ormConfig(options));
}

/** A new connection plans each statement anew, which takes longer than to run it: kept through a quiet quarter of an hour. */
const IDLE_CONNECTION_MS = 15 * 60_000;

export function ormConfig({ url, entities, pool }: OrmOptions): Options {
  return defineConfig({
    clientUrl: url,
    entities,
    metadataProvider: ReflectMetadataProvider,
    allowGlobalContext: false,
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: pool, idleTimeoutMillis: IDLE_CONNECTION_MS },
    driverOptions: { Client: PreparingClient, onPoolCreated: dropCutOff },
    // Times are instants: timestamptz everywhere, read and written in UTC.
    forceUtcTimezone: true,
    debug: false,
  });
}

/** The migrator's connection: becomes the owner when it connects, so that what it creates belongs to the owner. */
export function ownerOrmConfig(
  url: string,
  entities: EntityClass<object>[],
  migrations: Options['migrations'],
): Options {
  return defineConfig({
    ...ormConfig({ url, entities, pool: 1 }),
    driverOptions: { options: `-c role=${ROLE.owner}` },
    extensions: [Migrator],
    migrations: { tableName: 'migration', snapshot: false, silent: true, ...migrations },
  });
}
