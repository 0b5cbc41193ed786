import {
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A field that the client asks for, as often as it does, and what it takes to understand it. */
export type FieldInfo = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'schema' | 'variableValues'>;

/** Whether the client asked for the field at this path below the one being resolved, under whatever alias. */
export const selects = (info: FieldInfo, path: readonly [string, ...string[]]): boolean => below(info, path).length > 0;

/** Whether a field of each node of the connection being resolved is asked for. */
export const selectsOfEach = (info: FieldInfo, field: string): boolean => ofEach(info, field).length > 0;

/** Names of the fields that are asked for of what is being resolved. */
export const fieldsOf = (info: FieldInfo): ReadonlySet<string> => namesBelow(info, info.fieldNodes);

/** Names of the fields that are asked for of each node of the connection being resolved. */
export const fieldsOfEach = (info: FieldInfo): ReadonlySet<string> =>
  namesBelow(info, [...below(info, ['nodes']), ...below(info, ['edges', 'node'])]);

/** A field below the one being resolved; undefined where it is not asked for, or under several aliases. */
export function fieldBelow(info: FieldInfo, field: string): FieldInfo | undefined {
  const fieldNodes = below(info, [field]);
  return fieldNodes.length === 1 ? { ...info, fieldNodes } : undefined;
}

/** The arguments with which a field of a type is asked for first; undefined where they are refused. */
export function argumentsOf(
  { schema, fieldNodes, variableValues }: FieldInfo,
  type: string,
  field: string,
): Record<string, unknown> | undefined {
  const owner = schema.getType(type);
  const definition = isObjectType(owner) ? owner.getFields()[field] : undefined;
  const [node] = fieldNodes;
  if (!definition || !node) return undefined;
  try {
    return getArgumentValues(definition, node, variableValues);
  } catch {
    // Whoever resolves the field says what is wrong with them.
    return undefined;
  }
}

/** Those of a field of each node of the connection being resolved; undefined where it is not asked for. */
export const argumentsOfEach = (info: FieldInfo, type: string, field: string): Record<string, unknown> | undefined =>
  argumentsOf({ ...info, fieldNodes: ofEach(info, field) }, type, field);

const ofEach = (info: FieldInfo, field: string): FieldNode[] => [
  ...below(info, ['nodes', field]),
  ...below(info, ['edges', 'node', field]),
];

const namesBelow = (info: FieldInfo, nodes: readonly FieldNode[]): ReadonlySet<string> =>
  new Set(nodes.flatMap(({ selectionSet }) => fieldsWithin(info, selectionSet)).map(({ name }) => name.value));

const below = (info: FieldInfo, path: readonly string[]): FieldNode[] =>
  info.fieldNodes.flatMap(({ selectionSet }) => within(info, selectionSet, path));

function within(info: FieldInfo, selectionSet: SelectionSetNode | undefined, path: readonly string[]): FieldNode[] {
  const [name, ...rest] = path;
  const named = fieldsWithin(info, selectionSet).filter((node) => node.name.value === name);
  return rest.length === 0 ? named : named.flatMap((node) => within(info, node.selectionSet, rest));
}

/** The fields of a selection, those of its fragments among them. */
export function fieldsWithin(
  info: Omit<FieldInfo, 'fieldNodes'>,
  selectionSet: SelectionSetNode | undefined,
): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (isLeftOut(info, selection)) return [];
    if (selection.kind === Kind.FIELD) return [selection];
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    return fieldsWithin(info, inner?.selectionSet);
  });
}

/** What costs nothing, as it is left out, is not read either. */
const isLeftOut = ({ variableValues }: Pick<FieldInfo, 'variableValues'>, selection: SelectionNode): boolean =>
  getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.['if'] === true ||
  getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.['if'] === false;
