import { newId } from '@accord/kernel';
import { AGREEMENT, TENANT } from './world.js';

type Row = readonly [string, Readonly<Record<string, unknown>>];

/** Rows of a borough's about a thing of its own: what agreements, groups and emergencies leave behind. */
export const agreementRows = (id: string, borough: string): Row[] => [
  [
    'agreement_invitation',
    { id, agreement_id: AGREEMENT, organisation_id: borough, member_from: '2025-01-01', invited_at: new Date() },
  ],
  ['borough_group', { id, keeper_id: borough, name: 'Kept' }],
  [
    'borough_group_member',
    { group_id: id, organisation_id: TENANT.islington, member_from: '2025-01-01', keeper_id: borough },
  ],
  ['urgent_disclosure', disclosureRow(id, borough)],
  [
    'urgent_disclosure_recipient',
    { disclosure_id: id, organisation_id: TENANT.ealing, sharing_id: id, owner_id: borough },
  ],
  ['sharing_refusal', refusalRow(borough)],
  ['sharing_reminder', { kind: 'KEPT', subject_id: id, due_on: '2025-01-01', reminded_at: new Date() }],
];

export const FEARED_HARM = 'A young person is to move in tomorrow morning.';

export const disclosureRow = (id: string, owner: string): Row[1] => ({
  id,
  sharing_id: id,
  owner_id: owner,
  feared_harm: FEARED_HARM,
  reason: 'It is ten at night, and no agreement covers it.',
  disclosed_by: 'Officer',
  disclosed_at: new Date(),
  review_by: '2099-01-01',
  review_by_is_certain: false,
});

export const refusalRow = (owner: string): Row[1] => ({
  id: newId(),
  owner_id: owner,
  asked_by: 'A newspaper',
  about: 'Everything about a home',
  reason: 'No duty and no need to know.',
  recorded_by: 'Officer',
  recorded_at: new Date(),
});
