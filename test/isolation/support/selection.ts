import { createBareSchema } from '@accord/gateway';
import {
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

export const SCHEMA: GraphQLSchema = createBareSchema();

/**
 * A selection of every field of a type, so that a field that is added is asked for too. Of what it leads to,
 * only what tells one from another: its leaves, or what stands in `deeper`. Fields with arguments that must be
 * given are left out.
 */
export function everyField(typeName: string, deeper: Readonly<Record<string, string>> = {}): string {
  const fields = Object.values(objectType(typeName).getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const type = getNamedType(field.type);
    return isLeafType(type) ? [field.name] : [`${field.name} { ${deeper[field.name] ?? leaves(type.name)} }`];
  });
  return fields.join(' ');
}

/** Every field of a type that is a value of its own. */
function leaves(typeName: string): string {
  return Object.values(objectType(typeName).getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument))
    .map((field) => field.name)
    .join(' ');
}

function objectType(name: string): GraphQLObjectType {
  const type = SCHEMA.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type of the schema.`);
  return type;
}
