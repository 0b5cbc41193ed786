import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { ACTIONS, guardSchema, type AccessDeclaration } from '@accord/access';
import { ACCESS, createBareSchema } from '@accord/gateway';
import { extendSchema, parse, type GraphQLSchema } from 'graphql';
import { CLASSIFICATION, differences } from './support/classification.js';
import { OPERATIONS, STREAMS } from './support/operation.js';
import { SCHEMA } from './support/selection.js';

/** Everything that a client can call by name: root fields, and fields that ask for an action of their own. */
function called(schema: GraphQLSchema, access: AccessDeclaration): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`));
  return [...new Set([...fields, ...Object.keys(access.actions)])].toSorted();
}

/** No field asks for these as a whole: what of it they let a caller read is for its disclosure (`alliance`). */
const ASKED_BY_DISCLOSURE = ['accreditation:file'];

const withCases = (): string[] => [...OPERATIONS.map(({ field }) => field), ...STREAMS].toSorted();

const ADDED = extendSchema(
  SCHEMA,
  parse(`
    extend type Query { everything: String }
    extend type Mutation { forgetEverything: String }
    extend type Subscription { everybodysAlerts: String }
    extend type Flag { childName: String }
    type Diary { entry: String }
    extend type Home { diary: Diary }
  `),
);

describe('the schema', () => {
  it('has a case for every operation and guarded field, and no other', () => {
    expect(withCases()).toEqual(called(SCHEMA, ACCESS));
  });

  it('has every field of every type classified here as the product declares it', () => {
    expect(differences(SCHEMA, ACCESS)).toEqual([]);
  });

  it.each(Object.entries(CLASSIFICATION))(
    'has %s proven by a case that is there',
    async (_type, { provenBy: [file, title] }) => {
      expect(await readFile(new URL(file, import.meta.url), 'utf8')).toContain(`it('${title}'`);
    },
  );

  it('does not start with a field that nobody declared, and names it', () => {
    const wrong = [
      'Query.everything',
      'Mutation.forgetEverything',
      'Subscription.everybodysAlerts',
      'Flag.childName',
      'Diary.entry',
      'Home.diary',
    ];
    for (const field of wrong) expect(() => guardSchema(ADDED, ACCESS)).toThrow(`${field} has no access rule`);
  });

  it('does not start with a rule whose field is gone', () => {
    const surplus = { ...ACCESS, actions: { ...ACCESS.actions, 'Query.gone': 'self:read' } } as const;
    expect(() => guardSchema(createBareSchema(), surplus)).toThrow('Query.gone is declared and not there');
  });

  it('fails here, by name, with a field that the product declares and nobody classified', () => {
    const declared: AccessDeclaration = {
      actions: { ...ACCESS.actions, 'Query.everything': 'self:read', 'Mutation.forgetEverything': 'self:read' },
      types: { ...ACCESS.types, Flag: { ...fieldsOf('Flag'), childName: 'audience' }, Diary: { entry: 'members' } },
    };
    expect(differences(ADDED, declared).toSorted()).toEqual([
      'Diary.entry is not classified',
      'Flag.childName is not classified',
      'Home.diary is not classified',
    ]);
    const missing = called(ADDED, declared).filter((field) => !withCases().includes(field));
    expect(missing).toEqual(['Mutation.forgetEverything', 'Query.everything', 'Subscription.everybodysAlerts']);
  });

  it('fails here, by name, where the product lets a field go further than it did', () => {
    const further = {
      ...ACCESS,
      types: { ...ACCESS.types, Flag: { ...fieldsOf('Flag'), detail: 'audience' } },
    } as const;
    expect(differences(SCHEMA, further)).toEqual(['Flag.detail is owner here and audience in the product']);
  });

  it('asks every action that there is', () => {
    const asked = new Set(Object.values(ACCESS.actions));
    expect(Object.keys(ACTIONS).filter((action) => !asked.has(action as keyof typeof ACTIONS))).toEqual(
      ASKED_BY_DISCLOSURE,
    );
  });
});

function fieldsOf(type: string): Exclude<AccessDeclaration['types'][string], 'envelope'> {
  const fields = ACCESS.types[type];
  return fields === undefined || fields === 'envelope' ? {} : fields;
}
