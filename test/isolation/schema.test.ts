import { describe, expect, it } from '@jest/globals';
import { ACCESS, createSchema } from '@accord/gateway';
import { differences } from './support/classification.js';
import { OPERATIONS, STREAMS } from './support/operation.js';

describe('the schema', () => {
  const schema = createSchema();

  it('has no field that these books do not know, nor one that they know otherwise', () => {
    expect(differences(schema, ACCESS)).toEqual([]);
  });

  it('has nothing that asks for an action and is not tried by every caller', () => {
    const tried = [...OPERATIONS.map(({ field }) => field), ...STREAMS];
    expect(tried.toSorted()).toEqual(Object.keys(ACCESS.actions).toSorted());
  });
});
