import type { PolicyDef } from '@mikro-orm/core';
import { ROLE } from './roles.js';

/**
 * The calling tenant, as row policies read it. Wrapped in a sub-select so that it runs once and not per
 * row; null on a connection that never set it and on a pooled one that did (where it reads '').
 */
export const TENANT = `(select nullif(current_setting('app.tenant', true), '')::uuid)`;

/** The calling person or machine. */
export const CALLER = `(select nullif(current_setting('app.caller', true), '')::uuid)`;

/** Today in London: agreements and memberships begin and end with London's days. */
export const TODAY = `((now() at time zone 'Europe/London')::date)`;

const READERS = [ROLE.gateway, ROLE.worker];

/** Rows that every member of the alliance may read; nobody without a tenant. */
export const readableByMembers = (): PolicyDef => ({
  name: 'members_read',
  command: 'select',
  roles: READERS,
  using: `${TENANT} is not null`,
});

/** All rows to the audience role, whose column grants leave it ids, levels and dates. */
export const readableByAudienceRole = (): PolicyDef => ({
  name: 'audience_reads_ids',
  command: 'select',
  roles: [ROLE.audience],
  using: 'true',
});

/** A place is given once, to what has none. */
export const sequencerPlaces = (): PolicyDef => ({
  name: 'sequencer_places',
  command: 'update',
  roles: [ROLE.sequencer],
  using: 'position is null',
  check: 'position is not null',
});

export const sequencerInserts = (): PolicyDef => ({
  name: 'sequencer_inserts',
  command: 'insert',
  roles: [ROLE.sequencer],
  check: 'true',
});

export const tenantReads = (using: string): PolicyDef => ({
  name: 'tenant_reads',
  command: 'select',
  roles: READERS,
  using,
});

export const tenantInserts = (check: string): PolicyDef => ({
  name: 'tenant_inserts',
  command: 'insert',
  roles: [ROLE.gateway],
  check,
});

export const tenantUpdates = (rows: string): PolicyDef => ({
  name: 'tenant_updates',
  command: 'update',
  roles: [ROLE.gateway],
  using: rows,
  check: rows,
});

export const tenantDeletes = (using: string): PolicyDef => ({
  name: 'tenant_deletes',
  command: 'delete',
  roles: [ROLE.gateway],
  using,
});

/** The whole table to the worker: outbox, deliveries and directory alone (see the catalogue test). */
export const workerKeeps = (): PolicyDef => ({
  name: 'worker_keeps',
  command: 'all',
  roles: [ROLE.worker],
  using: 'true',
  check: 'true',
});
