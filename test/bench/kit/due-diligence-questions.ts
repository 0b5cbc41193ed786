import type { TestDatabase } from '@accord/testkit';
import pg from 'pg';
import type { Question } from './contestant.ts';
import type { DueDiligenceVariables } from './due-diligence.ts';

const PROVIDERS = 40;

/** Providers with homes and answers; their ids are random, so that their order is too. */
const ANSWERED = `
  select p.id from provider p
  where exists (select from home h where h.provider_id = p.id)
    and exists (select from due_diligence_answer a where a.provider_id = p.id and a.home_id is not null)
  order by p.id limit ${PROVIDERS}`;

/** The providers whose answers are asked for. */
export async function findAnswered({ urls }: TestDatabase): Promise<readonly Question<DueDiligenceVariables>[]> {
  const client = new pg.Client({ connectionString: urls.superuser });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(ANSWERED);
    if (rows.length < PROVIDERS) throw new Error(`The bench world has ${rows.length} such providers.`);
    return rows.map(({ id }) => ({ words: `due diligence of ${id}`, variables: { id }, pagesBefore: 0 }));
  } finally {
    await client.end();
  }
}
