import { TYPES } from 'postgraphile/@dataplan/pg';
import { addPgTableCondition, addPgTableOrderBy, jsonPgSmartTags, orderByAscDesc } from 'postgraphile/utils';
import { INTELLIGENCE } from './postgraphile-intelligence.ts';

const PROVIDER = '(provider_id) references provider (id)';
const HOME = '(home_id) references home (id)';
const BOROUGH = '(borough_id) references organisation (id)|@fieldName borough';

const relations = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      accreditation_standing: {
        tags: { foreignKey: `${PROVIDER}|@foreignSimpleFieldName standing|@foreignFieldName standing` },
      },
      accreditation_assessment: {
        tags: { foreignKey: `${PROVIDER}|@foreignFieldName assessments` },
        attribute: { seq: { tags: { behavior: '+orderBy' } } },
      },
      accreditation_decision: {
        tags: { foreignKey: `${PROVIDER}|@foreignFieldName decisions` },
        attribute: { proposed_at: { tags: { behavior: '+orderBy' } } },
      },
      accreditation_verdict: {
        tags: {
          foreignKey:
            '(proposal_id) references accreditation_decision (id)|@foreignSimpleFieldName verdict|@foreignFieldName verdict',
        },
      },
      home: {
        tags: {
          foreignKey: [
            `${PROVIDER}|@foreignFieldName homes`,
            '(host_borough_id) references organisation (id)|@fieldName host',
          ],
        },
        attribute: { name: { tags: { behavior: '+orderBy' } } },
      },
      registration: {
        tags: { foreignKey: `${HOME}|@foreignFieldName registrations` },
        attribute: { reference: { tags: { behavior: '+orderBy' } } },
      },
      inspection: {
        tags: { foreignKey: `${HOME}|@foreignFieldName inspections` },
        attribute: {
          inspected_on: { tags: { behavior: '+orderBy' } },
          event_number: { tags: { behavior: '+orderBy' } },
        },
      },
      sharing: {
        tags: {
          foreignKey: [
            `${PROVIDER}|@fieldName provider`,
            `${HOME}|@fieldName home`,
            '(owner_id) references organisation (id)|@fieldName owner',
          ],
        },
        attribute: { ended_at: { tags: { behavior: '+filterBy' } } },
      },
      flag: {
        tags: { foreignKey: '(id) references sharing (id)|@foreignSimpleFieldName flag|@foreignFieldName flag' },
      },
      flag_acknowledgement: {
        tags: { foreignKey: '(flag_id) references flag (id)|@foreignFieldName acknowledgements' },
      },
      placement_number: {
        tags: { foreignKey: [`${PROVIDER}|@foreignFieldName placementNumbers`, BOROUGH] },
        attribute: { places_there: { tags: { behavior: '+filterBy' } } },
      },
      visit: {
        tags: {
          foreignKey: [`${HOME}|@foreignFieldName visits`, '(owner_id) references organisation (id)|@fieldName owner'],
        },
        attribute: { visited_on: { tags: { behavior: '+orderBy' } } },
      },
      due_diligence_question: {
        tags: { foreignKey: '(set_id) references due_diligence_set (id)|@foreignFieldName questions' },
      },
      due_diligence_set: { attribute: { state: { tags: { behavior: '+filterBy' } } } },
      due_diligence_answer: {
        tags: {
          foreignKey: [
            `${PROVIDER}|@foreignFieldName answers`,
            '(owner_id) references organisation (id)|@fieldName owner',
          ],
        },
      },
      due_diligence_mark: { tags: { foreignKey: `${PROVIDER}|@foreignFieldName marks` } },
      declared_use: { tags: { foreignKey: [`${PROVIDER}|@foreignFieldName declaredUses`, BOROUGH] } },
    },
  },
});

const orderByLowerName = addPgTableOrderBy({ schemaName: 'public', tableName: 'provider' }, ({ sql }) =>
  orderByAscDesc('LOWER_NAME', (provider) => ({ fragment: sql`lower(${provider.alias}.name)`, codec: TYPES.text })),
);

/** Flags as Accord orders them: open ones first, then by the day on which they were raised. */
const orderFlags = addPgTableOrderBy({ schemaName: 'public', tableName: 'sharing' }, ({ sql }) => ({
  ...orderByAscDesc('IS_OPEN', ({ alias }) => ({ fragment: sql`(${alias}.ended_at is null)`, codec: TYPES.boolean })),
  ...orderByAscDesc('RAISED_ON', ({ alias }) => ({
    fragment: sql`(select (f.raised_at at time zone 'Europe/London')::date from flag f where f.id = ${alias}.id)`,
    codec: TYPES.date,
  })),
}));

/** Rows of the calling tenant, or of the others: its id is a setting that a client does not know. */
const isMine = (tableName: string, column: string) =>
  addPgTableCondition(
    { schemaName: 'public', tableName },
    'isMine',
    ({ graphql }) => ({ type: graphql.GraphQLBoolean }),
    (mine, { sql, sqlTableAlias }) => {
      const own = sql`${sqlTableAlias}.${sql.identifier(column)} = (select current_setting('app.tenant')::uuid)`;
      return mine === true ? own : sql`not (${own})`;
    },
  );

/** What PostGraphile is told of, because the database does not say it: relations, orderings and conditions. */
export const RELATIONS_AND_ORDERS = [
  relations,
  orderByLowerName,
  orderFlags,
  isMine('flag_acknowledgement', 'organisation_id'),
  isMine('declared_use', 'borough_id'),
  isMine('sharing', 'owner_id'),
  ...INTELLIGENCE,
];
