import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import {
  TENANT,
  readableByAudienceRole,
  tenantInserts,
  tenantReads,
  tenantUpdates,
  workerKeeps,
} from '@accord/persistence';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Role } from './role.js';

export enum PrincipalKind {
  PERSON = 'PERSON',
  MACHINE = 'MACHINE',
}

registerEnumType(PrincipalKind, {
  name: 'PrincipalKind',
  description: 'A person, or a machine that acts for a tenant.',
});

/**
 * A person or machine in Accord's directory. What it may do is what its token and this entry both say:
 * disabling the entry, or taking a role from it, ends the right whatever the identity provider still issues.
 */
@ObjectType({ simpleResolvers: true, description: 'A person or machine in the directory of an organisation.' })
@Entity({
  tableName: 'principal',
  policies: [
    tenantReads(`tenant_id = ${TENANT}`),
    tenantInserts(`tenant_id = ${TENANT}`),
    tenantUpdates(`tenant_id = ${TENANT}`),
    readableByAudienceRole(),
    workerKeeps(),
  ],
})
@Unique({ properties: ['tenantId', 'subject'] })
@Index({ properties: ['tenantId', 'displayName'] })
export class Principal {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Field(() => PrincipalKind, { description: 'Person or machine.' })
  @Property({ columnType: 'text' })
  kind!: PrincipalKind;

  /** The `sub` of its tokens. */
  @Property({ columnType: 'text' })
  subject!: string;

  @Field(() => String, { description: 'The name colleagues know it by.' })
  @Property({ columnType: 'text' })
  displayName!: string;

  @Field(() => [Role], { description: 'Roles that the directory grants; effective where the token carries them too.' })
  @Property({ columnType: 'text[]' })
  roles!: Role[];

  @Field(() => Date, { nullable: true, description: 'Since when it cannot sign in.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  disabledAt: Date | null = null;

  @Property({ columnType: 'timestamptz' })
  createdAt!: Date;
}

/** A machine's key. Only its hash is kept: whoever lost it is issued another. */
@ObjectType({
  simpleResolvers: true,
  description: 'A key with which a machine signs in. The secret is shown once, when it is issued.',
})
@Entity({
  tableName: 'machine_key',
  policies: [
    tenantReads(`tenant_id = ${TENANT}`),
    tenantInserts(`tenant_id = ${TENANT}`),
    tenantUpdates(`tenant_id = ${TENANT}`),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['principalId'] })
export class MachineKey {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ type: 'uuid' })
  principalId!: string;

  @Field(() => String, { description: 'What the key is for, in its keepers’ words.' })
  @Property({ columnType: 'text' })
  label!: string;

  /** SHA-256 of a random 256-bit secret, hexadecimal: nothing to guess, so nothing to stretch. */
  @Property({ columnType: 'text' })
  secretHash!: string;

  @Field(() => Date, { description: 'When it was issued.' })
  @Property({ columnType: 'timestamptz' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it ends by itself.' })
  @Property({ columnType: 'timestamptz' })
  expiresAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was revoked.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  revokedAt: Date | null = null;
}
