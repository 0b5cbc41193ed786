import { createKey, Role } from '@accord/access';
import { newId } from '@accord/kernel';
import type { TestAccord, TestClient } from '@accord/testkit';
import type pg from 'pg';
import { insertion, TENANT, type TenantName } from './world.js';

/** A machine of a tenant that signs in with a key, and what it takes to revoke it. */
export interface Machine {
  readonly client: TestClient;
  readonly principalId: string;
  readonly keyId: string;
}

/** The people whom the example world has of a tenant; the others send a machine that has a dashboard's role. */
const PEOPLE: Partial<Record<TenantName, string>> = {
  brent: 'brent-placements',
  barnet: 'barnet-placements',
  city: 'city-commissioning',
  havering: 'havering-quality',
  ealing: 'ealing-placements',
  alliance: 'alliance-safeguarding',
};

export const CONDITIONS = 'Not to be told to the provider yet.';
export const SHARING_REASON = 'Everybody who places there has to know tonight.';

/** A running Accord, who calls it, and a superuser's view past every row policy. */
export abstract class SceneBase {
  readonly #callers = new Map<string, Promise<TestClient>>();

  protected constructor(
    readonly accord: TestAccord,
    protected readonly superuser: pg.Client,
  ) {}

  /** Runs a statement as superuser. */
  async sql<T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.superuser.query<T>(text, [...values])).rows;
  }

  /** Somebody of a tenant who may see flags. */
  member(tenant: TenantName): Promise<TestClient> {
    return this.caller(PEOPLE[tenant] ?? `${tenant} ${Role.DASHBOARD}`);
  }

  /** Somebody by the name of a persona (`brent-placements`), or a machine by its tenant and role (`camden PLACEMENTS`). */
  caller(who: string): Promise<TestClient> {
    const known = this.#callers.get(who) ?? this.#findCaller(who);
    this.#callers.set(who, known);
    return known;
  }

  async #findCaller(who: string): Promise<TestClient> {
    const [tenant, role] = who.split(' ') as [TenantName, Role | undefined];
    return role === undefined ? this.accord.as(who) : (await this.machine(tenant, [role])).client;
  }

  /** The ids of what a persona was told of. */
  async notifications(persona: string): Promise<string[]> {
    const rows = await this.sql<{ id: string }>(
      'select n.id from notification n join principal p on p.id = n.recipient_id where p.subject = $1 and n.read_at is null',
      [persona],
    );
    return rows.map((row) => row.id);
  }

  /** Adds a machine with a key to a tenant's directory. */
  async machine(tenant: TenantName, roles: readonly `${Role}`[], validDays = 1): Promise<Machine> {
    const [principalId, keyId, tenantId] = [newId(), newId(), TENANT[tenant]];
    const { shown, secretHash } = createKey(tenantId, keyId);
    const now = new Date();
    await this.insert('principal', {
      id: principalId,
      tenant_id: tenantId,
      kind: 'MACHINE',
      subject: principalId,
      display_name: `Machine of ${tenant}`,
      roles,
      created_at: now,
    });
    await this.insert('machine_key', {
      id: keyId,
      tenant_id: tenantId,
      principal_id: principalId,
      label: 'Isolation',
      secret_hash: secretHash,
      created_at: now,
      expires_at: new Date(now.getTime() + validDays * 86_400_000),
    });
    return { client: this.accord.with(`Bearer ${shown}`), principalId, keyId };
  }

  async insert(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
    const { text, values } = insertion(table, row);
    await this.sql(text, values);
  }
}
