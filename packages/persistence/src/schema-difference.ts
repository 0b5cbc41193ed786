import type { EntityClass, PolicyDef } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { ownerOrmConfig } from './orm.js';

/** The statements that would bring a migrated database to what the entities say; empty when nothing is missing. */
export async function schemaDifference(ownerUrl: string, entities: EntityClass<object>[]): Promise<string[]> {
  const orm = await MikroORM.init(ownerOrmConfig(ownerUrl, entities, {}));
  try {
    const sql = await orm.schema.getUpdateSchemaSQL({ wrap: false });
    return sql.split('\n').filter((line) => line.trim() !== '');
  } finally {
    await orm.close();
  }
}

/** What the entities declare of their tables, without a database. */
export function entityMetadata(entities: EntityClass<object>[]): { tableName: string; policies: PolicyDef[] }[] {
  const orm = new MikroORM({ ...ownerOrmConfig('postgres://nobody@localhost/none', entities, {}) });
  return [...orm.getMetadata().getAll().values()].map(({ tableName, policies }) => ({ tableName, policies: policies ?? [] }));
}
