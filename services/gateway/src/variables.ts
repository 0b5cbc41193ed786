import { badInput } from '@accord/kernel';
import {
  coerceInputValue,
  isInputType,
  isNonNullType,
  typeFromAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/**
 * Checks the variables of a valid operation, so that a wrong one is refused with its path
 * (`input.sharing.level`), before anything is counted or run.
 * @throws AccordError `BAD_USER_INPUT`.
 */
export function checkVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): void {
  for (const { variable, type: typeNode, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    const type = typeFromAST(schema, typeNode);
    // That it is one has been validated.
    if (!isInputType(type)) continue;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) {
      if (isNonNullType(type) && !defaultValue)
        throw badInput(name, `Variable "$${name}" of type ${String(type)} is missing.`);
      continue;
    }
    coerceInputValue(value, type, (path, _value, error) => {
      throw badInput([name, ...path].join('.'), error.originalError?.message ?? error.message);
    });
  }
}
