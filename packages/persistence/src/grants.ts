import { ROLE } from './roles.js';

/** What the roles may do with one table. `audience` lists columns: ids, levels and dates. */
export interface TableGrants {
  readonly gateway?: readonly Privilege[];
  readonly worker?: readonly Privilege[];
  readonly audience?: readonly string[];
  /** Beyond what the audience role has. */
  readonly sequencer?: readonly Privilege[];
}

/** A privilege on the table, or on some of its columns. */
export type Privilege =
  | 'select'
  | 'insert'
  | 'update'
  | 'delete'
  | { readonly select: readonly string[] }
  | { readonly update: readonly string[] };

/** Table name to grants; each feature declares its own beside its entities. */
export type Grants = Readonly<Record<string, TableGrants>>;

export const persistenceGrants: Grants = {
  outbox_event: {
    gateway: [
      'insert',
      // Not the owner, who may be anonymous, and not the recipients, who are nobody else's business.
      {
        select: [
          'id',
          'position',
          'kind',
          'provider_id',
          'home_id',
          'sharing_id',
          'sharing_kind',
          'agreement_id',
          'reference_request_id',
          'occurred_at',
        ],
      },
    ],
    // The worker tells too, in the alliance's name: of what falls due, and of what the regulator's file says.
    worker: ['select', 'insert', { update: ['handed_over_at', 'handled_at'] }],
    sequencer: [{ select: ['seq'] }, { update: ['position'] }],
    audience: [
      'id',
      'position',
      'kind',
      'owner_id',
      'provider_id',
      'home_id',
      'sharing_id',
      'sharing_kind',
      'agreement_id',
      'reference_request_id',
      'recipients',
      'occurred_at',
    ],
  },
  event_audience: {
    gateway: ['select'],
    worker: ['select'],
    audience: ['tenant_id', 'position'],
    sequencer: ['insert'],
  },
};

/** The grants as SQL that first takes everything back, so that what is no longer declared is gone. */
export function grantsSql(grants: Grants): string {
  const roles = [ROLE.gateway, ROLE.worker, ROLE.audience, ROLE.sequencer].join(', ');
  const lines = [`revoke all on all tables in schema public from ${roles};`];
  for (const [table, { gateway = [], worker = [], audience = [], sequencer = [] }] of Object.entries(grants)) {
    if (gateway.length > 0) lines.push(`grant ${gateway.map(privilege).join(', ')} on "${table}" to ${ROLE.gateway};`);
    if (worker.length > 0) lines.push(`grant ${worker.map(privilege).join(', ')} on "${table}" to ${ROLE.worker};`);
    if (audience.length > 0) lines.push(`grant select (${columns(audience)}) on "${table}" to ${ROLE.audience};`);
    if (sequencer.length > 0)
      lines.push(`grant ${sequencer.map(privilege).join(', ')} on "${table}" to ${ROLE.sequencer};`);
  }
  return lines.join('\n');
}

const columns = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

function privilege(granted: Privilege): string {
  if (typeof granted === 'string') return granted;
  return 'select' in granted ? `select (${columns(granted.select)})` : `update (${columns(granted.update)})`;
}
