import { Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { execute } from '@accord/persistence';
import type { DuplicateGround, LikelyDuplicate } from './merge.type.js';
import { findProviders } from './survivor.js';

/** From this likeness on names at one postcode are the same provider's, told by the trigrams that they share. */
const SIMILAR = 0.4;

/** A name without its spelling and the form of the company. */
const bareName = (name: string): string =>
  `regexp_replace(regexp_replace(replace(lower(${name}), '&', ' and '), '\\y(the|ltd|limited|llp|plc|cic)\\y', '', 'g'), '[^a-z0-9]', '', 'g')`;

/** Each ground joins on a value that both have: however long the register is, no provider is compared with all others. */
const GROUNDS: Readonly<
  Record<DuplicateGround, { readonly weight: number; readonly values: string; readonly narrowed?: string }>
> = {
  SAME_COMPANY_NUMBER: {
    weight: 8,
    values: `select id as provider_id, ltrim(upper(regexp_replace(company_number, '[^A-Za-z0-9]', '', 'g')), '0') as value
      from provider where company_number is not null`,
  },
  SAME_REGISTRATION: {
    weight: 4,
    values: `select provider_id, upper(regexp_replace(reference, '[^A-Za-z0-9]', '', 'g')) as value from registration`,
  },
  SAME_NAME: {
    weight: 2,
    values: `select id as provider_id, ${bareName('name')} as value from provider`,
  },
  SAME_POSTCODE_AND_SIMILAR_NAME: {
    weight: 1,
    values: `select id as provider_id, postcode as value from provider where postcode is not null
      union select provider_id, postcode from home where postcode is not null`,
    narrowed: `and (select max(similarity(mine, theirs)) from unnest(one.name || one.trading_names) mine,
      unnest(other.name || other.trading_names) theirs) >= ${SIMILAR}`,
  },
};

const PAIRS = Object.entries(GROUNDS)
  .map(
    ([ground, { weight, values, narrowed = '' }]) => `
    (with said as materialized (${values})
     select distinct a.provider_id, b.provider_id as other_id, '${ground}' as ground, ${weight} as weight
     from said a join said b on b.value = a.value and b.provider_id > a.provider_id
     join provider one on one.id = a.provider_id join provider other on other.id = b.provider_id
     where a.value <> '' ${narrowed})`,
  )
  .join(' union all ');

interface Row {
  provider_id: string;
  other_id: string;
  weight: number;
  grounds: DuplicateGround[];
}

/** Providers that may be one, the most likely first. */
export class DuplicateService {
  constructor(private readonly op: Operation) {}

  async list({ first, after }: PageArgs): Promise<Connection<LikelyDuplicate>> {
    const { tenantId, id } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'likely duplicates', id);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : 'where (-weight, provider_id, other_id) > (?::int, ?::uuid, ?::uuid)';
    const rows = await execute<Row>(
      this.op.em,
      `select * from (
         select provider_id, other_id, sum(weight)::int as weight, array_agg(ground order by weight desc) as grounds
         from (${PAIRS}) pairs group by 1, 2
       ) likely ${beyond} order by weight desc, provider_id, other_id limit ?`,
      [...(place ?? []), size + 1],
    );
    const providers = await findProviders(
      this.op.em,
      rows.flatMap((row) => [row.provider_id, row.other_id]),
    );
    return paging.page(
      rows,
      size,
      (row) => [-row.weight, row.provider_id, row.other_id],
      (row) => {
        const [provider, other] = [providers.get(row.provider_id), providers.get(row.other_id)];
        if (!provider || !other) throw new Error('A provider has gone within one snapshot.');
        return { provider, other, grounds: row.grounds };
      },
    );
  }
}
