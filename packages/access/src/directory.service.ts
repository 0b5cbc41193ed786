import { badInput, conflict, forbidden, isId, newId, notFound } from '@accord/kernel';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { array, readPlain } from '@accord/persistence';
import DataLoader from 'dataloader';
import { createKey } from './authenticator.js';
import { Paging, type Connection, type PageArgs } from './connection.js';
import type { CreateMachineInput, IssueMachineKeyInput, Viewer } from './directory.resolver.js';
import type { Operation } from './operation.js';
import { Organisation, OrganisationKind } from './organisation.entity.js';
import { primeAll } from './prime-all.js';
import { MachineKey, Principal, PrincipalKind } from './principal.entity.js';
import { ALLIANCE_ROLES, BOROUGH_ROLES, type Role } from './role.js';

const LONGEST_KEY_DAYS = 365;
const DAY_MS = 86_400_000;

/** Who is who: the organisations of the alliance, and the people and machines of the caller's own. */
export class DirectoryService {
  readonly organisation = new DataLoader<string, Organisation | null>(
    async (ids) => byId(ids, await readPlain(this.op.em, Organisation, 'where e.id = any(?::uuid[])', [array(ids)])),
    // Whatever comes side by side names organisations (homes, flags, uses): asked once for all that has arrived by then.
    { batchScheduleFn: (ask) => setImmediate(ask) },
  );

  readonly keys = new DataLoader<string, MachineKey[]>(async (ids) => {
    const found = await this.op.em.find(
      MachineKey,
      { principalId: { $in: [...ids] } },
      { orderBy: { createdAt: 'desc' } },
    );
    return ids.map((id) => found.filter((key) => key.principalId === id));
  });

  constructor(private readonly op: Operation) {}

  /** Asks for organisations at once, with what else is being asked this very moment, for whoever names them later. */
  askFor(ids: readonly string[]): void {
    const asked = [...new Set(ids)];
    const read = readPlain(this.op.em, Organisation, 'where e.id = any(?::uuid[])', [array(asked)]);
    primeAll(this.organisation, asked, read);
  }

  async viewer(): Promise<Viewer> {
    const caller = await this.op.caller();
    const tenant = await this.op.em.findOneOrFail(Organisation, caller.tenantId);
    return { id: caller.id, displayName: caller.displayName, roles: [...caller.roles], tenant };
  }

  organisations(): Promise<Organisation[]> {
    return this.op.em.find(Organisation, {}, { orderBy: { name: 'asc' } });
  }

  async list({ first, after }: PageArgs): Promise<Connection<Principal>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'directory', null);
    const size = paging.size(first);
    const [name, id] = paging.after(after) ?? [];
    const rows = await this.op.em.find(
      Principal,
      typeof name === 'string' && typeof id === 'string'
        ? { $or: [{ displayName: { $gt: name } }, { displayName: name, id: { $gt: id } }] }
        : {},
      { orderBy: { displayName: 'asc', id: 'asc' }, limit: size + 1 },
    );
    return paging.page(
      rows,
      size,
      (row) => [row.displayName, row.id],
      (row) => row,
    );
  }

  async setDisabled(id: string, disabled: boolean): Promise<Principal> {
    const { id: callerId } = await this.op.caller();
    if (disabled && id === callerId) {
      throw badInput('id', 'You cannot disable yourself: ask another administrator, so that one is left.');
    }
    const principal = await this.#own(id);
    principal.disabledAt = disabled ? (principal.disabledAt ?? new Date()) : null;
    await this.op.em.flush();
    this.op.wake('directory');
    return principal;
  }

  async setRoles(id: string, roles: readonly Role[]): Promise<Principal> {
    const { tenantKind } = await this.op.caller();
    const principal = await this.#own(id);
    principal.roles = grantable('roles', roles, tenantKind);
    await this.op.em.flush();
    this.op.wake('directory');
    return principal;
  }

  async createMachine(input: CreateMachineInput): Promise<Principal> {
    const { tenantId, tenantKind } = await this.op.caller();
    const subject = required('input.subject', input.subject);
    const displayName = required('input.displayName', input.displayName);
    const roles = grantable('input.roles', input.roles, tenantKind);
    const machine = this.op.em.create(Principal, {
      id: newId(),
      tenantId,
      kind: PrincipalKind.MACHINE,
      subject,
      displayName,
      roles,
      disabledAt: null,
      createdAt: new Date(),
    });
    try {
      await this.op.em.persist(machine).flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) {
        throw conflict('Your organisation has an entry with this subject already.', { path: 'input.subject' });
      }
      throw error;
    }
    return machine;
  }

  async issueKey({
    principalId,
    label,
    validDays,
  }: IssueMachineKeyInput): Promise<{ key: MachineKey; secret: string }> {
    const { tenantId } = await this.op.caller();
    if (validDays < 1 || validDays > LONGEST_KEY_DAYS) {
      throw badInput('input.validDays', `A key holds for 1 to ${LONGEST_KEY_DAYS} days.`);
    }
    const machine = await this.#own(principalId);
    if (machine.kind !== PrincipalKind.MACHINE) {
      throw badInput('input.principalId', 'Keys are for machines; people sign in at the identity provider.');
    }
    const id = newId();
    const { shown, secretHash } = createKey(tenantId, id);
    const now = new Date();
    const key = this.op.em.create(MachineKey, {
      id,
      tenantId,
      principalId,
      label: required('input.label', label),
      secretHash,
      createdAt: now,
      expiresAt: new Date(now.getTime() + validDays * DAY_MS),
      revokedAt: null,
    });
    await this.op.em.persist(key).flush();
    return { key, secret: shown };
  }

  async revokeKey(id: string): Promise<MachineKey> {
    const key = isId(id) ? await this.op.em.findOne(MachineKey, id) : null;
    if (!key) throw notFound('key');
    key.revokedAt ??= new Date();
    await this.op.em.flush();
    this.op.wake('directory');
    return key;
  }

  async setSuspended(id: string, suspended: boolean): Promise<Organisation> {
    const { tenantId } = await this.op.caller();
    if (id === tenantId) throw forbidden('The alliance cannot suspend itself.');
    const organisation = isId(id) ? await this.op.em.findOne(Organisation, id) : null;
    if (!organisation) throw notFound('organisation');
    organisation.suspendedAt = suspended ? (organisation.suspendedAt ?? new Date()) : null;
    await this.op.em.flush();
    this.op.wake('directory');
    return organisation;
  }

  async #own(id: string): Promise<Principal> {
    const principal = isId(id) ? await this.op.em.findOne(Principal, id) : null;
    if (!principal) throw notFound('person or machine');
    return principal;
  }
}

/** Roles that an organisation of this kind may give, each once. @throws AccordError `BAD_USER_INPUT` for others. */
function grantable(path: string, roles: readonly Role[], kind: OrganisationKind): Role[] {
  const own = kind === OrganisationKind.ALLIANCE ? ALLIANCE_ROLES : BOROUGH_ROLES;
  const foreign = roles.filter((role) => !own.has(role));
  if (foreign.length > 0) throw badInput(path, `Your organisation cannot give: ${foreign.join(', ')}.`);
  return [...new Set(roles)];
}

/** The found rows in the order of their ids, null where there is none: what a loader must answer. */
export function byId<T extends { id: string }>(ids: readonly string[], found: readonly T[]): (T | null)[] {
  const known = new Map(found.map((row) => [row.id, row]));
  return ids.map((id) => known.get(id) ?? null);
}

/** A text with its outer white space gone. @throws AccordError `BAD_USER_INPUT` when nothing is left. */
export function required(path: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw badInput(path, 'Write something here: it cannot be empty.');
  return trimmed;
}
