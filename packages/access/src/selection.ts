import { Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/** Whether the client asked for the field at this path below the one being resolved, under whatever alias. */
export function selects(info: GraphQLResolveInfo, path: readonly [string, ...string[]]): boolean {
  return info.fieldNodes.some((node) => node.selectionSet !== undefined && has(info, node.selectionSet, path));
}

/** Whether a field of each node of the connection being resolved is asked for. */
export const selectsOfEach = (info: GraphQLResolveInfo, field: string): boolean =>
  selects(info, ['nodes', field]) || selects(info, ['edges', 'node', field]);

function has(info: GraphQLResolveInfo, { selections }: SelectionSetNode, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value !== name) return false;
      return rest.length === 0 || (selection.selectionSet !== undefined && has(info, selection.selectionSet, rest));
    }
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    return inner !== undefined && has(info, inner.selectionSet, path);
  });
}
