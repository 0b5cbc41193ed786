import { MikroORM } from '@mikro-orm/postgresql';
import { GRANTS } from './grants.generated.js';
import { FORMS } from './forms.generated.js';
import { MERGE } from './merge.generated.js';
import { MIGRATIONS } from './migrations/index.js';
import { ownerOrmConfig } from './orm.js';
import { SIGHT } from './sight.generated.js';

/**
 * Brings a database to the newest schema, gives each role just what the features declare, and makes the functions
 * that move a provider's rows, and those that tell of sight gained and lost, anew. Forms that ship and are not there
 * yet are put in.
 * @param ownerUrl the migrator's login; it works as the tables' owner.
 * @returns the names of the migrations that ran.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  return asOwner(ownerUrl, async (orm) => {
    const ran = await orm.migrator.up();
    await orm.em.getConnection().execute(`begin; ${GRANTS} ${MERGE} ${SIGHT} ${FORMS} commit;`);
    return ran.map((migration) => migration.name);
  });
}

/**
 * The migrations alone: to compare entities with them, or to come no further than an earlier release, while
 * the grants may already speak of a new table.
 * @param to the last one to run; all unless given.
 */
export function migrateWithoutGrants(ownerUrl: string, to?: string): Promise<string[]> {
  return asOwner(ownerUrl, async (orm) => {
    const ran = await orm.migrator.up(to === undefined ? {} : { to });
    return ran.map((migration) => migration.name);
  });
}

/** The migrator's way in, as the tables' owner: for commands that have to see everything. Whoever asks for it closes it. */
export const ownerOrm = (ownerUrl: string): Promise<MikroORM> =>
  MikroORM.init(ownerOrmConfig(ownerUrl, [], { migrationsList: MIGRATIONS }));

async function asOwner<T>(ownerUrl: string, work: (orm: MikroORM) => Promise<T>): Promise<T> {
  const orm = await ownerOrm(ownerUrl);
  try {
    return await work(orm);
  } finally {
    await orm.close();
  }
}
