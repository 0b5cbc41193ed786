import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { execute, type Select } from './statement.js';

/**
 * Entities that are read and not changed: prepared statements, and plain objects that no unit of work watches. A
 * managed entity costs several times its row, and a page of them a tenth of a request.
 */
interface Shape {
  readonly table: string;
  readonly fields: readonly { readonly column: string; readonly name: string; readonly isInstant: boolean }[];
  readonly prototype: object;
}

const shapes = new WeakMap<EntityMetadata, Shape>();

function shapeOf(em: EntityManager, entity: EntityClass<object>): Shape {
  const metadata = em.getMetadata().get(entity);
  const known = shapes.get(metadata);
  if (known) return known;
  const fields = metadata.props
    .filter((prop) => prop.persist !== false)
    .map((prop) => ({
      column: prop.fieldNames[0] ?? prop.name,
      name: prop.name,
      isInstant: prop.runtimeType === 'Date',
    }));
  const shape = { table: metadata.tableName, fields, prototype: entity.prototype as object };
  shapes.set(metadata, shape);
  return shape;
}

/** The columns of an entity's table, of the alias under which a statement has it. */
export const columnsOf = (em: EntityManager, entity: EntityClass<object>, alias: string): string =>
  shapeOf(em, entity)
    .fields.map(({ column }) => `${alias}.${column}`)
    .join(', ');

/** An entity out of a row of its columns, be it the driver's or JSON. */
export function plain<T extends object>(em: EntityManager, entity: EntityClass<T>, row: object): T {
  const { fields, prototype } = shapeOf(em, entity);
  const values: Record<string, unknown> = {};
  for (const { column, name, isInstant } of fields) {
    const value = (row as Record<string, unknown>)[column];
    values[name] = isInstant && value !== null ? new Date(value as string) : value;
  }
  // The prototype afterwards: through its setters the ORM would watch each value.
  return Object.setPrototypeOf(values, prototype) as T;
}

/** Asks for entities, as `e`: `clause` is SQL of our own (`where`, `order by`, `limit`), `values` are its bindings. */
export const selectPlain = (
  em: EntityManager,
  entity: EntityClass<object>,
  clause: string,
  values: readonly unknown[],
): Select => ({
  sql: `select ${columnsOf(em, entity, 'e')} from ${shapeOf(em, entity).table} e ${clause}`,
  values,
});

/** Reads entities, as `e`. */
export async function readPlain<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  clause: string,
  values: readonly unknown[],
): Promise<T[]> {
  const { sql } = selectPlain(em, entity, clause, values);
  return (await execute(em, sql, values)).map((row) => plain(em, entity, row));
}

/** Ids as PostgreSQL reads an array of them. */
export const array = (values: readonly string[]): string => `{${values.join(',')}}`;
