import { array, readPlain } from '@accord/persistence';
import { byId, type Operation } from '@accord/access';
import type { EntityClass } from '@mikro-orm/core';
import DataLoader from 'dataloader';
import { AccreditationStanding, Home, Provider } from './provider.entity.js';
import { ProviderListService } from './provider-list.service.js';
import { Inspection, Registration } from './registration.entity.js';

/** What belongs to providers and homes, for all of one operation at once. */
export class ProviderLoader {
  readonly provider = this.#load((ids) => this.#read(Provider, 'id', ids).then((rows) => byId(ids, rows)));

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

  #read<T extends object>(entity: EntityClass<T>, key: string, ids: readonly string[], beyond = ''): Promise<T[]> {
    return readPlain(this.op.em, entity, `where e.${key} = any(?::uuid[]) ${beyond}`, [array(ids)]);
  }

  #load<T>(batch: (ids: string[]) => Promise<T[]>): DataLoader<string, T> {
    return new DataLoader((ids) => batch([...ids]));
  }
}
