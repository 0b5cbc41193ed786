import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@accord/infra';
import { buildSchema, Kind, parse, type DocumentNode, type GraphQLSchema } from 'graphql';

/** An operation of the core contract, as it stands in the file. */
export interface ContractOperation {
  readonly name: string;
  /** The delivery from which on it runs. */
  readonly from: string;
  /** To the letter: this is what clients send. */
  readonly text: string;
}

const read = (file: string): string => readFileSync(join(REPOSITORY, 'schema', file), 'utf8');

/** The schema as it is printed for clients. */
export const printedSchema = (): GraphQLSchema => buildSchema(read('schema.graphql'));

/** The enumerations and inputs that clients build on. */
export const contractTypes = (): DocumentNode => parse(read('operations/types.graphql'));

/** Every operation of `core.graphql`, in its order. */
export const CONTRACT_OPERATIONS: readonly ContractOperation[] = readOperations(read('operations/core.graphql'));

/** The text of one of them. @throws Error when there is none of that name. */
export function contractOperation(name: string): string {
  const found = CONTRACT_OPERATIONS.find((operation) => operation.name === name);
  if (!found) throw new Error(`The contract has no operation ${name}.`);
  return found.text;
}

function readOperations(text: string): ContractOperation[] {
  return text
    .split(/^# from: /m)
    .slice(1)
    .map((part) => {
      const from = /^\w+/.exec(part)?.[0] ?? '';
      const body = part.slice(part.indexOf('\n') + 1).trim();
      const { definitions } = parse(body);
      const [definition] = definitions;
      if (definitions.length !== 1 || definition?.kind !== Kind.OPERATION_DEFINITION || definition.name === undefined) {
        throw new Error(`Each mark stands above one named operation, not above this:\n${body}`);
      }
      return { name: definition.name.value, from, text: body };
    });
}
