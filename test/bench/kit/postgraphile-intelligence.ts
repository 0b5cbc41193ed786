import { TYPES, type PgSelectSingleStep } from 'postgraphile/@dataplan/pg';
import { addPgTableCondition, extendSchema, gql, jsonPgSmartTags } from 'postgraphile/utils';
import { sql } from 'postgraphile/pg-sql2';

const MINE = sql`(select nullif(current_setting('app.tenant', true), '')::uuid)`;

const relations = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      sharing: { attribute: { shared_on: { tags: { behavior: '+orderBy' } } } },
      intelligence_item: {
        tags: { foreignKey: '(id) references sharing (id)|@foreignSimpleFieldName item|@foreignFieldName item' },
      },
    },
  },
});

/** Known with what it says, and not only to exist. */
const isKnown = addPgTableCondition(
  { schemaName: 'public', tableName: 'sharing' },
  'isKnown',
  ({ graphql }) => ({ type: graphql.GraphQLBoolean }),
  (_, { sqlTableAlias }) => sql`exists (select from known_to_caller k where k.id = ${sqlTableAlias}.id)`,
);

/** Whether the caller may be told whose it is. */
const isNamed = extendSchema({
  typeDefs: gql`
    extend type Sharing {
      isNamed: Boolean!
    }
  `,
  objects: {
    Sharing: {
      plans: {
        isNamed: ($sharing: PgSelectSingleStep) => {
          const alias = $sharing.getClassStep().alias;
          return $sharing.select(sql`(${alias}.owner_id = ${MINE} or not ${alias}.anonymous)`, TYPES.boolean);
        },
      },
    },
  },
});

/** What PostGraphile is told of for the feed. */
export const INTELLIGENCE = [relations, isKnown, isNamed];
