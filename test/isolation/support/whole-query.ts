import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
} from 'graphql';
import { SCHEMA } from './selection.js';

/** How many of a page, and how far down. */
const PAGE = 2;
const DEPTH = 2;

/**
 * Every query that the schema has, each with everything that it leads to, so that one that is added is asked too.
 * @param given what has to be given to a query besides the size of its page, by its name.
 */
export function wholeQueries(given: Readonly<Record<string, string>>): string[] {
  return Object.values(SCHEMA.getQueryType()?.getFields() ?? {}).map((field) => {
    const selected = selection(field, depthOf(field), given[field.name]);
    if (selected === null) throw new Error(`Say what Query.${field.name} is to be asked with.`);
    return `{ ${selected} }`;
  });
}

/** Lists within a list that is not paged cost more than a query may. */
const depthOf = ({ type }: GraphQLField<unknown, unknown>): number =>
  isListType(getNullableType(type)) ? DEPTH - 1 : DEPTH;

/** A field with all below it; null where it cannot be asked. */
function selection(field: GraphQLField<unknown, unknown>, depth: number, given?: string): string | null {
  const required = field.args.filter(isRequiredArgument).map(({ name }) => name);
  if (given === undefined && required.some((name) => name !== 'first')) return null;
  const passed = [...(required.includes('first') ? [`first: ${PAGE}`] : []), ...(given === undefined ? [] : [given])];
  const asked = `${field.name}${passed.length === 0 ? '' : `(${passed.join(', ')})`}`;
  const type = getNamedType(field.type);
  if (isLeafType(type)) return asked;
  if (!isObjectType(type) || depth < 0) return null;
  const fields = Object.values(type.getFields());
  const isConnection = type.name.endsWith('Connection');
  const below = fields
    .filter(({ name }) => !isConnection || name === 'nodes')
    .flatMap((each) => selection(each, isConnection ? depth : depth - 1) ?? []);
  return below.length === 0 ? null : `${asked} { ${below.join(' ')} }`;
}
