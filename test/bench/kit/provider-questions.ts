import type { TestDatabase } from '@accord/testkit';
import pg from 'pg';
import type { Question } from './contestant.ts';
import type { ProviderVariables } from './provider-contestants.ts';

const PROVIDERS = 40;

/** SQL: there are answers about a home of a provider `p`. */
export const IS_ANSWERED =
  'exists (select from due_diligence_answer a where a.provider_id = p.id and a.home_id is not null)';

/**
 * SQL: homes of a provider `p` were visited, and nothing is withheld of any visit. PostGraphile has nothing to mask
 * columns with: it would name the borough of an anonymous visit, and not say the same.
 */
export const IS_VISITED = `exists (select from visit v where v.provider_id = p.id and v.state = 'SHARED')
  and not exists (select from visit v where v.provider_id = p.id and v.anonymous)`;

/** Providers of which something holds; their ids are random, so that their order is too. @param holds SQL of `p`. */
export async function findProviders(
  { urls }: TestDatabase,
  holds: string,
): Promise<readonly Question<ProviderVariables>[]> {
  const client = new pg.Client({ connectionString: urls.superuser });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `select p.id from provider p where ${holds} order by p.id limit ${PROVIDERS}`,
    );
    if (rows.length < PROVIDERS) throw new Error(`The bench world has ${rows.length} such providers.`);
    return rows.map(({ id }) => ({ words: `provider ${id}`, variables: { id }, pagesBefore: 0 }));
  } finally {
    await client.end();
  }
}
