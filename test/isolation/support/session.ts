import { exampleId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { TENANT } from './world.js';

/** `insufficient_privilege`: what PostgreSQL answers to a row that no policy lets in. */
export const REFUSED = '42501';
/** `unique_violation`: a policy let it in, and the row is there. */
export const THERE_ALREADY = '23505';

export interface Session {
  readonly tenant: string;
  readonly caller: string;
}

export const person = (subject: string): string => exampleId('principal', subject);

/** Sessions that reach none of Brent's rows: with whom things are shared, from whom they are hidden, and colleagues. */
export const OTHERS: Readonly<Record<string, Session>> = {
  'Barnet, with whom it is shared': { tenant: TENANT.barnet, caller: person('barnet-placements') },
  'Camden, from whom it is hidden': { tenant: TENANT.camden, caller: newId() },
  'the alliance': { tenant: TENANT.alliance, caller: person('alliance-admin') },
  'Barnet in the name of a person of Brent’s': { tenant: TENANT.barnet, caller: person('brent-placements') },
};

/** Tables of which Barnet reads Brent's rows. */
export const SHARED_ROWS: readonly string[] = [
  'borough_reference',
  'due_diligence_answer',
  'due_diligence_mark',
  'flag',
  'intelligence_item',
  'placement_hold',
  'sharing',
  'sharing_grant',
  'visit',
  'visit_action',
];
