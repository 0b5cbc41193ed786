import {
  argumentsOf,
  argumentsOfEach,
  callerMay,
  credentialMay,
  DirectoryService,
  fieldBelow,
  fieldsOfEach,
  isFirstPage,
  Organisation,
  Paging,
  selectsOfEach,
  type Action,
  type Connection,
  type FieldInfo,
  type Operation,
  type PageArgs,
  type Place,
} from '@accord/access';
import { columnsOf, execute, partFor, plain, type Part, type Select } from '@accord/persistence';
import type { AlongHomes, HomesAlong } from './along-homes.js';
import { Home } from './provider.entity.js';
import { ProviderLoader } from './provider.loader.js';
import { Inspection, Registration } from './registration.entity.js';

/** What is read of a home where nothing else of it is asked for: what those who resolve its other fields go by. */
const BRIEFLY: Part<Home> = ['id', 'providerId', 'name', 'hostBoroughId'];

/** Pages of a provider's homes, by name, with what is asked of each home in the same statement. */
export class HomePages {
  /** First pages that came along with their provider. */
  readonly #ahead = new Map<string, Home[]>();

  constructor(private readonly op: Operation) {}

  /** The first page of homes that the client asks for below a provider, to come along with it; undefined where it asks for none. */
  along(info: FieldInfo): HomesAlong | undefined {
    const homes = fieldBelow(info, 'homes');
    const args = homes && argumentsOf(homes, 'Provider', 'homes');
    if (!homes || !args || !isFirstPage(args)) return undefined;
    const { credential } = this.op;
    const wanted = this.#wanted(homes, (action) => credential !== undefined && credentialMay(credential, action));
    const { sql, values } = this.#select('p.id', [], args.first + 1, null, wanted);
    return {
      select: { sql: `(select coalesce(json_agg(h), '[]') from (${sql}) h)`, values },
      keep: (providerId, rows) => {
        const page = (rows as HomeRow[]).map((row) => this.#home(row, wanted));
        this.#ahead.set(pageOf(providerId, args.first, wanted), page);
      },
    };
  }

  async page(providerId: string, { first, after }: PageArgs, info: FieldInfo): Promise<Connection<Home>> {
    const caller = await this.op.caller();
    const paging = new Paging(this.op, caller.tenantId, 'homes', providerId);
    const size = paging.size(first);
    const place = paging.after(after);
    const wanted = this.#wanted(info, (action) => callerMay(caller, action));
    const ahead = place === null ? this.#ahead.get(pageOf(providerId, size, wanted)) : undefined;
    const homes = ahead ?? (await this.#read(providerId, size + 1, place, wanted));
    return paging.page(
      homes,
      size,
      (home) => [home.name, home.id],
      (home) => home,
    );
  }

  #wanted(info: FieldInfo, may: (action: Action) => boolean): Wanted {
    return {
      part: partFor(this.op.em, Home, BRIEFLY, fieldsOfEach(info)),
      registrations: selectsOfEach(info, 'registrations'),
      latestInspection: selectsOfEach(info, 'latestInspection'),
      hostBorough: selectsOfEach(info, 'hostBorough'),
      along: this.op.runtime.alongHomes.flatMap((part) => {
        const args = may(part.action) ? argumentsOfEach(info, 'Home', part.field) : undefined;
        const select = args ? part.select(args) : null;
        return args && select ? [{ part, args, select }] : [];
      }),
    };
  }

  async #read(providerId: string, limit: number, after: Place | null, wanted: Wanted): Promise<Home[]> {
    const { sql, values } = this.#select('?', [providerId], limit, after, wanted);
    return (await execute<HomeRow>(this.op.em, sql, values)).map((row) => this.#home(row, wanted));
  }

  /** @param provider SQL of its id, which binds `id`. */
  #select(provider: string, id: readonly string[], limit: number, after: Place | null, wanted: Wanted): Select {
    const columns = [columnsOf(this.op.em, Home, 'e', wanted.part)];
    if (wanted.registrations)
      columns.push(
        `(select coalesce(jsonb_agg(r order by r.reference), '[]') from registration r where r.home_id = e.id) as registrations`,
      );
    if (wanted.latestInspection)
      columns.push(`(select to_jsonb(i) from inspection i where i.home_id = e.id
        order by i.inspected_on desc, i.event_number desc limit 1) as latest_inspection`);
    if (wanted.hostBorough)
      columns.push(`(select to_jsonb(o) from organisation o where o.id = e.host_borough_id) as host_borough`);
    for (const { part, select } of wanted.along) columns.push(`${select.sql} as "along ${part.field}"`);
    const beyond = after === null ? '' : 'and (e.name, e.id) > (?, ?::uuid)';
    return {
      sql: `select ${columns.join(', ')} from home e where e.provider_id = ${provider} ${beyond} order by e.name, e.id limit ?`,
      values: [...wanted.along.flatMap(({ select }) => select.values), ...id, ...(after ?? []), limit],
    };
  }

  #home(row: HomeRow, { part, along }: Wanted): Home {
    const { em } = this.op;
    const { registrations, latest_inspection: latest, host_borough: host } = row;
    const home = plain(em, Home, row, part);
    const loader = this.op.get(ProviderLoader);
    for (const { part: other, args } of along) other.keep(this.op, home.id, args, row[`along ${other.field}`]);
    if (registrations)
      loader.registrationsOfHome.prime(
        home.id,
        registrations.map((each) => plain(em, Registration, each)),
      );
    if (latest !== undefined) loader.latestInspection.prime(home.id, latest && plain(em, Inspection, latest));
    if (host) this.op.get(DirectoryService).organisation.prime(host.id, plain(em, Organisation, host));
    return home;
  }
}

/** Of one provider, with as much of each home: what is wanted elsewhere in the operation may be more. */
const pageOf = (providerId: string, size: number, { part }: Wanted): string =>
  `${providerId} ${size} ${part ? 'in part' : 'whole'}`;

/** What comes along with homes, in the same statement. */
interface Wanted {
  /** Of the home itself; all of it where undefined. */
  readonly part: Part<Home> | undefined;
  readonly registrations: boolean;
  readonly latestInspection: boolean;
  readonly hostBorough: boolean;
  readonly along: readonly {
    readonly part: AlongHomes;
    readonly args: Readonly<Record<string, unknown>>;
    readonly select: Select;
  }[];
}

/** A home's columns, and as JSON what was wanted of it. */
interface HomeRow {
  readonly [along: `along ${string}`]: unknown;
  readonly registrations?: readonly object[];
  readonly latest_inspection?: object | null;
  readonly host_borough?: { readonly id: string } | null;
}
