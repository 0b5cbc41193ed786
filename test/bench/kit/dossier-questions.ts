import type { TestDatabase } from '@accord/testkit';
import pg from 'pg';
import type { Question } from './contestant.ts';
import type { ProviderVariables } from './provider-contestants.ts';

const PROVIDERS = 40;

/** Providers that have something of everything; their ids are random, so that their order is too. */
const whole = (also: string): string => `
  select p.id from provider p
  where not (p.id = any($1::uuid[]))
    and exists (select from accreditation_decision d where d.provider_id = p.id)
    and exists (select from home h where h.provider_id = p.id)
    and exists (select from sharing s where s.provider_id = p.id and s.kind = 'FLAG' and s.level = 'ALLIANCE')
    and exists (select from placement_number n where n.provider_id = p.id and n.places_there)
    and ${also}
  order by p.id limit ${PROVIDERS}`;

/** Where something is withheld from the calling tenant of a flag that it may know to exist. */
const WITHHELD = `
  select distinct s.provider_id as id from sharing s left join flag f on f.id = s.id
  where s.kind = 'FLAG' and (s.anonymous or f.id is null)`;

/**
 * The dossiers to ask for: of providers on which PostGraphile, which has the row policies and nothing to mask columns
 * with, tells none of these callers more of a flag than Accord does.
 * @param codes of the callers' tenants. @param also SQL, what else has to hold of a provider `p`.
 */
export async function findDossiers(
  { urls }: TestDatabase,
  codes: readonly string[],
  also = 'true',
): Promise<readonly Question<ProviderVariables>[]> {
  const gateway = new pg.Client({ connectionString: urls.gateway });
  const superuser = new pg.Client({ connectionString: urls.superuser });
  await Promise.all([gateway.connect(), superuser.connect()]);
  try {
    const { rows: tenants } = await superuser.query<{ id: string }>(
      'select id from organisation where code = any($1::text[])',
      [codes],
    );
    const withheld: string[] = [];
    for (const tenant of tenants) {
      await gateway.query(`select set_config('app.tenant', $1, false)`, [tenant.id]);
      withheld.push(...(await gateway.query<{ id: string }>(WITHHELD)).rows.map(({ id }) => id));
    }
    const { rows } = await superuser.query<{ id: string }>(whole(also), [withheld]);
    if (tenants.length < codes.length || rows.length < PROVIDERS)
      throw new Error(`The bench world has ${rows.length} such providers, and ${tenants.length} of these tenants.`);
    return rows.map(({ id }) => ({ words: `dossier of ${id}`, variables: { id }, pagesBefore: 0 }));
  } finally {
    await Promise.all([gateway.end(), superuser.end()]);
  }
}
