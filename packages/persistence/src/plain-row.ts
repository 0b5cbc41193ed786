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

/** The names of those fields of an entity that are read where no other is asked for. */
export type Part<T> = readonly (keyof T & string)[];

const shapes = new WeakMap<EntityMetadata, Shape>();
const shapesOfParts = new WeakMap<readonly string[], Shape>();

function shapeOf(em: EntityManager, entity: EntityClass<object>, part?: readonly string[]): Shape {
  const metadata = em.getMetadata().get(entity);
  const known = part ? shapesOfParts.get(part) : shapes.get(metadata);
  if (known) return known;
  const all = metadata.props
    .filter((prop) => prop.persist !== false)
    .map((prop) => ({
      column: prop.fieldNames[0] ?? prop.name,
      name: prop.name,
      isInstant: prop.runtimeType === 'Date',
    }));
  const whole = { table: metadata.tableName, fields: all, prototype: entity.prototype as object };
  if (!part) {
    shapes.set(metadata, whole);
    return whole;
  }
  const [fields, others] = [
    all.filter(({ name }) => part.includes(name)),
    all.filter(({ name }) => !part.includes(name)),
  ];
  const prototype = Object.create(whole.prototype, withheld(metadata.tableName, others)) as object;
  const shape = { ...whole, fields, prototype };
  shapesOfParts.set(part, shape);
  return shape;
}

/** Whoever asks for what was not read is told so: without, it would look like something that is not known. */
const withheld = (table: string, fields: Shape['fields']): PropertyDescriptorMap =>
  Object.fromEntries(
    fields.map(({ name }) => {
      const get = () => {
        throw new Error(`${table}.${name} was not read.`);
      };
      return [name, { get }];
    }),
  );

/** A part of an entity that is enough where these fields are asked for; undefined where one of them is not in it. */
export function partFor<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  part: Part<T>,
  asked: ReadonlySet<string>,
): Part<T> | undefined {
  const isBeyond = ({ name }: { name: string }) => asked.has(name) && !(part as readonly string[]).includes(name);
  return shapeOf(em, entity).fields.some(isBeyond) ? undefined : part;
}

/** The columns of an entity's table, or of a part of it, of the alias under which a statement has it. */
export const columnsOf = <T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  alias: string,
  part?: Part<T>,
): string =>
  shapeOf(em, entity, part)
    .fields.map(({ column }) => `${alias}.${column}`)
    .join(', ');

/** An entity out of a row of its columns, be it the driver's or JSON; where only a part was read, of that. */
export function plain<T extends object>(em: EntityManager, entity: EntityClass<T>, row: object, part?: Part<T>): T {
  const { fields, prototype } = shapeOf(em, entity, part);
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
