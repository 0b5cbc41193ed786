import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { readableByAudienceRole, readableByMembers, tenantUpdates, workerKeeps } from '@accord/persistence';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum OrganisationKind {
  BOROUGH = 'BOROUGH',
  ALLIANCE = 'ALLIANCE',
}

registerEnumType(OrganisationKind, {
  name: 'OrganisationKind',
  description: 'A borough, or the alliance that the boroughs formed.',
});

/** The alliance's own code, where a borough has its GSS code. */
export const ALLIANCE_CODE = 'ALLIANCE';

/** SQL: whether the tenant is the alliance. */
export const isAlliance = (tenant: string): string =>
  `exists (select from organisation me where me.id = ${tenant} and me.kind = 'ALLIANCE')`;

/** A tenant: a borough or the alliance. */
@ObjectType({ simpleResolvers: true, description: 'A member of the alliance, or the alliance itself.' })
@Entity({
  tableName: 'organisation',
  policies: [
    readableByMembers(),
    readableByAudienceRole(),
    tenantUpdates('(select tenant_is_alliance())'),
    workerKeeps(),
  ],
})
export class Organisation {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => OrganisationKind, { description: 'Borough or alliance.' })
  @Property({ columnType: 'text' })
  kind!: OrganisationKind;

  @Field(() => String, { description: 'Its name, such as "Brent".' })
  @Property({ columnType: 'text' })
  name!: string;

  /** What an identity token's tenant claim says: a borough's GSS code, or `ALLIANCE`. */
  @Property({ columnType: 'text' })
  @Unique()
  code!: string;

  @Field(() => String, { nullable: true, description: 'The GSS code of a local authority, such as E09000005.' })
  @Property({ columnType: 'text', nullable: true })
  gssCode: string | null = null;

  /** Set: nobody of this organisation can sign in, and its open streams end. */
  @Property({ columnType: 'timestamptz', nullable: true })
  suspendedAt: Date | null = null;
}
