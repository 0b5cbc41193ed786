import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CalendarDate } from '../calendar-date.js';

const KEY = 'A random key, new for each act.';
const VERSION = 'The version that the caller saw; another one is CONFLICT.';

/** A group as the caller may see it. */
@ObjectType('BoroughGroup', {
  simpleResolvers: true,
  description: 'A group of boroughs to share with, kept by the alliance or by a borough for itself.',
})
export class GroupView {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  keeperId!: string;

  @Field(() => String, { description: 'What its keeper calls it.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether its members see neither one another nor that there are others.' })
  hidesMembers!: boolean;

  @Field(() => Date, { nullable: true, description: 'When it was retired: nobody is in it, nobody can name it.' })
  retiredAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'Goes up with every change; shown to its keeper.' })
  version!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A membership of a group.' })
export class GroupMember {
  organisationId!: string;

  @Field(() => CalendarDate, { description: 'From which day.' })
  memberFrom!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day on which it is no longer a member.' })
  memberUntil!: string | null;
}

@InputType({ description: 'A member of a group, and for which days.' })
export class GroupMemberInput {
  @Field(() => ID, { description: 'Which borough, or the alliance.' })
  organisationId!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'From which day; today unless given.' })
  memberFrom?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day on which it is no longer a member.' })
  memberUntil?: string | null;
}

@InputType({ description: 'A new group.' })
export class CreateBoroughGroupInput {
  @Field(() => String, { description: 'What it is called; its members read it.' })
  name!: string;

  @Field(() => Boolean, {
    description: 'Whether members see neither one another nor that there are others. It stays as it is chosen here.',
  })
  hidesMembers!: boolean;

  @Field(() => [GroupMemberInput], { description: 'Who is in it from the start.' })
  members!: GroupMemberInput[];

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A group of the own organisation that is retired.' })
export class RetireBoroughGroupInput {
  @Field(() => ID, { description: 'Which group.' })
  groupId!: string;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'Another name for a group.' })
export class RenameBoroughGroupInput extends RetireBoroughGroupInput {
  @Field(() => String, { description: 'What it is called from now on.' })
  name!: string;
}

@InputType({ description: 'More members of a group.' })
export class AddToBoroughGroupInput extends RetireBoroughGroupInput {
  @Field(() => [GroupMemberInput], { description: 'Who, and for which days.' })
  members!: GroupMemberInput[];
}

@InputType({ description: 'The end of a membership of a group.' })
export class RemoveFromBoroughGroupInput extends RetireBoroughGroupInput {
  @Field(() => ID, { description: 'Which member.' })
  organisationId!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it is no longer a member; today unless given.',
  })
  until?: string | null;
}
