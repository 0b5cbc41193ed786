import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/**
 * Every place in the inputs of a schema where a client can put something for which `wanted` holds, of fields that
 * are not roots too: `Mutation.raiseFlag(input.sharing.groupIds)`.
 */
export function placesOf(schema: GraphQLSchema, wanted: (name: string, type: string) => boolean): string[] {
  return Object.values(schema.getTypeMap())
    .flatMap((type) =>
      isObjectType(type) && !type.name.startsWith('__')
        ? Object.values(type.getFields()).map((field) => ({ type, field }))
        : [],
    )
    .flatMap(({ type, field }) =>
      field.args.flatMap((arg) =>
        pathsIn(arg.name, arg.type, wanted).map((path) => `${type.name}.${field.name}(${path})`),
      ),
    )
    .toSorted();
}

function pathsIn(path: string, type: GraphQLInputType, wanted: (name: string, type: string) => boolean): string[] {
  const inner = isNonNullType(type) ? type.ofType : type;
  const named = getNamedType(isListType(inner) ? inner.ofType : inner);
  if (isInputObjectType(named)) {
    return Object.values(named.getFields()).flatMap((field) => pathsIn(`${path}.${field.name}`, field.type, wanted));
  }
  return wanted(path.split('.').at(-1) ?? '', named.name) ? [path] : [];
}

/** The variables with another value at a path of them. */
export function withAt(
  variables: Readonly<Record<string, unknown>>,
  path: string,
  value: unknown,
): Record<string, unknown> {
  const [name = '', ...rest] = path.split('.');
  const inner = variables[name] as Readonly<Record<string, unknown>> | undefined;
  return { ...variables, [name]: rest.length === 0 ? value : withAt(inner ?? {}, rest.join('.'), value) };
}
