import { ACCESS_SQL } from './access.sql.js';
import { AgreementMember, BoroughGroup, BoroughGroupMember, SharingAgreement } from './agreement.entity.js';
import { DirectoryResolver } from './directory.resolver.js';
import type { Feature } from './feature.js';
import { IdempotencyRecord } from './idempotency.entity.js';
import { Organisation } from './organisation.entity.js';
import { MachineKey, Principal } from './principal.entity.js';
import { ReadLogEntry, ReadLogSeal } from './read-log.entity.js';
import { ReadLogResolver } from './read-log.resolver.js';
import { SharingDecision } from './sharing-decision.entity.js';
import { Sharing, SharingConsent, SharingGrant, SharingNamed } from './sharing.entity.js';

export const accessFeature: Feature = {
  name: 'access',
  entities: [
    Organisation,
    Principal,
    MachineKey,
    SharingAgreement,
    AgreementMember,
    BoroughGroup,
    BoroughGroupMember,
    Sharing,
    SharingNamed,
    SharingGrant,
    SharingConsent,
    SharingDecision,
    ReadLogEntry,
    ReadLogSeal,
    IdempotencyRecord,
  ],
  resolvers: [DirectoryResolver, ReadLogResolver],
  access: {
    actions: {
      'Query.viewer': 'self:read',
      'Query.organisations': 'provider:read',
      'Query.directory': 'directory:read',
      'Query.readLog': 'intelligence:govern',
      'Query.readLogExport': 'intelligence:govern',
      'Mutation.disablePrincipal': 'directory:write',
      'Mutation.enablePrincipal': 'directory:write',
      'Mutation.setPrincipalRoles': 'directory:write',
      'Mutation.createMachine': 'directory:write',
      'Mutation.issueMachineKey': 'directory:write',
      'Mutation.revokeMachineKey': 'directory:write',
      'Mutation.suspendOrganisation': 'tenant:suspend',
      'Mutation.reinstateOrganisation': 'tenant:suspend',
    },
    types: {
      PageInfo: 'envelope',
      Viewer: { id: 'caller', displayName: 'caller', roles: 'caller', tenant: 'caller' },
      Organisation: { id: 'members', kind: 'members', name: 'members', gssCode: 'members' },
      Principal: {
        id: 'tenant',
        kind: 'tenant',
        displayName: 'tenant',
        roles: 'tenant',
        disabledAt: 'tenant',
        keys: 'tenant',
      },
      PrincipalEdge: 'envelope',
      PrincipalConnection: 'envelope',
      MachineKey: { id: 'tenant', label: 'tenant', createdAt: 'tenant', expiresAt: 'tenant', revokedAt: 'tenant' },
      PrincipalPayload: 'envelope',
      IssuedKey: { key: 'tenant', secret: 'caller' },
      MachineKeyPayload: 'envelope',
      OrganisationPayload: 'envelope',
      LoggedRead: {
        id: 'owner',
        itemId: 'owner',
        itemVersion: 'owner',
        kind: 'owner',
        purpose: 'owner',
        note: 'owner',
        readAt: 'owner',
        reader: 'owner',
        seal: 'owner',
      },
      LoggedReadConnection: 'envelope',
      LoggedReadEdge: 'envelope',
      SharingDecision: { level: 'owner', reason: 'owner', decidedBy: 'owner', decidedAt: 'owner' },
      ExportFile: 'envelope',
      Reader: { id: 'owner', displayName: 'owner', tenant: 'owner' },
    },
  },
  grants: {
    organisation: {
      gateway: ['select', { update: ['suspended_at'] }],
      worker: ['select'],
      audience: ['id', 'kind', 'code', 'name', 'suspended_at'],
    },
    principal: {
      gateway: ['select', 'insert', { update: ['roles', 'disabled_at'] }],
      worker: ['select'],
      audience: ['id', 'tenant_id', 'kind', 'subject', 'roles', 'disabled_at'],
    },
    machine_key: {
      gateway: ['select', 'insert', { update: ['revoked_at'] }],
      audience: ['id', 'principal_id', 'expires_at', 'revoked_at'],
    },
    sharing: {
      gateway: [
        'select',
        'insert',
        { update: ['level', 'anonymous', 'ended_at', 'reason', 'conditions', 'shared_on', 'existence_known'] },
      ],
      worker: ['select', 'insert', { update: ['ended_at'] }],
      audience: [
        'id',
        'kind',
        'owner_id',
        'provider_id',
        'home_id',
        'level',
        'existence_known',
        'severity',
        'ended_at',
        'shared_on',
        'needs_consent',
      ],
    },
    sharing_named: {
      gateway: ['select', 'insert', 'delete', { update: ['shared_on'] }],
      worker: ['select'],
      audience: ['sharing_id', 'owner_id', 'organisation_id', 'group_id', 'shared_on'],
    },
    sharing_grant: {
      gateway: ['select', 'insert', { update: ['revoked_at'] }],
      worker: ['select'],
      audience: ['id', 'sharing_id', 'owner_id', 'organisation_id', 'starts_at', 'ends_at', 'revoked_at'],
    },
    sharing_consent: {
      gateway: ['select', 'insert', 'delete'],
      worker: ['select'],
      audience: ['sharing_id', 'owner_id', 'organisation_id'],
    },
    sharing_decision: { gateway: ['select', 'insert'] },
    read_log_entry: {
      gateway: ['select', 'insert'],
      worker: ['select'],
      audience: ['id', 'owner_id', 'read_at'],
    },
    read_log_seal: {
      gateway: ['select'],
      worker: ['select', 'insert'],
      audience: ['entry_id', 'owner_id', 'read_at'],
    },
    agreed_with_caller: { gateway: ['select'], worker: ['select'] },
    concerning_caller: { gateway: ['select'], worker: ['select'] },
    naming_caller: { gateway: ['select'], worker: ['select'] },
    granted_to_caller: { gateway: ['select'], worker: ['select'] },
    consenting_to_caller: { gateway: ['select'], worker: ['select'] },
    known_to_caller: { gateway: ['select'], worker: ['select'] },
    owned_by_caller: { gateway: ['select'], worker: ['select'] },
    idempotency_record: { gateway: ['select', 'insert'] },
  },
  merge: {
    rows: {
      sharing: {
        becomes: 'MOVED',
        counted: 'flags and other shared things',
        follows: [{ column: 'home_id', table: 'home' }],
      },
      read_log_entry: { becomes: 'KEPT', because: 'it is sealed as it was written; whose item it was says the rest' },
    },
  },
  sql: ACCESS_SQL,
};
