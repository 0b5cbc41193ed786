import { exampleId } from '@accord/infra';
import { shippedFormId } from '@accord/monitoring';
import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { day, type Load, type RowOf } from './load-world.js';
import { QUESTIONS, said, sharingOf, stateOf, type ModelVisit, type MonitoringWorld } from './monitoring-world.js';

const FORM = shippedFormId('COL_APPENDIX_4');
const FRAMEWORK = shippedFormId('BRENT_QAF');
const VISITORS_FORM = shippedFormId('CARE_EXPERIENCED');

const questionId = (place: number): string => exampleId('random question', String(place));
const askedId = (asked: number): string => exampleId('random asked', String(asked));

/** Puts the questions of the model in the place of those that ship, for all worlds of a database. */
export async function loadQuestions(em: EntityManager): Promise<void> {
  await execute(em, `update due_diligence_set set state = 'RETIRED' where state = 'PUBLISHED'`);
  for (const isPublished of [false, true]) {
    const set = exampleId('random set', String(isPublished));
    await execute(
      em,
      `insert into due_diligence_set (id, number, state, source, notice_days, version) values (?, ?, ?, 'Random', 30, 1)`,
      [set, isPublished ? 1002 : 1001, isPublished ? 'PUBLISHED' : 'RETIRED'],
    );
    for (const [place, question] of QUESTIONS.entries()) {
      if (question.isPublished !== isPublished) continue;
      await execute(
        em,
        `insert into due_diligence_question (id, set_id, asked_id, code, text, category, kind, subject, is_mandatory, choices,
           placement_types, answered_by_roles, is_for_provider, place, source, is_published)
         values (?, ?, ?, ?, 'Asked', 'STAFF', 'TEXT', ?, ?, '{}', '{}', '{}', true, ?, 'Random', true)`,
        [questionId(place), set, askedId(question.asked), question.code, question.subject, question.isMandatory, place],
      );
    }
  }
}

/** The rows of what is monitored in a random world, beside those of the world itself. */
export const monitoringLoads = (world: MonitoringWorld, rowOf: RowOf): Load[] => [
  ...visitLoads(world, rowOf),
  ...followUpLoads(world, rowOf),
  ...answerLoads(world, rowOf),
  ...referenceLoads(world, rowOf),
  {
    sql: `insert into placement_hold (id, kind, starts_on, review_on, reason, lifted_on, lift_reason, version, decided_at)
          select id, 'OTHER', ${day('-1')}, ${day('30')}, reason, case when lifted then ${day('0')} end,
            case when lifted then 'Over' end, 1, now()
          from jsonb_to_recordset(?::jsonb) as r(id uuid, reason text, lifted boolean)`,
    rows: world.holds.map((number) => ({
      id: rowOf('sharing', number),
      reason: said('hold', number),
      lifted: sharingOf(world, number).ended,
    })),
  },
  {
    sql: `insert into visit_rule (id, borough_id, name, functions, regime, placement_types, every, early_days, tolerance_days, version)
          select id, borough, name, functions, 'ANY', '{}', every, 30, 0, 1
          from jsonb_to_recordset(?::jsonb) as r(id uuid, borough uuid, name text, functions text[], every jsonb)`,
    rows: world.rules.map(({ borough, functions, everyDays }, number) => ({
      id: rowOf('rule', number),
      borough: rowOf('organisation', borough),
      name: said('rule', number),
      functions,
      every: { count: everyDays, unit: 'DAYS' },
    })),
  },
  {
    sql: `insert into host_notice (borough_id, host_id, up_to_date_as_at)
          select borough, host, ${day('as_at')} from jsonb_to_recordset(?::jsonb) as r(borough uuid, host uuid, as_at int)`,
    rows: world.notices.map((notice) => ({
      borough: rowOf('organisation', notice.borough),
      host: rowOf('organisation', notice.host),
      as_at: notice.day,
    })),
  },
];

function visitLoads(world: MonitoringWorld, rowOf: RowOf): Load[] {
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
  ];
}

function followUpLoads(world: MonitoringWorld, rowOf: RowOf): Load[] {
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

function answerLoads(world: MonitoringWorld, rowOf: RowOf): Load[] {
  return [
    {
      // A later number is recorded later: of two of the same day it counts.
      sql: `insert into due_diligence_answer (id, owner_id, provider_id, home_id, question_id, asked_id, value, is_held, assurance, note,
              answered_on, valid_until, recorded_at, recorded_by, withdrawn_on, withdrawal_reason)
            select id, owner, provider, home, question, asked, value, held, assurance, note, ${day('answered')}, ${day('until')},
              now() + make_interval(secs => number), by, case when withdrawn then ${day('0')} end,
              case when withdrawn then 'Taken back' end
            from jsonb_to_recordset(?::jsonb) as r(id uuid, number int, owner uuid, provider uuid, home uuid, question uuid, asked uuid,
              value text, held boolean, assurance text, note text, answered int, until int, by text, withdrawn boolean)`,
      rows: world.answers.map(({ number, question, ...answer }) => {
        const { owner, provider, home, ended } = sharingOf(world, number);
        return {
          id: rowOf('sharing', number),
          number,
          owner: rowOf('organisation', owner),
          provider: rowOf('provider', provider),
          home: home === null ? null : rowOf('home', home),
          question: questionId(question),
          asked: askedId(QUESTIONS[question]?.asked ?? 0),
          value: said('answer', number),
          held: answer.isHeld,
          assurance: answer.assurance,
          note: said('note', number),
          answered: answer.day,
          until: answer.validUntil,
          by: said('by', number),
          withdrawn: ended,
        };
      }),
    },
    {
      sql: `insert into due_diligence_mark (id, answer_id, owner_id, provider_id, kind, assurance, reason, marked_on, recorded_by, replaced_at)
            select id, answer, owner, provider, case when assurance is null then 'CHALLENGED' else 'CONFIRMED' end, assurance,
              case when assurance is null then reason end, ${day('0')}, 'Somebody', case when replaced then now() end
            from jsonb_to_recordset(?::jsonb) as r(id uuid, answer uuid, owner uuid, provider uuid, assurance text, reason text, replaced boolean)`,
      rows: world.marks.map(({ number, answer, confirmedAs, isReplaced }) => {
        const { owner, provider } = sharingOf(world, number);
        return {
          id: rowOf('sharing', number),
          answer: rowOf('sharing', answer),
          owner: rowOf('organisation', owner),
          provider: rowOf('provider', provider),
          assurance: confirmedAs,
          reason: said('challenge', number),
          replaced: isReplaced,
        };
      }),
    },
  ];
}

function referenceLoads(world: MonitoringWorld, rowOf: RowOf): Load[] {
  const about = ({ provider, home, requester, due }: MonitoringWorld['requests'][number], number: number) => ({
    request: rowOf('request', number),
    requester: rowOf('organisation', requester),
    provider: rowOf('provider', provider),
    home: home === null ? null : rowOf('home', home),
    question: said('question', number),
    due,
  });
  return [
    {
      sql: `insert into reference_request (id, requester_id, requested_by, provider_id, home_id, purpose, questions, due_on, is_due_certain, asked_at)
            select request, requester, by, provider, home, 'MONITORING', array[question], ${day('due')}, true, now()
            from jsonb_to_recordset(?::jsonb) as r(request uuid, requester uuid, by text, provider uuid, home uuid, question text, due int)`,
      rows: world.requests.map((request, number) => ({ ...about(request, number), by: said('asker', number) })),
    },
    {
      sql: `insert into borough_reference (id, request_id, requester_id, borough_id, provider_id, home_id, questions, due_on, state, answers,
              young_people, used_since, decline_reason, answered_by, answered_on, shared_with_alliance, version)
            select id, request, requester, borough, provider, home, array[question], ${day('due')}, state,
              case when state = 'ANSWERED' then array[answer] end, case when state = 'ANSWERED' then 17 end,
              case when state = 'ANSWERED' then ${day('-400')} end, case when state = 'DECLINED' then reason end,
              case when state <> 'ASKED' then by end, case when state <> 'ASKED' then ${day('-1')} end, shared, 1
            from jsonb_to_recordset(?::jsonb) as r(id uuid, request uuid, requester uuid, borough uuid, provider uuid, home uuid, question text,
              due int, state text, answer text, reason text, by text, shared boolean)`,
      rows: world.requests.flatMap((request, number) =>
        request.asked.map(({ borough, state, goesToAll }) => ({
          ...about(request, number),
          id: rowOf(`reference of ${number}`, borough),
          borough: rowOf('organisation', borough),
          state,
          answer: said('reference', number, borough),
          reason: said('declined', number, borough),
          by: said('referee', number, borough),
          shared: goesToAll,
        })),
      ),
    },
    {
      sql: `insert into reference_setting (borough_id, is_asked, required)
            select borough, true, required from jsonb_to_recordset(?::jsonb) as r(borough uuid, required int) where required is not null`,
      rows: world.required.map((required, number) => ({ borough: rowOf('organisation', number), required })),
    },
  ];
}
