import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROLE, withClient } from '@accord/persistence';
import type { Client } from 'pg';
import { PERSONAS } from '../personas.js';
import { REPOSITORY } from '../repository.js';
import { accreditationRows, reviewDueOf } from './accreditation-rows.js';
import { insertRows } from './bench-world-rows.js';
import { loadAgreements } from './example-agreements.js';
import { loadHolds } from './example-holds.js';
import { loadIntelligence } from './example-intelligence.js';
import { loadReturns } from './example-returns.js';
import { loadReferences } from './example-references.js';
import { loadAnswers } from './example-answers.js';
import { loadSchedules } from './example-schedule.js';
import { loadUse } from './example-use.js';
import { exampleId, homeId, insert, organisationId, providerId } from './example-rows.js';
import { EXAMPLE_PROVIDERS, type ExampleHome, type ExampleProvider } from './story.js';
import { loadVisits } from './example-visits.js';
import { EXAMPLE_FLAGS } from './story-flags.js';

/**
 * Loads the example world into a migrated database that is empty, and leaves any other alone.
 * @param ownerUrl the migrator's login; the rows are written as the tables' owner.
 * @returns whether it was loaded.
 */
export async function loadExampleWorld(ownerUrl: string, report: (line: string) => void): Promise<boolean> {
  return withClient(ownerUrl, async (client) => {
    await client.query(`set role ${ROLE.owner}`);
    const { rowCount } = await client.query('select from organisation limit 1');
    if (rowCount !== 0) return false;
    await client.query('begin');
    await loadOrganisations(client);
    await loadPeople(client);
    await loadAgreements(client);
    for (const provider of EXAMPLE_PROVIDERS) await loadProvider(client, provider);
    await loadUse(client);
    await loadSchedules(client);
    await loadFlags(client);
    await loadHolds(client);
    await loadReferences(client);
    await loadReturns(client);
    await loadIntelligence(client);
    await loadAnswers(client);
    await loadVisits(client);
    await client.query('commit');
    report(`example world loaded: ${EXAMPLE_PROVIDERS.length} fictional providers, ${PERSONAS.length} personas`);
    return true;
  });
}

export async function loadOrganisations(client: Client): Promise<void> {
  const csv = await readFile(join(REPOSITORY, 'infra/data/london_local_authorities.csv'), 'utf8');
  const boroughs = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  await insert(client, 'organisation', {
    id: organisationId('ALLIANCE'),
    kind: 'ALLIANCE',
    name: 'Commissioning Alliance',
    code: 'ALLIANCE',
  });
  for (const [code = '', name = ''] of boroughs) {
    await insert(client, 'organisation', { id: organisationId(code), kind: 'BOROUGH', name, code, gss_code: code });
  }
}

async function loadPeople(client: Client): Promise<void> {
  for (const { subject, displayName, tenant, roles, kind } of PERSONAS) {
    await insert(client, 'principal', {
      id: exampleId('principal', subject),
      tenant_id: organisationId(tenant),
      kind: kind.toUpperCase(),
      subject,
      display_name: displayName,
      roles,
      created_at: new Date(),
    });
  }
}

async function loadProvider(client: Client, provider: ExampleProvider): Promise<void> {
  const id = providerId(provider.name);
  const { accreditation } = provider;
  await insert(client, 'provider', {
    id,
    name: provider.name,
    trading_names: provider.tradingNames ?? [],
    company_number: provider.companyNumber,
    postcode: provider.postcode,
    directors: provider.directors ?? [],
    responsible_individual: provider.responsibleIndividual,
    dpv_lot: provider.dpvLot,
    notice_period_days: 28,
    updated_at: new Date(),
  });
  if (accreditation) {
    await insertRows(client, accreditationRows(id, { ...accreditation, reviewDue: reviewDueOf(accreditation) }));
  }
  if (provider.registration) await loadRegistration(client, id, null, provider.registration);
  await loadPlaced(client, id, null, provider.placed ?? {});
  for (const home of provider.homes) await loadHome(client, id, home);
  if (provider.mergedFrom) await loadMerged(client, id, provider.mergedFrom);
  for (const code of provider.declaredBy ?? []) {
    await insert(client, 'declared_use', {
      borough_id: organisationId(code),
      provider_id: id,
      young_people_rounded: 5,
    });
  }
}

/** An entry of the register as a merge leaves it: hidden, and found by its id and name as the one that stayed. */
async function loadMerged(
  client: Client,
  keptId: string,
  { name, postcode, on, reason }: NonNullable<ExampleProvider['mergedFrom']>,
): Promise<void> {
  const [id, mergeId, at] = [providerId(name), exampleId('merge', name), `${on}T10:00:00Z`];
  const known = { name, trading_names: [], postcode };
  await insert(client, 'provider', { id, ...known, directors: [], merged_into: keptId, updated_at: at });
  const merged = { id: mergeId, kept_id: keptId, merged_id: id, survivor_id: keptId, merged_at: at };
  await insert(client, 'provider_merge', { ...merged, ...known });
  const officer = PERSONAS.find(({ subject }) => subject === 'alliance-accreditation');
  await insert(client, 'provider_merge_note', {
    merge_id: mergeId,
    act: 'MERGED',
    reason,
    actor_id: exampleId('principal', 'alliance-accreditation'),
    acted_by: officer?.displayName,
    acted_at: at,
  });
  await client.query('select refresh_provider_search($1)', [keptId]);
}

async function loadHome(client: Client, provider: string, home: ExampleHome): Promise<void> {
  const id = homeId(home.name);
  await insert(client, 'home', {
    id,
    provider_id: provider,
    name: home.name,
    postcode: home.postcode,
    host_borough_id: organisationId(home.host),
    placement_types: home.placementTypes,
    beds: home.beds,
    gender: 'Any',
    age_from: home.ages[0],
    age_to: home.ages[1],
    manager_vacant_since: home.managerVacantSince,
    updated_at: new Date(),
  });
  if (home.registration) await loadRegistration(client, provider, id, home.registration);
  if (home.inspection && home.registration) {
    const judgement = {
      aspect: 'Overall experiences and progress',
      judgement: home.inspection.overall,
      scale: 'OFSTED_FOUR_POINT',
    };
    await insert(client, 'inspection', {
      id: exampleId('inspection', home.name),
      registration_id: exampleId('registration', home.registration.reference),
      provider_id: provider,
      home_id: id,
      regulator: 'OFSTED',
      event_number: `99${home.registration.reference.slice(-6)}`,
      kind: 'Full inspection',
      inspected_on: home.inspection.inspectedOn,
      published_on: home.inspection.publishedOn,
      judgements: JSON.stringify([judgement]),
    });
  }
  await loadPlaced(client, provider, id, home.placed ?? {});
}

async function loadRegistration(
  client: Client,
  provider: string,
  home: string | null,
  { reference, category, status }: { reference: string; category: string; status: string },
): Promise<void> {
  const id = exampleId('registration', reference);
  await insert(client, 'registration', {
    id,
    provider_id: provider,
    home_id: home,
    regulator: 'OFSTED',
    reference,
    category,
    status,
  });
}

async function loadPlaced(
  client: Client,
  provider: string,
  home: string | null,
  placed: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [code, youngPeople] of Object.entries(placed)) {
    const boroughId = organisationId(code);
    await insert(client, 'placement_number', {
      id: exampleId('placement number', `${provider} ${home} ${code}`),
      borough_id: boroughId,
      provider_id: provider,
      home_id: home,
      young_people: youngPeople,
      as_at: '2026-11-01',
    });
    const arrangement = exampleId('arrangement', `${provider} ${code}`);
    await client.query(
      `insert into commissioning_arrangement (id, borough_id, provider_id, route, starts_on) values ($1, $2, $3, 'DPV', '2025-04-01')
       on conflict do nothing`,
      [arrangement, boroughId, provider],
    );
  }
}

async function loadFlags(client: Client): Promise<void> {
  for (const flag of EXAMPLE_FLAGS) {
    const id = exampleId('flag', flag.summary);
    const [owner, provider, home] = [organisationId(flag.raisedBy), providerId(flag.provider), homeId(flag.home)];
    const { severity, level } = flag;
    await insert(client, 'sharing', {
      id,
      kind: 'FLAG',
      owner_id: owner,
      provider_id: provider,
      home_id: home,
      level,
      anonymous: false,
      existence_known: true,
      severity,
      reason: 'Part of the example world',
    });
    await insert(client, 'flag', { id, kind: flag.kind, severity, summary: flag.summary, raised_at: new Date() });
    if (flag.detail) await insert(client, 'flag_detail', { flag_id: id, detail: flag.detail });
    await insert(client, 'outbox_event', {
      id: exampleId('event', flag.summary),
      kind: 'FLAG_RAISED',
      owner_id: owner,
      provider_id: provider,
      home_id: home,
      sharing_id: id,
      occurred_at: new Date(),
    });
  }
}
