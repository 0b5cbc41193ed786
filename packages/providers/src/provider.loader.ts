import { array, columnsOf, execute, partFor, plain, readPlain, type Part } from '@accord/persistence';
import { byId, fieldsOf, primeAll, type FieldInfo, type Operation } from '@accord/access';
import type { EntityClass } from '@mikro-orm/core';
import DataLoader from 'dataloader';
import { findProviders } from './merge/survivor.js';
import type { HomesAlong } from './along-homes.js';
import { AccreditationStanding, Home, Provider } from './provider.entity.js';
import { ProviderListService } from './provider-list.service.js';
import { Inspection, Registration } from './registration.entity.js';

/** Of one registration; there is about one a year. */
export const MOST_INSPECTIONS = 20;

/** What is read of a provider that is asked for what belongs to it: what those who resolve that go by. */
const BRIEFLY: Part<Provider> = ['id', 'name'];

/** What belongs to providers and homes, for all of one operation at once. */
export class ProviderLoader {
  readonly provider: DataLoader<string, Provider | null> = this.#load(async (ids) => {
    const providers = await findProviders(this.op.em, ids, (some) => this.#readProviders(some));
    return ids.map((id) => providers.get(id) ?? null);
  });

  readonly #providerBriefly: DataLoader<string, Provider | null> = this.#load(async (ids) => {
    const providers = await findProviders(this.op.em, ids, (some) => this.#readProviders(some, true));
    return ids.map((id) => providers.get(id) ?? null);
  });

  readonly home = this.#load((ids) => this.#read(Home, 'id', ids).then((rows) => byId(ids, rows)));

  readonly openFlagCount = this.#load((ids) => this.op.get(ProviderListService).openFlagCounts(ids));

  readonly standing = this.#load(async (ids) => {
    const rows = await this.#read(AccreditationStanding, 'provider_id', ids);
    return ids.map((id) => rows.find((row) => row.providerId === id) ?? null);
  });

  readonly registrationsOfProvider = this.#load(async (ids) => {
    const rows = await this.#read(Registration, 'provider_id', ids, 'and e.home_id is null order by e.reference');
    return ids.map((id) => rows.filter((row) => row.providerId === id));
  });

  readonly registrationsOfHome = this.#load(async (ids) => {
    const rows = await this.#read(Registration, 'home_id', ids, 'order by e.reference');
    return ids.map((id) => rows.filter((row) => row.homeId === id));
  });

  /** The last of each registration, newest first. */
  readonly inspectionsOfRegistration = this.#load(async (ids) => {
    const rows = await readPlain(
      this.op.em,
      Inspection,
      `where e.id in (select i.id from unnest(?::uuid[]) asked(id) cross join lateral (
         select id from inspection where registration_id = asked.id
         order by inspected_on desc, event_number desc limit ${MOST_INSPECTIONS}
       ) i) order by e.inspected_on desc, e.event_number desc`,
      [array(ids)],
    );
    return ids.map((id) => rows.filter((row) => row.registrationId === id));
  });

  readonly latestInspection = this.#load(async (ids) => {
    const rows = await readPlain(
      this.op.em,
      Inspection,
      `where e.id in (select distinct on (home_id) id from inspection where home_id = any(?::uuid[])
         order by home_id, inspected_on desc, event_number desc)`,
      [array(ids)],
    );
    return ids.map((id) => rows.find((row) => row.homeId === id) ?? null);
  });

  constructor(private readonly op: Operation) {}

  /** A provider, with as much of it as is asked for below the field that is being resolved. */
  asked(id: string, info: FieldInfo): Promise<Provider | null> {
    return (this.#isBrief(info) ? this.#providerBriefly : this.provider).load(id);
  }

  /** Asks for it at once, with the first of its homes if these are wanted. */
  askAhead(id: string, info: FieldInfo, homes: HomesAlong | undefined): void {
    const isBrief = this.#isBrief(info);
    const found = findProviders(this.op.em, [id], (some) => this.#readProviders(some, isBrief, homes));
    primeAll(isBrief ? this.#providerBriefly : this.provider, [id], found);
  }

  /** Asks for providers and homes at once, with what else is being asked this very moment, for whoever names them later. */
  askFor(providerIds: readonly string[], homeIds: readonly string[]): void {
    const [providers, homes] = [[...new Set(providerIds)], [...new Set(homeIds)]];
    if (providers.length > 0)
      primeAll(
        this.provider,
        providers,
        findProviders(this.op.em, providers, (some) => this.#readProviders(some)),
      );
    if (homes.length > 0) primeAll(this.home, homes, this.#read(Home, 'id', homes));
  }

  #isBrief(info: FieldInfo): boolean {
    const fields = fieldsOf(info);
    return !fields.has('accreditation') && partFor(this.op.em, Provider, BRIEFLY, fields) !== undefined;
  }

  /** Where a provider stands is asked for wherever it is: it comes along, unless it was asked for briefly. */
  async #readProviders(ids: readonly string[], isBrief = false, homes?: HomesAlong): Promise<Provider[]> {
    const { em } = this.op;
    const part = isBrief ? BRIEFLY : undefined;
    const columns = [columnsOf(em, Provider, 'p', part)];
    if (!isBrief)
      columns.push('(select to_jsonb(s) from accreditation_standing s where s.provider_id = p.id) as standing');
    if (homes) columns.push(`${homes.select.sql} as homes`);
    const rows = await execute<{ id: string; standing?: object | null; homes?: unknown }>(
      em,
      `select ${columns.join(', ')} from provider p where p.id = any(?::uuid[])`,
      [...(homes?.select.values ?? []), array(ids)],
    );
    return rows.map((row) => {
      const { id, standing } = row;
      if (standing !== undefined) this.standing.prime(id, standing && plain(em, AccreditationStanding, standing));
      homes?.keep(id, row.homes);
      return plain(em, Provider, row, part);
    });
  }

  #read<T extends object>(entity: EntityClass<T>, key: string, ids: readonly string[], beyond = ''): Promise<T[]> {
    return readPlain(this.op.em, entity, `where e.${key} = any(?::uuid[]) ${beyond}`, [array(ids)]);
  }

  #load<T>(batch: (ids: string[]) => Promise<T[]>): DataLoader<string, T> {
    return new DataLoader((ids) => batch([...ids]));
  }
}
