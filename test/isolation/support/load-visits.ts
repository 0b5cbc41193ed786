import { shippedFormId } from '@accord/monitoring';
import { day, type Load, type RowOf } from './load-world.js';
import { sharingOf, stateOf, type ModelVisit, type MonitoringWorld } from './monitoring-world.js';
import { said } from './said.js';

const FORM = shippedFormId('COL_APPENDIX_4');
const FRAMEWORK = shippedFormId('BRENT_QAF');
const VISITORS_FORM = shippedFormId('CARE_EXPERIENCED');

/** The rows of a world’s visits: what was seen, by whom, and what care-experienced visitors say of it. */
export function visitLoads(world: MonitoringWorld, rowOf: RowOf): Load[] {
  const owner = ({ number }: ModelVisit): string => rowOf('organisation', sharingOf(world, number).owner);
  const visitor = ({ number, isReader }: ModelVisit): string =>
    isReader ? rowOf('principal', sharingOf(world, number).owner) : rowOf('visitor', number);
  const about = (visit: ModelVisit) => ({ visit: rowOf('sharing', visit.number), owner: owner(visit) });
  return [
    {
      sql: `insert into visit (id, owner_id, provider_id, home_id, template_id, framework_id, visited_on, reason, reason_other, mode,
              unannounced, made_as, provider_representatives, outcome, state, version, anonymous, withdrawal_reason)
            select visit, owner, provider, home, '${FORM}', '${FRAMEWORK}', ${day('day')}, 'OTHER', why, 'IN_PERSON', true, as_what,
              '{NIGHT_STAFF}', outcome, state, 1, anonymous, case when state = 'WITHDRAWN' then 'Taken back' end
            from jsonb_to_recordset(?::jsonb) as r(visit uuid, owner uuid, provider uuid, home uuid, day int, why text, as_what text,
              outcome text, state text, anonymous boolean)`,
      rows: world.visits.map((visit) => {
        const { provider, home, anonymous } = sharingOf(world, visit.number);
        return {
          ...about(visit),
          provider: rowOf('provider', provider),
          home: home === null ? null : rowOf('home', home),
          day: visit.day,
          why: said('why', visit.number),
          as_what: visit.madeAs,
          outcome: visit.outcome,
          state: stateOf(world, visit),
          anonymous,
        };
      }),
    },
    {
      sql: `insert into visit_answer (visit_id, template_id, item_code, entry, owner_id, stays_in_borough, value, dates, checked_by, revision)
            select visit, template, code, 1, owner, stays, value, '{}', checked, 1
            from jsonb_to_recordset(?::jsonb) as r(visit uuid, owner uuid, template uuid, code text, stays boolean, value text, checked text)`,
      rows: world.visits.flatMap((visit) => {
        const checked = said('checked', visit.number);
        const answers = [
          { template: FORM, code: 'SUP.1', stays: false, value: said('seen', visit.number), checked },
          { template: FORM, code: 'YPF.1', stays: true, value: said('child', visit.number), checked },
          { template: FRAMEWORK, code: 'QAF.4.1', stays: false, value: 'NOT_MET', checked: null },
        ];
        return answers.map((answer) => ({ ...about(visit), ...answer }));
      }),
    },
    {
      sql: `insert into visit_visitor (visit_id, principal_id, owner_id, name, is_care_experienced, named_to_others)
            select visit, principal, owner, name, care, named
            from jsonb_to_recordset(?::jsonb) as r(visit uuid, owner uuid, principal uuid, name text, care boolean, named boolean)`,
      rows: world.visits.flatMap((visit) => [
        {
          ...about(visit),
          principal: rowOf('officer', visit.number),
          name: said('officer', visit.number),
          care: false,
          named: true,
        },
        {
          ...about(visit),
          principal: visitor(visit),
          name: said('visitor', visit.number),
          care: true,
          named: visit.showsName,
        },
      ]),
    },
    {
      sql: `insert into visitor_part (visit_id, principal_id, owner_id, template_id, words, submitted_on, version)
            select visit, principal, owner, '${VISITORS_FORM}', words, case when submitted then ${day('0')} end, 1
            from jsonb_to_recordset(?::jsonb) as r(visit uuid, owner uuid, principal uuid, words jsonb, submitted boolean)`,
      rows: world.visits.map((visit) => ({
        ...about(visit),
        principal: visitor(visit),
        words: { 'CEV.4': said('words', visit.number) },
        submitted: visit.isSubmitted,
      })),
    },
    {
      sql: `insert into visitor_photo (id, visit_id, principal_id, owner_id, media_type, bytes, hash, scan, added_on, shown_to_others)
            select id, visit, principal, owner, 'image/png', 1, '00', 'CLEAN', ${day('0')}, shown
            from jsonb_to_recordset(?::jsonb) as r(id uuid, visit uuid, principal uuid, owner uuid, shown boolean)`,
      rows: world.visits
        .filter(({ photo }) => photo !== 'NONE')
        .map((visit) => ({
          ...about(visit),
          id: rowOf('photo', visit.number),
          principal: visitor(visit),
          shown: visit.photo === 'SHOWN',
        })),
    },
  ];
}

/** The rows of what follows from a world’s visits. */
export function followUpLoads(world: MonitoringWorld, rowOf: RowOf): Load[] {
  const about = ({ number }: ModelVisit) => ({
    visit: rowOf('sharing', number),
    owner: rowOf('organisation', sharingOf(world, number).owner),
  });
  const part = (kind: string, number: number, place: number): string => rowOf(`${kind} of ${number}`, place);
  return [
    {
      sql: `insert into visit_finding (id, visit_id, owner_id, severity, summary, item_codes, state, version, written_by, written_by_name,
              reply_asked_on, reply_due_on, reply, replied_on, published_by, published_by_name, published_on)
            select id, visit, owner, 'HIGH', summary, '{}', state, 1, gen_random_uuid(), writer, ${day('-9')}, ${day('5')}, reply,
              ${day('-8')}, case when published then gen_random_uuid() end, case when published then writer end,
              case when published then ${day('-7')} end
            from (select r.*, state = 'PUBLISHED' as published from jsonb_to_recordset(?::jsonb)
              as r(id uuid, visit uuid, owner uuid, summary text, state text, writer text, reply text)) r`,
      rows: world.visits.flatMap((visit) =>
        visit.findings.map((state, place) => ({
          ...about(visit),
          id: part('finding', visit.number, place),
          summary: said('finding', visit.number, place),
          writer: said('writer', visit.number, place),
          reply: said('reply', visit.number, place),
          state,
        })),
      ),
    },
    {
      sql: `insert into visit_action (id, visit_id, owner_id, finding_id, what, responsible, due_on, done_on, verified_on, verified_by, version)
            select id, visit, owner, finding, what, 'PROVIDER', ${day('due')}, case when state <> 'OPEN' then ${day('0')} end,
              case when state = 'VERIFIED' then ${day('0')} end, case when state = 'VERIFIED' then verifier end, 1
            from jsonb_to_recordset(?::jsonb) as r(id uuid, visit uuid, owner uuid, finding uuid, what text, due int, state text, verifier text)`,
      rows: world.visits.flatMap((visit) =>
        visit.actions.map(({ finding, due, state }, place) => ({
          ...about(visit),
          id: part('action', visit.number, place),
          finding: finding === null || finding >= visit.findings.length ? null : part('finding', visit.number, finding),
          what: said('action', visit.number, place),
          verifier: said('verifier', visit.number, place),
          due,
          state,
        })),
      ),
    },
  ];
}
