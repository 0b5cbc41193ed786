import { Role } from '@accord/access';
import { exampleId } from '@accord/infra';
import { execute, TODAY } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ModelWorld, Period } from './audience-model.js';
import { detailOf, summaryOf } from './intelligence-model.js';
import { said } from './said.js';

/** Which row of the database a number of the model is. */
export type RowOf = (kind: string, number: number) => string;

/** The same of one of many worlds in one database. */
export const rowsOf =
  (world: string): RowOf =>
  (kind, number) =>
    exampleId(`random ${kind}`, `${world}${number}`);

export const rowOf = rowsOf('');

export interface Load {
  readonly sql: string;
  readonly rows: readonly unknown[];
}

/** Whoever reads for a borough may see all that a borough is shown. */
const BOROUGHS_READER = [
  Role.PLACEMENTS,
  Role.ASSISTANT_DIRECTOR,
  Role.INFORMATION_GOVERNANCE,
  Role.CARE_EXPERIENCED_VISITOR,
];

/** Days from today in London, as the policies count them: worked out by the statement, in the same transaction. */
export const day = (column: string): string => `${TODAY} + ${column}`;

const period = ({ from, until }: Period) => ({ day_from: from, day_until: until });

/** The whole world in one statement: none of its rows has to be there before another. */
export const loadWorld = (em: EntityManager, world: ModelWorld, rows: RowOf = rowOf): Promise<void> =>
  loadWorlds(em, [{ world, rows }]);

/** Several worlds in one statement, as planning it takes longer than any of them. `more` is what there is beside. */
export async function loadWorlds<T extends ModelWorld>(
  em: EntityManager,
  worlds: readonly { readonly world: T; readonly rows: RowOf }[],
  more: (world: T, rowOf: RowOf) => Load[] = () => [],
): Promise<void> {
  const all = worlds.map(({ world, rows }) => [...loads(world, rows), ...more(world, rows)]);
  const steps = (all[0] ?? []).map(({ sql }, index) => `step_${index} as (${sql})`);
  await execute(
    em,
    `with ${steps.join(', ')} select`,
    steps.map((_, index) => JSON.stringify(all.flatMap((parts) => parts[index]?.rows ?? []))),
  );
}

/** The rows of a random world, a statement for each table, whose one value is the rows as JSON. */
export function loads(world: ModelWorld, rowOf: RowOf = rowsOf('')): Load[] {
  const { suspended, agreements, groups, homes, placements, checks, sharings } = world;
  const orNull = (kind: string, number: number | null) => (number === null ? null : rowOf(kind, number));
  const providers = [0, 1];
  return [
    {
      sql: `insert into organisation (id, kind, name, code, suspended_at)
            select id, kind, id::text, id::text, case when suspended then now() end
            from jsonb_to_recordset(?::jsonb) as r(id uuid, kind text, suspended boolean)`,
      rows: suspended.map((isSuspended, number) => ({
        id: rowOf('organisation', number),
        kind: number === 0 ? 'ALLIANCE' : 'BOROUGH',
        suspended: isSuspended,
      })),
    },
    {
      sql: `insert into principal (id, tenant_id, kind, subject, display_name, roles, created_at)
            select id, tenant, 'PERSON', 'reader', 'Reader', roles, now()
            from jsonb_to_recordset(?::jsonb) as r(id uuid, tenant uuid, roles text[])`,
      rows: suspended.map((_, number) => ({
        id: rowOf('principal', number),
        tenant: rowOf('organisation', number),
        roles: number === 0 ? [Role.ALLIANCE_SAFEGUARDING_LEAD] : BOROUGHS_READER,
      })),
    },
    {
      sql: `insert into sharing_agreement (id, name, classes, purpose, in_force_from, in_force_until, review_on)
            select id, 'Agreement', classes, 'Safety', ${day('day_from')}, ${day('day_until')}, ${TODAY}
            from jsonb_to_recordset(?::jsonb) as r(id uuid, classes text[], day_from int, day_until int)`,
      rows: agreements.map((agreement, number) => ({
        id: rowOf('agreement', number),
        classes: agreement.classes,
        ...period(agreement),
      })),
    },
    {
      sql: `insert into agreement_member (agreement_id, organisation_id, member_from, member_until)
            select agreement, organisation, ${day('day_from')}, ${day('day_until')}
            from jsonb_to_recordset(?::jsonb) as r(agreement uuid, organisation uuid, day_from int, day_until int)`,
      rows: agreements.flatMap(({ members }, number) =>
        members.map((member) => ({
          agreement: rowOf('agreement', number),
          organisation: rowOf('organisation', member.organisation),
          ...period(member),
        })),
      ),
    },
    {
      sql: `insert into agreement_invitation (id, agreement_id, organisation_id, member_from, member_until, invited_at)
            select gen_random_uuid(), agreement, organisation, ${day('day_from')}, ${day('day_until')}, now()
            from jsonb_to_recordset(?::jsonb) as r(agreement uuid, organisation uuid, day_from int, day_until int)`,
      rows: agreements.flatMap(({ invited }, number) =>
        invited.map((member) => ({
          agreement: rowOf('agreement', number),
          organisation: rowOf('organisation', member.organisation),
          ...period(member),
        })),
      ),
    },
    {
      sql: `insert into borough_group (id, keeper_id, name, hides_members)
            select id, keeper, 'Group', hides from jsonb_to_recordset(?::jsonb) as r(id uuid, keeper uuid, hides boolean)`,
      rows: groups.map(({ keeper, hidesMembers }, number) => ({
        id: rowOf('group', number),
        keeper: rowOf('organisation', keeper),
        hides: hidesMembers,
      })),
    },
    {
      sql: `insert into borough_group_member (group_id, organisation_id, keeper_id, member_from, member_until)
            select group_id, organisation, keeper, ${day('day_from')}, ${day('day_until')}
            from jsonb_to_recordset(?::jsonb) as r(group_id uuid, organisation uuid, keeper uuid, day_from int, day_until int)`,
      rows: groups.flatMap(({ keeper, members }, number) =>
        members.map((member) => ({
          group_id: rowOf('group', number),
          organisation: rowOf('organisation', member.organisation),
          keeper: rowOf('organisation', keeper),
          ...period(member),
        })),
      ),
    },
    {
      sql: `insert into provider (id, name, trading_names, directors, version, updated_at)
            select id, 'Provider', '{}', '{}', 1, now() from jsonb_to_recordset(?::jsonb) as r(id uuid)`,
      rows: providers.map((number) => ({ id: rowOf('provider', number) })),
    },
    {
      sql: `insert into home (id, provider_id, name, host_borough_id, placement_types, version, updated_at)
            select id, provider, 'Home', host, '{}', 1, now()
            from jsonb_to_recordset(?::jsonb) as r(id uuid, provider uuid, host uuid)`,
      rows: homes.map(({ provider, host }, number) => ({
        id: rowOf('home', number),
        provider: rowOf('provider', provider),
        host: orNull('organisation', host),
      })),
    },
    {
      sql: `insert into placement_number (id, borough_id, provider_id, home_id, young_people, as_at)
            select gen_random_uuid(), borough, provider, home, number, ${TODAY}
            from jsonb_to_recordset(?::jsonb) as r(borough uuid, provider uuid, home uuid, number int)`,
      rows: placements.map(({ borough, provider, home, youngPeople }) => ({
        borough: rowOf('organisation', borough),
        provider: rowOf('provider', provider),
        home: orNull('home', home),
        number: youngPeople,
      })),
    },
    {
      sql: `insert into placement_check (id, tenant_id, provider_id, home_id, age_band, is_emergency, reference, checked_by, checked_at,
              checked_on, grounds, seen)
            select id, borough, provider, home, 'AGED_18_PLUS', false, reference, 'Officer', now(), ${day('day')}, '[]', '[]'
            from jsonb_to_recordset(?::jsonb) as r(id uuid, borough uuid, provider uuid, home uuid, reference text, day int)`,
      rows: checks.map((check, number) => ({
        id: rowOf('check', number),
        borough: rowOf('organisation', check.borough),
        provider: rowOf('provider', homes[check.home]?.provider ?? 0),
        home: rowOf('home', check.home),
        reference: said('check', number),
        day: check.day,
      })),
    },
    {
      sql: `insert into sharing (id, kind, owner_id, provider_id, home_id, level, anonymous, existence_known, ended_at, reason, needs_consent)
            select id, kind, owner, provider, home, level, anonymous, known, case when ended then now() end, 'Reason', needs
            from jsonb_to_recordset(?::jsonb) as r(id uuid, kind text, owner uuid, provider uuid, home uuid, level text,
              anonymous boolean, known boolean, ended boolean, needs boolean)`,
      rows: sharings.map((sharing, number) => ({
        id: rowOf('sharing', number),
        kind: sharing.kind,
        owner: rowOf('organisation', sharing.owner),
        provider: rowOf('provider', sharing.provider),
        home: orNull('home', sharing.home),
        level: sharing.level,
        anonymous: sharing.anonymous,
        known: sharing.existenceKnown,
        ended: sharing.ended,
        needs: sharing.consent !== null,
      })),
    },
    {
      sql: `insert into sharing_named (id, sharing_id, owner_id, organisation_id, group_id)
            select gen_random_uuid(), sharing, owner, organisation, group_id
            from jsonb_to_recordset(?::jsonb) as r(sharing uuid, owner uuid, organisation uuid, group_id uuid)`,
      rows: sharings.flatMap(({ named }, number) =>
        named.map(({ by, organisation, group }) => ({
          sharing: rowOf('sharing', number),
          owner: rowOf('organisation', by),
          organisation: orNull('organisation', organisation),
          group_id: orNull('group', group),
        })),
      ),
    },
    {
      sql: `insert into urgent_disclosure_recipient (disclosure_id, sharing_id, owner_id, organisation_id, ended_at)
            select gen_random_uuid(), sharing, owner, organisation, case when ended then now() end
            from jsonb_to_recordset(?::jsonb) as r(sharing uuid, owner uuid, organisation uuid, ended boolean)`,
      rows: sharings.flatMap(({ disclosed }, number) =>
        disclosed.map(({ by, organisation, ended }) => ({
          sharing: rowOf('sharing', number),
          owner: rowOf('organisation', by),
          organisation: rowOf('organisation', organisation),
          ended,
        })),
      ),
    },
    {
      sql: `insert into sharing_consent (sharing_id, owner_id, organisation_id)
            select sharing, owner, organisation
            from jsonb_to_recordset(?::jsonb) as r(sharing uuid, owner uuid, organisation uuid)`,
      rows: sharings.flatMap(({ consent }, number) =>
        (consent ?? []).map(({ by, organisation }) => ({
          sharing: rowOf('sharing', number),
          owner: rowOf('organisation', by),
          organisation: rowOf('organisation', organisation),
        })),
      ),
    },
    {
      sql: `insert into sharing_grant (id, sharing_id, owner_id, organisation_id, starts_at, ends_at, revoked_at)
            select gen_random_uuid(), sharing, owner, organisation, now() - interval '2 days',
              now() + case when how = 0 then interval '-1 day' else interval '1 day' end, case when how = 1 then now() end
            from jsonb_to_recordset(?::jsonb) as r(sharing uuid, owner uuid, organisation uuid, how int)`,
      rows: sharings.flatMap(({ grants }, number) =>
        grants.map(({ by, organisation, holds }, index) => ({
          sharing: rowOf('sharing', number),
          owner: rowOf('organisation', by),
          organisation: rowOf('organisation', organisation),
          // Over in one of two ways, or neither.
          how: holds ? 2 : index % 2,
        })),
      ),
    },
    {
      sql: `insert into intelligence_item (id, category, summary, observed_on, review_on, version, withdrawn_at, withdrawal_reason)
            select id, 'OTHER', summary, ${TODAY}, ${TODAY} + 90, 1,
              case when summary is null then now() end, case when summary is null then 'Wrong home' end
            from jsonb_to_recordset(?::jsonb) as r(id uuid, summary text)`,
      rows: sharings.map((sharing, number) => ({ id: rowOf('sharing', number), summary: summaryOf(sharing, number) })),
    },
    {
      sql: `insert into intelligence_detail (item_id, detail)
            select id, detail from jsonb_to_recordset(?::jsonb) as r(id uuid, detail text) where detail is not null`,
      rows: sharings.map((sharing, number) => ({ id: rowOf('sharing', number), detail: detailOf(sharing, number) })),
    },
    {
      sql: `insert into flag (id, kind, severity, summary, version, raised_at)
            select id, 'OTHER', 'LOW', 'Summary', 1, now() from jsonb_to_recordset(?::jsonb) as r(id uuid)`,
      rows: sharings.map((_, number) => ({ id: rowOf('sharing', number) })),
    },
    {
      sql: `insert into flag_detail (flag_id, detail)
            select id, 'Detail' from jsonb_to_recordset(?::jsonb) as r(id uuid)`,
      rows: sharings.map((_, number) => ({ id: rowOf('sharing', number) })),
    },
  ];
}
