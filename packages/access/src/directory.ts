import { newId, unauthenticated } from '@accord/kernel';
import {
  array,
  execute,
  readAsAudience,
  TenantTransaction,
  type Select,
  type TransactionMode,
} from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Caller, Credential } from './caller.js';
import { OrganisationKind } from './organisation.entity.js';
import { PrincipalKind } from './principal.entity.js';
import { ALLIANCE_ROLES, BOROUGH_ROLES, Role } from './role.js';

/** Whom a token names: the tenant by its code, the person or machine by its subject. */
export interface Identity {
  readonly tenantCode: string;
  readonly subject: string;
  readonly kind: PrincipalKind;
  readonly displayName: string;
  readonly roles: readonly Role[];
}

/**
 * Finds who an identity is in the directory, and enters them at their first sign-in with the roles that
 * their token has then.
 * @throws AccordError `UNAUTHENTICATED` when the tenant is not one of the alliance, or is suspended.
 */
export async function findPrincipal(
  orm: MikroORM,
  identity: Identity,
): Promise<{ tenantId: string; principalId: string }> {
  const known = await lookUp(orm, identity);
  if (known?.principal_id) return { tenantId: known.tenant_id, principalId: known.principal_id };
  if (!known || known.suspended) throw unauthenticated();
  const id = newId();
  await TenantTransaction.run(orm, { tenantId: known.tenant_id, callerId: id }, 'write', (em) =>
    execute(
      em,
      `insert into principal (id, tenant_id, kind, subject, display_name, roles, created_at)
       values (?, ?, ?, ?, ?, string_to_array(?, ','), now()) on conflict do nothing`,
      [id, known.tenant_id, identity.kind, identity.subject, identity.displayName, identity.roles.join(',')],
    ),
  );
  // Two first sign-ins at once: one of them wrote the entry, and both read it.
  const entered = await lookUp(orm, identity);
  if (!entered?.principal_id) throw unauthenticated();
  return { tenantId: entered.tenant_id, principalId: entered.principal_id };
}

async function lookUp(orm: MikroORM, { tenantCode, subject }: Identity) {
  const rows = await readAsAudience<{ tenant_id: string; principal_id: string | null; suspended: boolean }>(
    orm,
    `select o.id as tenant_id, p.id as principal_id, o.suspended_at is not null as suspended
         from organisation o left join principal p on p.tenant_id = o.id and p.subject = ?
         where o.code = ?`,
    [subject, tenantCode],
  );
  return rows[0];
}

/** The alliance's own tenant, for what the worker does in its name; undefined before there is any. */
export async function findAlliance(orm: MikroORM): Promise<string | undefined> {
  const [alliance] = await readAsAudience<{ id: string }>(orm, "select id from organisation where kind = 'ALLIANCE'");
  return alliance?.id;
}

/** A row of `selectRights`. */
export interface RightsRow {
  id: string;
  roles: Role[];
  /** Its keys that hold. */
  keys: string[];
}

interface DirectoryRow extends RightsRow {
  kind: PrincipalKind;
  display_name: string;
  tenant_kind: OrganisationKind;
}

const RIGHTS = `p.id, p.roles,
    array(select k.id from machine_key k where k.principal_id = p.id and k.revoked_at is null and k.expires_at > now()) as keys`;

/** Entries of the directory that may act. */
const ACTIVE = `from principal p join organisation o on o.id = p.tenant_id
  where p.disabled_at is null and o.suspended_at is null`;

/** Asks for the rights of some credentials, of any tenants, as they are now; to be asked as the audience role. */
export function selectRights(credentials: readonly Credential[]): Select {
  const principals = [...new Set(credentials.map((credential) => credential.principalId))];
  return { sql: `select ${RIGHTS} ${ACTIVE} and p.id = any(?::uuid[])`, values: [array(principals)] };
}

/**
 * Says which rights callers have now, out of the answer to `selectRights`: nobody for a credential that is expired, whose
 * entry is disabled, tenant suspended or key revoked.
 */
export function callersNow(rows: readonly RightsRow[]): (known: KnownCaller) => Caller | undefined {
  const active = new Map(rows.map((row) => [row.id, row]));
  return ({ credential, caller }) => {
    const roles = rolesNow(credential, caller.tenantKind, active.get(credential.principalId));
    return roles && { ...caller, roles };
  };
}

/** Somebody who has signed in, by what; which rights are theirs is another matter each time. */
export interface KnownCaller {
  readonly credential: Credential;
  readonly caller: Caller;
}

/**
 * Opens the transaction of an operation together with the rights that hold in it.
 * @param ask asks for more in the credential's name, in the same packet; nobody is to be shown it where this throws.
 * @throws AccordError `UNAUTHENTICATED` when the credential no longer holds; nothing stays open.
 */
export async function openAs(
  orm: MikroORM,
  credential: Credential,
  mode: TransactionMode,
  ask?: (transaction: TenantTransaction) => void,
): Promise<{ transaction: TenantTransaction; caller: Caller }> {
  const scope = { tenantId: credential.tenantId, callerId: credential.principalId };
  const { transaction, rows } = await TenantTransaction.openReading<DirectoryRow>(
    orm,
    scope,
    mode,
    `select ${RIGHTS}, p.kind, p.display_name, o.kind as tenant_kind ${ACTIVE} and p.id = bound.caller::uuid`,
    [],
    ask,
  );
  const caller = callerOf(credential, rows[0]);
  if (caller) return { transaction, caller };
  await transaction.rollback();
  throw unauthenticated();
}

function callerOf(credential: Credential, row: DirectoryRow | undefined): Caller | undefined {
  const roles = row && rolesNow(credential, row.tenant_kind, row);
  if (!row || !roles) return undefined;
  const { kind, display_name: displayName, tenant_kind: tenantKind } = row;
  return { id: credential.principalId, kind, displayName, tenantId: credential.tenantId, tenantKind, roles };
}

function rolesNow(
  { expiresAt, keyId, roles }: Credential,
  tenantKind: OrganisationKind,
  row: RightsRow | undefined,
): ReadonlySet<Role> | undefined {
  if (!row || expiresAt <= new Date() || (keyId !== null && !row.keys.includes(keyId))) return undefined;
  return effectiveRoles(tenantKind, row.roles, roles);
}

/** Which of these credentials no longer hold, looked up for all tenants at once. */
export async function findEnded(orm: MikroORM, credentials: readonly Credential[]): Promise<Set<Credential>> {
  const now = new Date();
  const ended = new Set(credentials.filter((credential) => credential.expiresAt <= now));
  if (credentials.length === 0) return ended;
  const principals = [...new Set(credentials.map((credential) => credential.principalId))];
  const keys = [...new Set(credentials.flatMap((credential) => credential.keyId ?? []))];
  const active = await readAsAudience<{ id: string }>(
    orm,
    `select p.id from principal p join organisation o on o.id = p.tenant_id
         where p.id = any(?::uuid[]) and p.disabled_at is null and o.suspended_at is null
         union all
         select k.id from machine_key k where k.id = any(?::uuid[]) and k.revoked_at is null and k.expires_at > now()`,
    [array(principals), array(keys)],
  );
  const holds = new Set(active.map((row) => row.id));
  for (const credential of credentials) {
    if (!holds.has(credential.principalId) || (credential.keyId !== null && !holds.has(credential.keyId))) {
      ended.add(credential);
    }
  }
  return ended;
}

function effectiveRoles(
  kind: OrganisationKind,
  directory: readonly Role[],
  token: readonly Role[] | null,
): ReadonlySet<Role> {
  const ofThisKind = kind === OrganisationKind.ALLIANCE ? ALLIANCE_ROLES : BOROUGH_ROLES;
  return new Set(directory.filter((role) => ofThisKind.has(role) && (token === null || token.includes(role))));
}
