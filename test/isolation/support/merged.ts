import type { FlagFacts, Scene } from './scene.js';
import type { Twins } from './twins.js';
import type { TenantName } from './world.js';

/** A flag of Brent's on one of the two. */
export async function flagOn(
  scene: Scene,
  providerId: string,
  homeId: string | null,
  facts: FlagFacts = {},
): Promise<string> {
  const id = await scene.flag({ ...facts, home: homeId });
  await scene.sql('update sharing set provider_id = $2 where id = $1', [id, providerId]);
  return id;
}

export async function knows(scene: Scene, tenant: TenantName, flagId: string): Promise<boolean> {
  const { data } = await (
    await scene.member(tenant)
  ).send<{ flag: { id: string } | null }>('query($id: ID!) { flag(id: $id) { id } }', { id: flagId });
  return data?.flag?.id === flagId;
}

/** Who was told of a flag, and how. */
export async function told(scene: Scene, flagId: string): Promise<string[]> {
  await scene.settled();
  const rows = await scene.sql<{ line: string }>(
    `select distinct e.kind || ' ' || o.name as line from outbox_event e join event_audience a on a.position = e.position
     join organisation o on o.id = a.tenant_id where e.sharing_id = $1 order by 1`,
    [flagId],
  );
  return rows.map((row) => row.line);
}

export const PREVIEW = `query($input: PreviewProviderMergeInput!) { previewProviderMerge(input: $input) {
  kept { id } merged { id } moves { what count } differences { field kept merged } obstacles reachingFurther } }`;

interface Preview {
  readonly moves: { what: string; count: number }[];
  readonly obstacles: string[];
  readonly reachingFurther: number;
}

export async function previewOf(scene: Scene, { keptId, mergedId }: Twins): Promise<Preview> {
  const client = await scene.caller('alliance-accreditation');
  const input = { keptId, mergedId };
  return (await client.data<{ previewProviderMerge: Preview }>(PREVIEW, { input })).previewProviderMerge;
}

/** Everything but the history of merges, versions and events. */
export async function rowsOf(scene: Scene, { keptId, mergedId }: Twins): Promise<unknown> {
  const rows = await scene.sql<{ table_name: string }>(
    `select table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and column_name = 'provider_id'
       and table_name not in ('outbox_event', 'notification') order by 1`,
  );
  const found: Record<string, unknown> = {};
  for (const { table_name: table } of rows) {
    found[table] = await scene.sql(
      `select to_jsonb(t) as row from ${table} t where provider_id in ($1, $2) order by t::text`,
      [keptId, mergedId],
    );
  }
  found['provider'] = await scene.sql(
    `select to_jsonb(p) - 'version' - 'updated_at' as row from provider p where id in ($1, $2) order by id`,
    [keptId, mergedId],
  );
  return found;
}
