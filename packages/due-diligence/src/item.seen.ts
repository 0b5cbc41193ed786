import { array, execute, readPlain, readTally, TODAY, type Tally } from '@accord/persistence';
import type { PlacementType } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import { DueDiligenceItem } from './due-diligence.type.js';
import { Question } from './question-set.entity.js';
import type { AnswerState, Assurance } from './vocabulary.js';

/** SQL: an answer comes after another to the same question; of those that somebody may see, the latest counts. */
export const laterThan = (one: string, other: string): string =>
  `(${one}.answered_on, ${one}.recorded_at, ${one}.id) > (${other}.answered_on, ${other}.recorded_at, ${other}.id)`;

/** Of whom questions are asked; `key` is whose list they stand in. Binds the ids of the keys, and twice more. */
const SUBJECTS = {
  /** Of providers and their homes. */
  provider: `select p.id as key, p.id as provider_id, null::uuid as home_id, '' as home_name, p.id as subject_id,
      array(select distinct t from home h cross join unnest(h.placement_types) t where h.provider_id = p.id) as types
    from provider p, asked where p.id = any(asked.keys)
    union all
    select h.provider_id, h.provider_id, h.id, h.name, h.id, h.placement_types from home h, asked where h.provider_id = any(asked.keys)`,
  /** Of homes and those who run them: all that counts for a placement there. */
  home: `select h.id as key, h.provider_id, null::uuid as home_id, '' as home_name, h.provider_id as subject_id,
      coalesce(asked.types, h.placement_types) as types from home h, asked where h.id = any(asked.keys)
    union all
    select h.id, h.provider_id, h.id, h.name, h.id, coalesce(asked.types, h.placement_types) from home h, asked where h.id = any(asked.keys)`,
  /** Of the homes that boroughs use, and of those who run them: once, for all that they are used for. */
  use: `select n.borough_id as key, n.provider_id, null::uuid as home_id, '' as home_name, n.provider_id as subject_id,
      array(select distinct t from placement_number m join home h on h.id = m.home_id cross join unnest(h.placement_types) t
        where m.borough_id = n.borough_id and m.provider_id = n.provider_id and m.places_there) as types
    from placement_number n, asked where n.borough_id = any(asked.keys) and n.places_there group by n.borough_id, n.provider_id
    union all
    select n.borough_id, h.provider_id, h.id, h.name, h.id, h.placement_types
    from placement_number n join home h on h.id = n.home_id, asked where n.borough_id = any(asked.keys) and n.places_there`,
} as const;

/**
 * The questions of the published version as they are asked, each with the answer that counts for the calling
 * tenant: of those that the row policy lets it see, the latest. A challenge stands until somebody has seen evidence
 * after it: the provider's own word does not end it. Answers are read once, for their policy is most of the work.
 *
 * Binds the keys (an array of ids) and the placement types that are asked about (null: those that a home offers).
 */
const items = (of: keyof typeof SUBJECTS): string => `
  with asked as (select ?::uuid[] as keys, ?::text[] as types),
  subject as (${SUBJECTS[of]}),
  seen as materialized (
    select a.id, a.owner_id, a.subject_id, a.asked_id, a.value, a.is_held, a.assurance, a.answered_on, a.valid_until, a.recorded_at
    from due_diligence_answer a
    where a.subject_id = any(array(select subject_id from subject)) and a.withdrawn_on is null
  ), answer as (
    select distinct on (a.subject_id, a.asked_id) a.* from seen a
    order by a.subject_id, a.asked_id, a.answered_on desc, a.recorded_at desc, a.id desc
  ), mark as (
    select m.answer_id, m.kind, m.assurance, c.subject_id, c.asked_id, c.answered_on, c.recorded_at, c.id
    from due_diligence_mark m join seen c on c.id = m.answer_id
    where m.provider_id = any(array(select provider_id from subject)) and m.replaced_at is null
  ), challenged as (
    select distinct m.subject_id, m.asked_id from mark m
    where m.kind = 'CHALLENGED' and not exists (
      select from seen e where e.subject_id = m.subject_id and e.asked_id = m.asked_id
        and e.assurance <> 'SELF_DECLARED' and ${laterThan('e', 'm')})
  ), confirmed as (
    select answer_id, max(assurance) as assurance from mark where kind = 'CONFIRMED' group by 1
  ), item as (
    select q.id as question_id, q.asked_id, q.place, q.is_mandatory,
      s.key, s.provider_id, s.home_id, s.home_name, s.subject_id, a.id as answer_id, a.owner_id,
      case when a.is_held then a.value end as value,
      a.answered_on::text as answered_on, a.valid_until::text as valid_until,
      case when 'VERIFIED_ON_SITE' in (a.assurance, n.assurance) then 'VERIFIED_ON_SITE'
        else coalesce(n.assurance, a.assurance) end as assurance,
      case when a.id is null or not a.is_held then 'MISSING'
        when a.valid_until < ${TODAY} then 'EXPIRED'
        when c.asked_id is not null then 'CHALLENGED'
        when a.valid_until <= ${TODAY} + st.notice_days then 'EXPIRING'
        else 'CURRENT' end as state
    from due_diligence_set st
    join due_diligence_question q on q.set_id = st.id
    join subject s on (s.home_id is not null) = (q.subject = 'HOME')
      and (q.placement_types = '{}' or q.placement_types && s.types)
    left join answer a on a.subject_id = s.subject_id and a.asked_id = q.asked_id
    left join challenged c on c.subject_id = s.subject_id and c.asked_id = q.asked_id
    left join confirmed n on n.answer_id = a.id
    where st.state = 'PUBLISHED'
  )`;

interface ItemRow {
  question_id: string;
  place: number;
  key: string;
  provider_id: string;
  home_id: string | null;
  home_name: string;
  answer_id: string | null;
  owner_id: string | null;
  value: string | null;
  answered_on: string | null;
  valid_until: string | null;
  assurance: Assurance | null;
  state: AnswerState;
}

/** Which items of a list. */
export interface WantedItems {
  readonly of: keyof typeof SUBJECTS;
  readonly keys: readonly string[];
  /** Asked about as if the homes offered these; null: what they offer. */
  readonly placementTypes: readonly PlacementType[] | null;
  readonly states: readonly AnswerState[] | null;
  readonly mandatory: boolean | null;
  /** The place, the home's name and the subject after which to go on. */
  readonly after: readonly [number, string, string] | null;
  /** Of each list, at most. */
  readonly most: number;
}

/** Items by the key of their list, in the order of the questions and in it of the homes' names. */
export async function readItems(em: EntityManager, wanted: WantedItems): Promise<Map<string, DueDiligenceItem[]>> {
  const { of, keys, placementTypes, states, mandatory, after, most } = wanted;
  const rows = await execute<ItemRow>(
    em,
    `${items(of)}
     select * from (
       select i.*, row_number() over (partition by key order by place, home_name, subject_id) as n from item i
       where (?::text[] is null or i.state = any(?::text[])) and (?::boolean is null or i.is_mandatory = ?::boolean)
         and (?::int is null or (i.place, i.home_name, i.subject_id) > (?::int, ?::text, ?::uuid))
     ) numbered where n <= ? order by key, n`,
    [
      array(keys),
      placementTypes === null ? null : array(placementTypes),
      ...twice(states === null ? null : array(states)),
      ...twice(mandatory),
      after?.[0] ?? null,
      ...(after ?? [null, null, null]),
      most,
    ],
  );
  await readPublished(em, rows);
  const lists = new Map<string, DueDiligenceItem[]>(keys.map((key) => [key, []]));
  for (const row of rows) {
    const question = published.get(row.question_id);
    if (question) lists.get(row.key)?.push(toItem(row, question));
  }
  return lists;
}

/** Every tenant may read published questions, and their words never change (their policies see to both): read once. */
const published = new Map<string, Question>();

async function readPublished(em: EntityManager, rows: readonly ItemRow[]): Promise<void> {
  const unknown = new Set(rows.map((row) => row.question_id).filter((id) => !published.has(id)));
  if (unknown.size === 0) return;
  const questions = await readPlain(em, Question, 'where e.id = any(?::uuid[]) and e.is_published', [
    array([...unknown]),
  ]);
  for (const question of questions) published.set(question.id, question);
}

/** What is asked of the homes that the tenant's borough uses and of those who run them, by the state of the answers. */
export const tallyAnswers = (em: EntityManager, boroughId: string): Promise<Tally> =>
  readTally(em, `${items('use')} select state as category, count(*)::int as number from item group by 1`, [
    array([boroughId]),
    null,
  ]);

const twice = <T>(value: T): [T, T] => [value, value];

const toItem = (row: ItemRow, question: Question): DueDiligenceItem =>
  Object.assign(new DueDiligenceItem(), {
    question,
    providerId: row.provider_id,
    homeId: row.home_id,
    homeName: row.home_name,
    answerId: row.answer_id,
    ownerId: row.owner_id,
    place: row.place,
    value: row.value,
    state: row.state,
    assurance: row.assurance,
    answeredOn: row.answered_on,
    validUntil: row.valid_until,
  } satisfies DueDiligenceItem);
