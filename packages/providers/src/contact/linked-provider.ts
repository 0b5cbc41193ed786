import type { Operation } from '@accord/access';
import { array, execute } from '@accord/persistence';
import DataLoader from 'dataloader';
import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Provider } from '../provider.entity.js';
import { ProviderLoader } from '../provider.loader.js';

/** More than anybody reads; a group of that size is one to look up by its name. */
const MOST_LINKED = 50;

@ObjectType({
  simpleResolvers: true,
  description: 'Another provider with a director or the ownership group in common. A name in common may be two people.',
})
export class LinkedProvider {
  @Field(() => Provider, { description: 'The other.' })
  provider!: Provider;

  @Field(() => [String], { description: 'Directors of both, as published.' })
  sharedDirectors!: string[];

  @Field(() => Boolean, { description: 'Whether the same group owns both.' })
  hasSameOwnershipGroup!: boolean;
}

/** Who shares directors or owners with whom, of all providers of one operation at once. */
export class LinkedProviderLoader {
  readonly of = new DataLoader<string, LinkedProvider[]>((ids) => this.#read(ids));

  constructor(private readonly op: Operation) {}

  async #read(ids: readonly string[]): Promise<LinkedProvider[][]> {
    // Names are compared without what spelling makes of them; one pass over the register finds all.
    const rows = await execute<{ id: string; other_id: string; directors: string[]; same_group: boolean }>(
      this.op.em,
      `with named as (
         select p.id, d.name, lower(regexp_replace(trim(d.name), '\\s+', ' ', 'g')) as key
         from provider p cross join lateral unnest(p.directors) d(name)
       ), owned as (
         select id, lower(trim(ownership_group)) as key from provider where ownership_group is not null
       ), linked as (
         select a.id, b.id as other_id, a.name, false as same_group
         from named a join named b on b.key = a.key and b.id <> a.id where a.id = any(?::uuid[])
         union all
         select a.id, b.id, null, true from owned a join owned b on b.key = a.key and b.id <> a.id
         where a.id = any(?::uuid[])
       )
       select id, other_id, coalesce(array_agg(distinct name) filter (where name is not null), '{}') as directors,
         bool_or(same_group) as same_group
       from linked group by 1, 2 order by 2`,
      [array(ids), array(ids)],
    );
    const { provider: providers } = this.op.get(ProviderLoader);
    const byId = Map.groupBy(rows, ({ id }) => id);
    return Promise.all(
      ids.map(async (id) => {
        const own = (byId.get(id) ?? []).slice(0, MOST_LINKED);
        const others = await Promise.all(own.map((row) => providers.load(row.other_id)));
        return own
          .flatMap((row, index) => {
            const provider = others[index];
            return provider
              ? [{ provider, sharedDirectors: row.directors, hasSameOwnershipGroup: row.same_group }]
              : [];
          })
          .toSorted((a, b) => (a.provider.name < b.provider.name ? -1 : 1));
      }),
    );
  }
}

@Resolver(() => Provider)
export class LinkedProviderResolver {
  @FieldResolver(() => [LinkedProvider], {
    description: `Providers that share a director or the ownership group with it, by name; ${MOST_LINKED} at most.`,
  })
  linkedProviders(@Ctx() op: Operation, @Root() provider: Provider): Promise<LinkedProvider[]> {
    return op.get(LinkedProviderLoader).of.load(provider.id);
  }
}
