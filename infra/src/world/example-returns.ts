import type { Client } from 'pg';
import { PERSONAS, TENANT_CODE } from '../personas.js';
import { insert, organisationId } from './example-rows.js';

/** The months before the running one of which there are returns. */
const MONTHS_BACK = [1, 2, 3];

/** What was sought by a borough of middling size, how many of ten were matched, and what one costs a week. */
const SOUGHT: readonly (readonly [type: string, sought: number, ofTen: number, weeklyPounds: number])[] = [
  ['CHILDRENS_HOME', 5, 6, 4850],
  ['FOSTERING_IFA', 9, 7, 940],
  ['SUPPORTED_SHARED_RING_FENCED', 7, 8, 1010],
  ['SUPPORTED_SELF_CONTAINED', 4, 7, 1240],
  ['CARE_LEAVER_18_PLUS', 3, 8, 560],
  ['RESIDENTIAL_SPECIAL_SCHOOL', 0.25, 5, 5200],
  ['SECURE_CHILDRENS_HOME', 0.1, 3, 7400],
];

/**
 * Boroughs' returns of the last months, so that reports have something to say. Every fifth borough is always late; of
 * special schools and secure homes few are sought anywhere, and what is small stays kept back.
 */
export async function loadReturns(client: Client): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    `select id from organisation where kind = 'BOROUGH' order by code`,
  );
  const brents = PERSONAS.find(({ subject }) => subject === 'brent-placements')?.displayName;
  for (const [index, { id }] of rows.entries())
    if (index % 5 !== 0)
      for (const back of MONTHS_BACK)
        await loadReturn(client, id, index, back, id === organisationId(TENANT_CODE.brent) ? brents : undefined);
}

async function loadReturn(
  client: Client,
  borough: string,
  index: number,
  back: number,
  givenBy = 'Placements team',
): Promise<void> {
  const { rows } = await client.query<{ month: string; given_at: Date }>(
    `select m.month::text as month, least(now(), m.month + interval '1 month 4 days 10 hours') as given_at
     from (select (date_trunc('month', now() at time zone 'Europe/London') - make_interval(months => $1))::date as month) m`,
    [back],
  );
  const { month, given_at } = rows[0] ?? {};
  await insert(client, 'placement_return', { borough_id: borough, month, version: 1, given_by: givenBy, given_at });
  for (const [at, [placement_type, usual, ofTen, pounds]] of SOUGHT.entries()) {
    // Larger and smaller boroughs, livelier and quieter months.
    const size = 0.5 + ((index * 7 + at * 3) % 10) / 10 + back / 10;
    const sought = Math.round(usual * size);
    const matched = Math.min(sought, Math.round((sought * (ofTen + (index % 3) - 1)) / 10));
    const weekly_spend = matched * (pounds + (((index * 13 + at * 5) % 9) - 4) * 20);
    if (sought > 0)
      await insert(client, 'placement_return_line', {
        borough_id: borough,
        month,
        placement_type,
        sought,
        matched,
        weekly_spend,
      });
  }
}
