import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CalendarDate } from './calendar-date.js';
import { Organisation } from './organisation.entity.js';
import { ReadKind, ReadPurpose } from './read-log.entity.js';

/** Somebody who read, as their own organisation's directory named them then. */
@ObjectType({ simpleResolvers: true, description: 'Somebody of another organisation who read something.' })
export class Reader {
  @Field(() => ID, { description: 'Opaque; the same for all that this person or machine read.' })
  id!: string;

  @Field(() => String, { description: 'The name in their own directory when they read.' })
  displayName!: string;

  @Field(() => Organisation, { nullable: true, description: 'Their organisation.' })
  tenant!: Organisation | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'That somebody of another organisation read something of the own one.',
})
export class LoggedRead {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ID, { description: 'The item that was read, or the file.' })
  itemId!: string;

  @Field(() => Int, { description: 'The version that was read.' })
  itemVersion!: number;

  @Field(() => ReadKind, { description: 'How much was read.' })
  kind!: ReadKind;

  @Field(() => ReadPurpose, { nullable: true, description: 'What for; null for a summary in a list.' })
  purpose!: ReadPurpose | null;

  @Field(() => String, { nullable: true, description: 'What the reader added to the purpose.' })
  note!: string | null;

  @Field(() => Date, { description: 'When.' })
  readAt!: Date;

  @Field(() => Reader, { description: 'Who.' })
  reader!: Reader;

  @Field(() => String, {
    nullable: true,
    description: 'The link of the chain that seals this entry; null until it is sealed, which takes seconds.',
  })
  seal!: string | null;
}

@InputType({ description: 'Which entries of the read log; what is not given does not narrow.' })
export class ReadLogFilter {
  @Field(() => ID, { nullable: true, description: 'Of one item.' })
  itemId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of one reader.' })
  readerId?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'From this day on.' })
  from?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Up to and with this day.' })
  to?: string | null;
}
