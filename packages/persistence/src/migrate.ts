import { MikroORM } from '@mikro-orm/postgresql';
import { GRANTS } from './grants.generated.js';
import { MIGRATIONS } from './migrations/index.js';
import { ownerOrmConfig } from './orm.js';

/**
 * Brings a database to the newest schema and gives each role just what the features declare.
 * @param ownerUrl the migrator's login; it works as the tables' owner.
 * @returns the names of the migrations that ran.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const orm = await MikroORM.init(ownerOrmConfig(ownerUrl, [], { migrationsList: MIGRATIONS }));
  try {
    const ran = await orm.migrator.up();
    await orm.em.getConnection().execute(`begin; ${GRANTS} commit;`);
    return ran.map((migration) => migration.name);
  } finally {
    await orm.close();
  }
}
