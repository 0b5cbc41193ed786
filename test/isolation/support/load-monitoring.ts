import { exampleId } from '@accord/infra';
import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { followUpLoads, visitLoads } from './load-visits.js';
import { day, type Load, type RowOf } from './load-world.js';
import { QUESTIONS, sharingOf, type MonitoringWorld } from './monitoring-world.js';
import { said } from './said.js';

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
