import { newId } from '@accord/kernel';
import type { EntityManager } from '@mikro-orm/postgresql';
import { differencesOf, type RowState, type Tally } from './import-report.js';
import type { OfstedRow } from './ofsted-row.js';
import { overRows } from './recordset.js';

interface HomeFacts {
  readonly id: string;
  readonly provider_id: string;
  readonly urn: string;
  readonly name: string | null;
  readonly address: string | null;
  readonly postcode: string | null;
  readonly host_borough_id: string | null;
  readonly local_authority: string | null;
  readonly placement_types: readonly string[];
  readonly beds: number | null;
}

const FACTS =
  'v(id uuid, provider_id uuid, urn text, name text, address text, postcode text, host_borough_id uuid, local_authority text, placement_types text[], beds int)';

/** What a known home has afterwards: what the file does not say, or withholds, stays as it is. */
const MERGED: Readonly<Record<string, string>> = {
  name: 'coalesce(v.name, h.name)',
  address: 'coalesce(v.address, h.address)',
  postcode: 'coalesce(v.postcode, h.postcode)',
  host_borough_id: 'case when v.local_authority is null then h.host_borough_id else v.host_borough_id end',
  local_authority: 'coalesce(v.local_authority, h.local_authority)',
  // The alliance may know of more that it offers.
  placement_types: `case when h.placement_types @> v.placement_types then h.placement_types
    else array(select distinct kind from unnest(h.placement_types || v.placement_types) kind order by kind) end`,
  beds: 'coalesce(v.beds, h.beds)',
};

/** The homes of a batch of rows. */
export class HomeBatch {
  readonly #added: HomeFacts[] = [];
  readonly #known: HomeFacts[] = [];

  constructor(private readonly em: EntityManager) {}

  /**
   * The home that a row is about.
   * @param knownId the home that has the registration now.
   * @param hostBoroughId of the row's local authority; null where that is none of the alliance.
   */
  take(row: OfstedRow, knownId: string | null, providerId: string, hostBoroughId: string | null): string {
    const facts: HomeFacts = {
      id: knownId ?? newId(),
      provider_id: providerId,
      urn: row.urn,
      name: row.name,
      address: row.address,
      postcode: row.postcode,
      host_borough_id: hostBoroughId,
      local_authority: row.localAuthority,
      placement_types: row.provision.placementTypes,
      beds: row.places,
    };
    (knownId === null ? this.#added : this.#known).push(facts);
    return facts.id;
  }

  async write(tally: Tally): Promise<void> {
    await overRows(
      this.em,
      `insert into home (id, provider_id, name, address, postcode, host_borough_id, local_authority, placement_types, beds, updated_at)
       select id, provider_id, coalesce(name, 'Home ' || urn), address, postcode, host_borough_id, local_authority,
         placement_types, beds, now()
       from :rows as ${FACTS}`,
      this.#added,
    );
    const columns = Object.keys(MERGED);
    const changed = await overRows<{ id: string; before: RowState; after: RowState }>(
      this.em,
      `update home h set ${columns.map((column) => `${column} = ${MERGED[column]}`).join(', ')},
         version = h.version + 1, updated_at = now()
       from :rows as ${FACTS}
       where h.id = v.id
         and (${columns.map((column) => `h.${column}`).join(', ')}) is distinct from (${Object.values(MERGED).join(', ')})
       returning h.id, to_jsonb(old) as before, to_jsonb(new) as after`,
      this.#known,
    );
    for (const home of this.#known) tally.meet(home.id, labelOf(home));
    for (const home of this.#added) tally.add(home.id, labelOf(home));
    for (const { id, before, after } of changed)
      tally.change(id, String(after['name']), differencesOf(before, after, columns));
  }
}

const labelOf = ({ name, urn }: HomeFacts): string => name ?? `Home ${urn}`;
