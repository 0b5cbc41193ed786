import { londonDate } from '@accord/kernel';
import type { TestAccord } from '@accord/testkit';
import { Register } from './register.js';

const DAY_MS = 86_400_000;

/** So many days ago in London; before today where it is negative. */
export const day = (ago: number): string => londonDate(new Date(Date.now() - ago * DAY_MS));

/** The same as the regulator writes it. */
export const written = (ago: number): string => day(ago).split('-').toReversed().join('/');

export const EVENT_NUMBER = 'Inspection event number';
export const OVERALL = 'Overall experiences and progress of children and young people';

let events = 0;
export const nextEvent = (): string => String(99_100_000 + (events += 1));

/** Tidewell Lodge: Barnet and Brent place there, Ealing hosts it. */
export const TIDEWELL = {
  URN: 'SC990002',
  'Organisation which owns the provider': 'Tidewell Care Ltd',
  'Local authority': 'Ealing',
  'Inspection date': written(12),
  'Inspection publication date': written(3),
};

export interface Told {
  readonly kind: string;
  readonly tenants: readonly string[];
  readonly flag: string | null;
}

export const ALLIANCE = 'Commissioning Alliance';

export const judgement = (...tenants: string[]): Told => ({ kind: 'REGULATOR_JUDGEMENT', tenants, flag: null });
export const flag = (what: string, ...tenants: string[]): Told => ({ kind: 'FLAG_RAISED', tenants, flag: what });

/** Follows what a running Accord tells whom. */
export class Telling {
  readonly register: Register;
  /** The last event that was looked at. */
  seen = '0';

  constructor(accord: TestAccord) {
    this.register = new Register(accord.database);
  }

  /** Every event since the last look, with the organisations that it is for, once the worker has handled all. */
  async since(): Promise<Told[]> {
    for (;;) {
      const [row] = await this.register.query<{ n: number }>(
        'select count(*)::int as n from outbox_event where handled_at is null',
      );
      if (row?.n === 0) break;
    }
    const rows = await this.register.query<Told & { position: string }>(
      `select e.position, e.kind, f.kind || ' ' || f.severity as flag,
         array(select o.name from event_audience a join organisation o on o.id = a.tenant_id where a.position = e.position order by 1) as tenants
       from outbox_event e left join flag f on f.id = e.sharing_id where e.position > $1 order by e.position`,
      [this.seen],
    );
    this.seen = rows.at(-1)?.position ?? this.seen;
    return rows.map(({ kind, tenants, flag: what }) => ({ kind, tenants, flag: what }));
  }
}
