import { ACCESS_SQL } from './access.sql.js';
import { AgreementMember, BoroughGroup, BoroughGroupMember, SharingAgreement } from './agreement.entity.js';
import { DirectoryResolver } from './directory.resolver.js';
import type { Feature } from './feature.js';
import { IdempotencyRecord } from './idempotency.entity.js';
import { Organisation } from './organisation.entity.js';
import { MachineKey, Principal } from './principal.entity.js';
import { Sharing, SharingNamed } from './sharing.entity.js';

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
    IdempotencyRecord,
  ],
  resolvers: [DirectoryResolver],
  access: {
    actions: {
      'Query.viewer': 'self:read',
      'Query.organisations': 'provider:read',
      'Query.directory': 'directory:read',
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
      gateway: ['select', 'insert', { update: ['level', 'anonymous', 'ended_at', 'reason', 'conditions'] }],
      worker: ['select', 'insert'],
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
      ],
    },
    sharing_named: {
      gateway: ['select', 'insert', 'delete'],
      worker: ['select'],
      audience: ['sharing_id', 'owner_id', 'organisation_id', 'group_id'],
    },
    agreed_with_caller: { gateway: ['select'], worker: ['select'] },
    concerning_caller: { gateway: ['select'], worker: ['select'] },
    naming_caller: { gateway: ['select'], worker: ['select'] },
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
    },
  },
  sql: ACCESS_SQL,
};
