import { CalendarDate, ReadPurpose } from '@accord/access';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ReferencesState, ReferenceState } from './vocabulary.js';

@ObjectType({ simpleResolvers: true, description: 'A question of a reference, and what the borough said.' })
export class ReferenceAnswer {
  @Field(() => String, { description: 'What was asked.' })
  question!: string;

  @Field(() => String, { description: 'What was said.' })
  answer!: string;
}

/** A reference as the caller may see it: what is withheld is null. */
@ObjectType({
  simpleResolvers: true,
  description:
    'What one borough says of a home that it uses. For the two boroughs; for other members of the agreement where the one that answered agrees, without figures and without who had asked.',
})
export class Reference {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  requestId!: string;

  providerId!: string;

  homeId!: string | null;

  boroughId!: string;

  requesterId!: string | null;

  @Field(() => ReferenceState, { description: 'Where it stands.' })
  state!: ReferenceState;

  @Field(() => [ReferenceAnswer], { nullable: true, description: 'What was asked and said; null before it answered.' })
  answers!: ReferenceAnswer[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many young people that borough has had there, exact: for the two boroughs alone.',
  })
  youngPeople!: number | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Since when that borough has used it; for the two alone.' })
  usedSince!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it declined; for the two alone.' })
  declineReason!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it answered or declined.' })
  answeredOn!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who of that borough, by the name in their directory; for the two alone.',
  })
  answeredBy!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it goes to the other members of the agreement, too; shown to the borough that answered.',
  })
  sharedWithAlliance!: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Goes up with every change; shown to the borough that answered.' })
  version!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'That a borough asks others that place at a home what they say of it. Whom it reached, and how many, it learns from those alone who answer or decline.',
})
export class ReferenceRequest {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  providerId!: string;

  homeId!: string | null;

  requesterId!: string;

  @Field(() => ReadPurpose, { description: 'What for.' })
  purpose!: ReadPurpose;

  @Field(() => [String], { description: 'What is asked.' })
  questions!: string[];

  @Field(() => Date, { description: 'When it was asked.' })
  askedAt!: Date;

  @Field(() => String, { description: 'Who asks, by the name in their directory.' })
  requestedBy!: string;

  @Field(() => CalendarDate, { description: 'The last day on which it can be answered.' })
  dueOn!: string;

  @Field(() => Boolean, { description: 'False where a bank holiday that is not yet known may still move that day.' })
  isDueCertain!: boolean;

  @Field(() => ReferencesState, {
    nullable: true,
    description: 'How far it has come: WAITING, COMPLETE or SHORT; shown to the borough that asks.',
  })
  state!: ReferencesState | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many it needs to be complete; shown to the borough that asks.',
  })
  required!: number | null;

  @Field(() => [Reference], {
    description: 'For the borough that asks, those that answered or declined; for one that was asked, its own.',
  })
  received!: Reference[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'How far the own borough has come with references on a home before it places there.',
})
export class References {
  @Field(() => ReferencesState, { description: 'Where it stands.' })
  state!: ReferencesState;

  @Field(() => Int, { description: 'How many are needed: a setting of the own borough, two unless changed.' })
  required!: number;

  @Field(() => [Reference], { description: 'Those that the own borough may see, the latest first.' })
  received!: Reference[];
}

@ObjectType({ simpleResolvers: true, description: 'What the own borough settled about references.' })
export class ReferenceSetting {
  @Field(() => Boolean, { description: 'Whether others’ requests reach it, where it places.' })
  isAsked!: boolean;

  @Field(() => Int, { description: 'How many answers it needs on a home that it has not used before.' })
  required!: number;
}
