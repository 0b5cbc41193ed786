import { describe, expect, it, test } from '@jest/globals';
import {
  isEnumType,
  isInputObjectType,
  isObjectType,
  isRequiredInputField,
  Kind,
  print,
  type EnumTypeDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type InputObjectTypeDefinitionNode,
} from 'graphql';
import { contractTypes, printedSchema } from './support/operations.js';

/** What belongs to later deliveries. Take a name off this list when its delivery has come. */
const NOT_YET: readonly string[] = [];

const schema = printedSchema();
const { definitions } = contractTypes();
const enums = definitions.filter((node): node is EnumTypeDefinitionNode => node.kind === Kind.ENUM_TYPE_DEFINITION);
const inputs = definitions.filter(
  (node): node is InputObjectTypeDefinitionNode => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION,
);
const here = <T extends { readonly name: { readonly value: string } }>(nodes: readonly T[]): [string, T][] =>
  nodes.filter(({ name }) => !NOT_YET.includes(name.value)).map((node) => [node.name.value, node]);

describe('enumerations and inputs of the contract', () => {
  it('are all enumerations and inputs', () => {
    expect(enums.length + inputs.length).toBe(definitions.length);
  });

  it('are in the schema, but for those named as not yet', () => {
    const missing = [...enums, ...inputs].map(({ name }) => name.value).filter((name) => !schema.getType(name));
    expect(new Set(missing)).toEqual(new Set(NOT_YET));
  });

  it.each(here(enums))('%s has at least its values', (name, node) => {
    const type = schema.getType(name);
    const values = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
    expect(values).toEqual(expect.arrayContaining((node.values ?? []).map((value) => value.name.value)));
  });

  it.each(here(inputs))('%s has at least its fields, as they are, and asks for no more', (name, node) => {
    const type = schema.getType(name);
    const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const contract = Object.fromEntries((node.fields ?? []).map((field) => [field.name.value, print(field.type)]));
    expect(Object.fromEntries(fields.map((field) => [field.name, String(field.type)]))).toMatchObject(contract);
    const added = fields.filter((field) => !(field.name in contract));
    expect(added.filter(isRequiredInputField)).toEqual([]);
  });
});

const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));
const connections = types.filter(
  (type): type is GraphQLObjectType => isObjectType(type) && type.name.endsWith('Connection'),
);

test('every connection offers edges, nodes and pageInfo', () => {
  const shapes = connections.map((connection) => {
    const item = connection.name.replace(/Connection$/, '');
    const fields = connection.getFields();
    const edge = schema.getType(`${item}Edge`);
    const edgeFields = isObjectType(edge) ? edge.getFields() : {};
    return [fields['edges'], fields['nodes'], fields['pageInfo'], edgeFields['cursor'], edgeFields['node']].map(
      (field) => String(field?.type).replaceAll(item, 'Item'),
    );
  });
  expect(connections.length).toBeGreaterThan(0);
  expect(shapes).toEqual(connections.map(() => ['[ItemEdge!]!', '[Item!]!', 'PageInfo!', 'String!', 'Item!']));
});

test('every type and every field of the schema is described', () => {
  const bare = types.flatMap((type) => {
    const own = type.description ? [] : [type.name];
    return [
      ...own,
      ...fieldsOf(type)
        .filter((field) => !field.description)
        .map((field) => `${type.name}.${field.name}`),
    ];
  });
  expect(bare).toEqual([]);
});

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

const fieldsOf = (type: GraphQLNamedType): readonly Described[] =>
  isObjectType(type) || isInputObjectType(type) ? Object.values<Described>(type.getFields()) : [];
