import type { EntityClass, PolicyDef } from '@mikro-orm/core';
import { MikroORM } from '@mikro-orm/postgresql';
import { ownerOrmConfig } from './orm.js';

const isPolicy = (statement: string): boolean => statement.startsWith('create policy');

/** The statements that make a whole schema out of entities and of what no entity expresses, in order. */
export async function schemaStatements(
  ownerUrl: string,
  entities: EntityClass<object>[],
  sql: readonly string[],
): Promise<string[]> {
  const statements = split(
    await withSchema(ownerUrl, entities, (orm) => orm.schema.getCreateSchemaSQL({ wrap: false })),
  );
  // A policy may ask any table or view, so policies come last.
  return [...statements.filter((statement) => !isPolicy(statement)), ...sql, ...statements.filter(isPolicy)];
}

/**
 * What the ORM would do to bring a migrated database to what the entities say: a draft, as it words every
 * policy anew and does not know of views.
 */
export async function draftChange(ownerUrl: string, entities: EntityClass<object>[]): Promise<string[]> {
  return split(await withSchema(ownerUrl, entities, (orm) => orm.schema.getUpdateSchemaSQL({ wrap: false })));
}

/** Runs statements as the owner of the tables. */
export async function executeAsOwner(ownerUrl: string, statements: readonly string[]): Promise<void> {
  await withSchema(ownerUrl, [], (orm) => orm.em.getConnection().execute(statements.join('\n')));
}

/** What the entities declare of their tables, without a database. */
export function entityMetadata(entities: EntityClass<object>[]): { tableName: string; policies: PolicyDef[] }[] {
  const orm = new MikroORM(ownerOrmConfig('postgres://nobody@localhost/none', entities, {}));
  return [...orm.getMetadata().getAll().values()].map(({ tableName, policies }) => ({
    tableName,
    policies: policies ?? [],
  }));
}

async function withSchema<T>(
  url: string,
  entities: EntityClass<object>[],
  work: (orm: MikroORM) => Promise<T>,
): Promise<T> {
  const orm = await MikroORM.init(ownerOrmConfig(url, entities, {}));
  try {
    return await work(orm);
  } finally {
    await orm.close();
  }
}

const split = (sql: string): string[] =>
  sql
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
    .map((statement) => `${statement};`);
