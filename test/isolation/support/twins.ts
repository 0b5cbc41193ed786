import { newId } from '@accord/kernel';
import type { Answer } from '@accord/testkit';
import type { Scene } from './scene.js';
import { listed, TENANT, type TenantName } from './world.js';

/** Two entries of the register that are one provider: each with a home, in another borough and used by another. */
export interface Twins {
  readonly keptId: string;
  readonly mergedId: string;
  /** Hosted by Camden; the City places there. */
  readonly keptHome: string;
  /** Hosted by Havering; Barnet places there. */
  readonly mergedHome: string;
}

let count = 0;

export async function newTwins(scene: Scene): Promise<Twins> {
  const twins = { keptId: newId(), mergedId: newId(), keptHome: newId(), mergedHome: newId() };
  await addProvider(scene, twins.keptId, 'Sorrelbank Homes Limited');
  await addProvider(scene, twins.mergedId, 'Sorrelbank Homes Ltd.');
  await addHome(scene, twins.keptHome, twins.keptId, 'camden');
  await addHome(scene, twins.mergedHome, twins.mergedId, 'havering');
  await place(scene, 'city', twins.keptId, twins.keptHome, 1);
  await place(scene, 'barnet', twins.mergedId, twins.mergedHome, 2);
  return twins;
}

export async function addProvider(scene: Scene, id: string, name: string): Promise<void> {
  count += 1;
  await scene.insert('provider', { id, name: `${name} ${count}`, postcode: 'ZZ1 5SB', ...listed() });
}

export async function addHome(scene: Scene, id: string, providerId: string, host: TenantName): Promise<void> {
  const facts = { name: `Sorrel ${id.slice(0, 4)}`, postcode: 'ZZ1 6SB', placement_types: ['CHILDRENS_HOME'] };
  await scene.insert('home', {
    id,
    provider_id: providerId,
    host_borough_id: TENANT[host],
    ...facts,
    version: 1,
    updated_at: new Date(),
  });
}

export async function place(
  scene: Scene,
  borough: TenantName,
  providerId: string,
  homeId: string | null,
  youngPeople: number,
): Promise<void> {
  const row = { borough_id: TENANT[borough], provider_id: providerId, home_id: homeId, young_people: youngPeople };
  await scene.insert('placement_number', { id: newId(), ...row, as_at: '2026-10-01' });
}

/** A merge that is there without having been told to anybody. @returns its id. */
export async function addMerged(scene: Scene, { keptId, mergedId }: Twins): Promise<string> {
  const id = newId();
  const at = new Date();
  await scene.sql('update provider set merged_into = $1 where id = $2', [keptId, mergedId]);
  const merged = { id, kept_id: keptId, merged_id: mergedId, survivor_id: keptId, merged_at: at };
  await scene.insert('provider_merge', { ...merged, name: 'Sorrelbank Homes Ltd.', trading_names: [] });
  const note = { merge_id: id, act: 'MERGED', reason: 'One company.', actor_id: newId() };
  await scene.insert('provider_merge_note', { ...note, acted_by: 'Officer of the isolation suite', acted_at: at });
  return id;
}

interface Merged {
  readonly mergeProviders: { readonly merge: { readonly id: string } } | null;
}

/** Merges as a member of the alliance's staff, under the versions of this moment. */
export async function sendMerge(
  scene: Scene,
  { keptId, mergedId }: Pick<Twins, 'keptId' | 'mergedId'>,
  more: Record<string, unknown> = {},
  who = 'alliance-accreditation',
): Promise<Answer<Merged>> {
  const version = async (id: string) =>
    (await scene.sql<{ version: number }>('select version from provider where id = $1', [id]))[0]?.version ?? 1;
  const versions = { expectedVersion: await version(keptId), expectedMergedVersion: await version(mergedId) };
  const input = { keptId, mergedId, ...versions, reason: 'One company.', idempotencyKey: newId(), ...more };
  return (await scene.caller(who)).send<Merged>(
    'mutation($input: MergeProvidersInput!) { mergeProviders(input: $input) { merge { id } } }',
    { input },
  );
}

/** @returns the merge's id. @throws Error when it was refused. */
export async function mergeTwins(
  scene: Scene,
  twins: Pick<Twins, 'keptId' | 'mergedId'>,
  more: Record<string, unknown> = {},
): Promise<string> {
  const { data, errors } = await sendMerge(scene, twins, more);
  const id = data?.mergeProviders?.merge.id;
  if (id === undefined) throw new Error(`Not merged: ${JSON.stringify(errors)}`);
  return id;
}

export async function sendUndo(scene: Scene, mergeId: string, who = 'alliance-lead'): Promise<Answer> {
  return (await scene.caller(who)).send(
    'mutation($input: UndoProviderMergeInput!) { undoProviderMerge(input: $input) { merge { id } provider { id } } }',
    { input: { mergeId, reason: 'Two companies.', idempotencyKey: newId() } },
  );
}
