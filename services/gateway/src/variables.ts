import { UploadedFile } from '@accord/access';
import { badInput } from '@accord/kernel';
import {
  coerceInputValue,
  GraphQLError,
  isInputType,
  isNonNullType,
  typeFromAST,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
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
    refuseNul(name, value);
    coerceInputValue(value, type, (path, _value, error) => {
      throw badInput([name, ...path].join('.'), error.originalError?.message ?? error.message);
    });
  }
}

const NUL = '\0';
const NO_NUL = 'No text may have the NUL character: PostgreSQL cannot keep it.';

/** @throws AccordError `BAD_USER_INPUT` with the path of the text. */
function refuseNul(path: string, value: unknown): void {
  if (typeof value === 'string' && value.includes(NUL)) throw badInput(path, NO_NUL);
  if (typeof value !== 'object' || value === null || value instanceof UploadedFile) return;
  for (const [key, inner] of Object.entries(value)) refuseNul(`${path}.${key}`, inner);
}

/** The same of texts that stand in the document itself. */
export const noNulRule: ValidationRule = (context) => ({
  StringValue(node) {
    if (node.value.includes(NUL)) context.reportError(new GraphQLError(NO_NUL, { nodes: [node] }));
  },
});
