import { exampleId } from '@accord/infra';
import { shippedFormId } from '@accord/monitoring';
import { newId } from '@accord/kernel';
import { CONDITIONS, SHARING_REASON } from './scene-base.js';
import type { Scene } from './scene.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './world.js';

/** What a visit is like that is there without having been told to anybody. */
export interface VisitFacts {
  readonly owner?: TenantName;
  readonly home?: string | null;
  readonly state?: 'DRAFT' | 'SHARED' | 'WITHDRAWN';
  readonly level?: 'OWN_BOROUGH' | 'NAMED' | 'BOROUGHS_CONCERNED' | 'ALLIANCE';
  readonly named?: readonly { readonly borough?: TenantName; readonly group?: string }[];
  readonly anonymous?: boolean;
  /** To whom it was disclosed urgently. */
  readonly disclosed?: readonly { readonly to: TenantName; readonly ended?: boolean }[];
}

/** A visit, and what hangs on it. */
export interface VisitRows {
  readonly id: string;
  /** Of findings: one with the provider, who has replied; one that is published; one that is written and no more. */
  readonly replied: string;
  readonly published: string;
  readonly draft: string;
  readonly open: string;
  readonly done: string;
  /** Photos of the care-experienced visitor: one that they show to others, and one that they keep in the borough. */
  readonly shown: string;
  readonly kept: string;
}

type VisitRowList = readonly (readonly [table: string, row: Readonly<Record<string, unknown>>])[];

export const TEMPLATE = shippedFormId('COL_APPENDIX_4');
export const FRAMEWORK_ID = shippedFormId('BRENT_QAF');
/** A day that no turn of the worker's clock comes to: what falls due would be told of in the middle of a suite. */
export const NEVER_DUE = '2099-01-01';
export const VISITED_ON = '2026-11-02';
export const ANSWER = 'Two on duty by day and by night.';
export const CHILDS_DATA = 'Her file is complete.';
export const PUBLISHED = 'The back door does not lock.';
export const UNPUBLISHED = 'Nobody knew the fire plan.';
export const REPLY = 'Mended on the day.';
export const VISITORS_WORDS = 'Cold. I would not sleep here.';
export const OFFICER = 'Brent quality officer';
export const VISITOR = 'Brent care-experienced visitor';
export const TAKEN_BACK = 'It was another home.';

const principal = (name: string) => exampleId('principal', name);

/** The rows of a visit, in the order in which they can be inserted. */
export function visitRows(
  id: string,
  { owner = 'brent', home = COURT, state = 'SHARED', ...facts }: VisitFacts = {},
): { rows: VisitRowList; of: VisitRows } {
  const own = { visit_id: id, owner_id: TENANT[owner] };
  const of = {
    id,
    replied: newId(),
    published: newId(),
    draft: newId(),
    open: newId(),
    done: newId(),
    shown: newId(),
    kept: newId(),
  };
  const finding = {
    ...own,
    severity: 'HIGH',
    item_codes: ['ACC.26'],
    version: 1,
    written_by: principal('brent-quality'),
    written_by_name: OFFICER,
  };
  const asked = { reply_asked_on: VISITED_ON, reply_due_on: '2026-11-16', reply: REPLY, replied_on: VISITED_ON };
  const answer = { ...own, template_id: TEMPLATE, entry: 1, dates: [], revision: 1 };
  const action = { ...own, what: 'A new lock', responsible: 'PROVIDER', due_on: NEVER_DUE, version: 1 };
  const rows: VisitRowList = [
    [
      'visit',
      {
        id,
        owner_id: TENANT[owner],
        provider_id: JUNIPERFIELD,
        home_id: home,
        template_id: TEMPLATE,
        framework_id: FRAMEWORK_ID,
        visited_on: VISITED_ON,
        reason: 'OTHER',
        reason_other: 'A neighbour asked for it.',
        mode: 'IN_PERSON',
        unannounced: true,
        made_as: 'COMMISSIONING',
        provider_representatives: ['REGISTERED_MANAGER'],
        outcome: 'SIGNIFICANT_CONCERNS',
        state,
        version: 1,
        anonymous: facts.anonymous ?? false,
        withdrawal_reason: state === 'WITHDRAWN' ? TAKEN_BACK : null,
      },
    ],
    ['visit_answer', { ...answer, item_code: 'SUP.1', value: ANSWER, stays_in_borough: false }],
    ['visit_answer', { ...answer, item_code: 'YPF.1', value: CHILDS_DATA, stays_in_borough: true }],
    [
      'visit_answer',
      { ...answer, template_id: FRAMEWORK_ID, item_code: 'QAF.4.1', value: 'NOT_MET', stays_in_borough: false },
    ],
    [
      'visit_answer',
      { ...answer, item_code: 'POL.7', checked_by: OFFICER, dates: [VISITED_ON], stays_in_borough: false },
    ],
    [
      'visit_visitor',
      {
        ...own,
        principal_id: principal('brent-quality'),
        name: OFFICER,
        is_care_experienced: false,
        named_to_others: true,
      },
    ],
    [
      'visit_visitor',
      {
        ...own,
        principal_id: principal('brent-visitor'),
        name: VISITOR,
        is_care_experienced: true,
        named_to_others: false,
      },
    ],
    [
      'visitor_part',
      {
        ...own,
        principal_id: principal('brent-visitor'),
        template_id: shippedFormId('CARE_EXPERIENCED'),
        words: JSON.stringify({ 'CEV.4': VISITORS_WORDS }),
        submitted_on: VISITED_ON,
        version: 1,
      },
    ],
    ...[of.shown, of.kept].flatMap((photo): VisitRowList => [
      [
        'visitor_photo',
        {
          ...own,
          id: photo,
          principal_id: principal('brent-visitor'),
          media_type: 'image/jpeg',
          bytes: 266,
          hash: '00',
          scan: 'NOT_SCANNED',
          added_on: VISITED_ON,
          shown_to_others: photo === of.shown,
        },
      ],
      ['stored_file', { id: photo, tenant_id: TENANT[owner], bytes: 266 }],
    ]),
    ['visit_finding', { ...finding, ...asked, id: of.replied, summary: UNPUBLISHED, state: 'REPLY_ASKED' }],
    [
      'visit_finding',
      {
        ...finding,
        ...asked,
        id: of.published,
        summary: PUBLISHED,
        state: 'PUBLISHED',
        published_by: principal('brent-director'),
        published_by_name: 'Brent assistant director',
        published_on: VISITED_ON,
      },
    ],
    ['visit_finding', { ...finding, id: of.draft, summary: UNPUBLISHED, state: 'DRAFT' }],
    ['visit_action', { ...action, id: of.open, finding_id: of.replied }],
    ['visit_action', { ...action, id: of.done, finding_id: of.published, done_on: '2026-11-10' }],
  ];
  return { rows, of };
}

/** A visit that is there without having been told to anybody. */
export async function newVisit(scene: Scene, facts: VisitFacts = {}): Promise<VisitRows> {
  const { rows, of } = visitRows(newId(), facts);
  for (const [table, row] of rows) await scene.insert(table, row);
  const { owner = 'brent', home = COURT, state = 'SHARED', level = 'BOROUGHS_CONCERNED' } = facts;
  if (state === 'DRAFT') return of;
  await scene.insert('sharing', {
    id: of.id,
    kind: 'VISIT',
    owner_id: TENANT[owner],
    provider_id: JUNIPERFIELD,
    home_id: home,
    level,
    anonymous: facts.anonymous ?? false,
    existence_known: false,
    ended_at: state === 'WITHDRAWN' ? new Date() : null,
    reason: SHARING_REASON,
    conditions: CONDITIONS,
  });
  for (const { borough, group } of facts.named ?? [])
    await scene.insert('sharing_named', {
      id: newId(),
      sharing_id: of.id,
      owner_id: TENANT[owner],
      organisation_id: borough === undefined ? null : TENANT[borough],
      group_id: group ?? null,
    });
  for (const { to, ended } of facts.disclosed ?? [])
    await scene.insert('urgent_disclosure_recipient', {
      disclosure_id: newId(),
      organisation_id: TENANT[to],
      sharing_id: of.id,
      owner_id: TENANT[owner],
      ended_at: ended === true ? new Date() : null,
    });
  return of;
}

/** Takes a visit away as if it had never been there. */
export async function removeVisit(scene: Scene, id: string): Promise<void> {
  await scene.sql('delete from stored_file where id in (select id from visitor_photo where visit_id = $1)', [id]);
  for (const table of [
    'visit_answer',
    'visit_visitor',
    'visitor_part',
    'visitor_photo',
    'visit_finding',
    'visit_action',
  ])
    await scene.sql(`delete from ${table} where visit_id = $1`, [id]);
  await scene.sql('delete from visit where id = $1', [id]);
  for (const table of ['sharing_named', 'sharing_decision', 'urgent_disclosure_recipient'])
    await scene.sql(`delete from ${table} where sharing_id = $1`, [id]);
  await scene.sql('delete from sharing where id = $1', [id]);
}

/** For every table of visits and forms, which rows belong to a visit; of forms, any. */
export const visitTables = (id: string): Readonly<Record<string, string>> => ({
  form_item: 'true',
  form_template: 'true',
  follow_up_reminder: 'true',
  visit: `id = '${id}'`,
  ...Object.fromEntries(
    ['visit_action', 'visit_answer', 'visit_finding', 'visit_visitor', 'visitor_part', 'visitor_photo'].map((table) => [
      table,
      `visit_id = '${id}'`,
    ]),
  ),
});

/** A draft of Brent's with everything that can hang on one, and that somebody was reminded of it. */
export const sharedWithAll = (id: string): VisitRowList => [
  ...visitRows(id, { state: 'DRAFT' }).rows.map(([table, row]) =>
    table === 'visit'
      ? ([table, { ...row, state: 'SHARED', outcome: 'EXPECTATIONS_MET' }] as const)
      : ([table, row] as const),
  ),
  ['follow_up_reminder', { kind: 'Kept', subject_id: id, due_on: VISITED_ON, reminded_at: new Date() }],
];
