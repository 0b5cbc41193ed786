import { newId } from '@accord/kernel';
import { JUNIPERFIELD } from './world.js';

/** What no story of the example world comes to: the rest of the accreditation file is there. */
export const fileRows = (id: string): readonly (readonly [string, Readonly<Record<string, unknown>>])[] => [
  ['accreditation_file', { provider_id: JUNIPERFIELD, version: 2 }],
  ['accreditation_set_aside', { decision_id: id, reason: 'Kept', set_aside_at: new Date() }],
  [
    'accreditation_put_off',
    {
      id: id,
      proposal_id: id,
      put_off_by: 'POLICE',
      reason: 'Kept',
      review_on: '2099-01-01',
      recorded_by: 'Officer',
      recorded_at: new Date(),
    },
  ],
  [
    'accreditation_appeal_outcome',
    {
      proposal_id: id,
      outcome: 'DISMISSED',
      reason: 'Kept',
      proposer_id: newId(),
      judge_id: newId(),
      judged_by: 'Lead',
      judged_at: new Date(),
    },
  ],
];
