import { execute, lockProviders } from '@accord/persistence';
import { conflict, newId } from '@accord/kernel';
import type { EntityManager } from '@mikro-orm/postgresql';
import { differencesOf, type RowState, type Tally } from './import-report.js';
import { columnName } from './ofsted-column.js';
import type { OfstedRow } from './ofsted-row.js';
import { nameKey } from './name-key.js';
import { overRows } from './recordset.js';
import type { Refusal } from './refusal.js';

/** A provider as far as the import has to do with it. */
interface Draft {
  readonly id: string;
  name: string;
  owner_key: string | null;
  trading_names: string[];
  postcode: string | null;
  /** Under which providers that were merged into it were known: they are its own, too. */
  readonly other_owner_keys: readonly string[];
  /** 0: not there yet. */
  readonly version: number;
}

/** What of a provider the import changes, and says that it did. */
const SHOWN = ['name', 'trading_names', 'postcode'];

/** What stands for the name of an owner of whom the file says nothing. */
const placeholder = (urn: string): string => `Provider of ${urn}`;

/**
 * The providers of a batch of rows, loaded at once, changed in memory, and written at once.
 *
 * A provider is known by the registration first, else by the owner's name among those that a file of the
 * regulator's has named (`owner_key`). Providers whom somebody entered by hand are never guessed at by
 * name, and a name that is withheld is nobody's. Without an owner a registration stands for itself.
 */
export class ProviderBatch {
  readonly remarks: Refusal[] = [];
  readonly #byId = new Map<string, Draft>();
  readonly #byOwner = new Map<string, Draft>();
  readonly #touched = new Set<Draft>();

  private constructor(
    private readonly em: EntityManager,
    drafts: readonly Draft[],
  ) {
    for (const draft of drafts) this.#keep(draft);
  }

  /**
   * Loads them with their locks held until the transaction ends: what else happens to them comes before or after.
   * @param ids of the providers whose registrations are known already.
   */
  static async load(
    em: EntityManager,
    ids: readonly string[],
    rows: readonly OfstedRow[],
    { locksProviders }: { readonly locksProviders: boolean },
  ): Promise<ProviderBatch> {
    const owners = rows.flatMap(({ owner }) => (owner === null ? [] : [nameKey(owner)]));
    const concerned = `id in (select value::uuid from jsonb_array_elements_text(?::jsonb))
      or owner_key in (select value from jsonb_array_elements_text(?::jsonb))
      or id in (select m.survivor_id from provider_merge m where m.undone_at is null
           and m.owner_key in (select value from jsonb_array_elements_text(?::jsonb)))`;
    const values = [JSON.stringify(ids), JSON.stringify(owners), JSON.stringify(owners)];
    if (locksProviders) {
      const known = await execute<{ id: string }>(em, `select id from provider where ${concerned}`, values);
      await lockProviders(
        em,
        known.map(({ id }) => id),
      );
    }
    const drafts = await execute<Draft>(
      em,
      `select id, name, owner_key, trading_names, postcode, version,
         array(select m.owner_key from provider_merge m
           where m.survivor_id = provider.id and m.undone_at is null and m.owner_key is not null) as other_owner_keys
       from provider where ${concerned}`,
      values,
    );
    return new ProviderBatch(em, drafts);
  }

  /**
   * The provider that a row is about.
   * @param knownId the provider that has the registration now.
   */
  take(row: OfstedRow, knownId: string | undefined): string {
    const known = knownId === undefined ? undefined : this.#byId.get(knownId);
    const draft = known ?? this.#ofOwner(row);
    if (known) this.#learnOwner(known, row);
    if (row.provision.registered === 'PROVIDER') this.#learnService(draft, row);
    return draft.id;
  }

  async write(tally: Tally): Promise<void> {
    for (const { id, name } of this.#byId.values()) tally.meet(id, name);
    const touched = [...this.#touched];
    const added = touched.filter(({ version }) => version === 0);
    const changed = touched.filter(({ version }) => version > 0);
    await overRows(
      this.em,
      `insert into provider (id, name, owner_key, trading_names, postcode, directors, updated_at)
       select id, name, owner_key, trading_names, postcode, '{}', now()
       from :rows as v(id uuid, name text, owner_key text, trading_names text[], postcode text)`,
      added,
    );
    // The version tells whether somebody changed it since it was loaded.
    const written = await overRows<{ id: string; before: RowState; after: RowState }>(
      this.em,
      `update provider p set name = v.name, owner_key = v.owner_key, trading_names = v.trading_names,
         postcode = v.postcode, version = p.version + 1, updated_at = now()
       from :rows as v(id uuid, name text, owner_key text, trading_names text[], postcode text, version int)
       where p.id = v.id and p.version = v.version returning p.id, to_jsonb(old) as before, to_jsonb(new) as after`,
      changed,
    );
    if (written.length < changed.length) throw changedMeanwhile();
    for (const { id, name } of added) tally.add(id, name);
    for (const { id, before, after } of written)
      tally.change(id, String(after['name']), differencesOf(before, after, SHOWN));
  }

  #keep(draft: Draft): Draft {
    this.#byId.set(draft.id, draft);
    for (const key of draft.other_owner_keys) if (!this.#byOwner.has(key)) this.#byOwner.set(key, draft);
    if (draft.owner_key !== null) this.#byOwner.set(draft.owner_key, draft);
    return draft;
  }

  #ofOwner({ owner, name, urn }: OfstedRow): Draft {
    const key = owner === null ? null : nameKey(owner);
    const known = key === null ? undefined : this.#byOwner.get(key);
    if (known) return known;
    const draft = this.#keep({
      id: newId(),
      name: owner ?? name ?? placeholder(urn),
      owner_key: key,
      trading_names: [],
      postcode: null,
      other_owner_keys: [],
      version: 0,
    });
    this.#touched.add(draft);
    return draft;
  }

  /** A known registration stays with its provider, whatever the file calls the owner. */
  #learnOwner(provider: Draft, { line, owner, name, urn }: OfstedRow): void {
    const key = owner === null ? null : nameKey(owner);
    if (provider.owner_key !== null && (key === null || key === provider.owner_key)) return;
    if (key !== null && provider.other_owner_keys.includes(key)) return;
    if (key !== null && (provider.owner_key !== null || this.#byOwner.has(key))) {
      this.remarks.push({
        line,
        column: columnName('owner'),
        reason: `"${owner}" owns ${urn} here; the register has it with "${provider.name}", and it stays there.`,
      });
      return;
    }
    const better = owner ?? name;
    if (key !== null) this.#byOwner.set(key, provider);
    if (key !== provider.owner_key) this.#touched.add(provider);
    provider.owner_key = key;
    if (better === null || provider.name !== placeholder(urn)) return;
    provider.name = better;
    this.#touched.add(provider);
  }

  /** An agency's registered name is another name of its provider, and its address the best that is known. */
  #learnService(provider: Draft, { name, postcode }: OfstedRow): void {
    const names = [provider.name, ...provider.trading_names].map(nameKey);
    if (name !== null && !names.includes(nameKey(name))) {
      provider.trading_names = [...provider.trading_names, name];
      this.#touched.add(provider);
    }
    if (postcode !== null && provider.postcode === null) {
      provider.postcode = postcode;
      this.#touched.add(provider);
    }
  }
}

/** What was read no longer holds when it comes to writing. */
export const changedMeanwhile = (): Error =>
  conflict('Somebody changed the register while these rows came in. Import the file again.');
