import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBareSchema } from '@accord/gateway';
import { TestAccord, type TestClient } from '@accord/testkit';
import { getNamedType, isLeafType, isObjectType, isRequiredArgument, type GraphQLField } from 'graphql';
import { LANTERNFIELD } from '../support/alerts.js';

/**
 * Of a provider and its homes no more is read than is asked for: whatever is asked for alone must be what it is
 * beside everything else.
 */
const SCHEMA = createBareSchema();

let accord: TestAccord;
let placements: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  placements = await accord.as('brent-placements');
});
afterAll(() => accord.stop());

interface Asked {
  readonly node: Record<string, unknown>;
  readonly refused: readonly unknown[];
}

const fieldsOf = (name: string): GraphQLField<unknown, unknown>[] => {
  const type = SCHEMA.getType(name);
  return isObjectType(type) ? Object.values(type.getFields()) : [];
};

/** A field with all that can be said of what it leads to without arguments; its first page, where it has pages. */
function asked({ name, args, type }: GraphQLField<unknown, unknown>, isBelow = true): string {
  const required = args.filter(isRequiredArgument).map((argument) => argument.name);
  const named = required.includes('first') ? `${name}(first: 2)` : name;
  const target = getNamedType(type);
  if (isLeafType(target)) return named;
  const leaves = fieldsOf(target.name).filter((field) => isLeafType(getNamedType(field.type)) && !field.args.length);
  const nodes = fieldsOf(target.name).find((field) => field.name === 'nodes' && isBelow);
  return `${named} { ${nodes ? asked(nodes, false) : leaves.map((field) => field.name).join(' ')} }`;
}

const isAskable = ({ args }: GraphQLField<unknown, unknown>): boolean =>
  args.every((argument) => argument.name === 'first' || !isRequiredArgument(argument));

const askable = (type: string): string[] =>
  fieldsOf(type)
    .filter(isAskable)
    .map((field) => asked(field));

const PLACES = {
  Provider: (selection: string) => `query($id: ID!) { provider(id: $id) { ${selection} } }`,
  Home: (selection: string) => `query($id: ID!) { provider(id: $id) { homes(first: 1) { nodes { ${selection} } } } }`,
};

describe.each(['Provider', 'Home'] as const)('of a %s', (type) => {
  /** The facts of the register that are not among the few that are always read. */
  const facts = { Provider: 'version updatedAt accreditation { status }', Home: 'version beds address' }[type];

  async function ask(selection: string): Promise<Asked> {
    const { data, errors = [] } = await placements.send<{
      provider: (Record<string, unknown> & { homes?: { nodes: Record<string, unknown>[] } }) | null;
    }>(PLACES[type](selection), { id: LANTERNFIELD.providerId });
    const node = (type === 'Home' ? data?.provider?.homes?.nodes[0] : data?.provider) ?? {};
    return { node, refused: errors.map(({ path, extensions }) => [path, extensions?.['code']]) };
  }

  test.each(askable(type))('%s', async (selection) => {
    const name = selection.split(/[ (]/, 1)[0] ?? '';
    const [alone, beside] = await Promise.all([ask(selection), ask(`${selection} ${facts}`)]);
    expect(alone.refused).toEqual(beside.refused);
    expect([name in alone.node, alone.refused.length > 0]).toContain(true);
    expect(alone.node[name]).toEqual(beside.node[name]);
  });
});
