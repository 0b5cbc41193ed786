import { SharingLevel } from '@accord/access';
import { Severity } from '@accord/flags';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'What the owners of a pattern’s items are asked to agree to.' })
export class AskOwnersInput {
  @Field(() => ID, { description: 'Which pattern.' })
  reviewId!: string;

  @Field(() => String, { description: 'The very words of the flag. No child is named or described.' })
  summary!: string;

  @Field(() => Severity, { description: 'How grave.' })
  severity!: Severity;

  @Field(() => SharingLevel, { description: 'How far it would go: BOROUGHS_CONCERNED or ALLIANCE.' })
  sharing!: SharingLevel;
}

@InputType({ description: 'A borough’s answer to the words of a pattern.' })
export class AnswerPatternInput {
  @Field(() => ID, { description: 'Which pattern.' })
  reviewId!: string;

  @Field(() => Boolean, { description: 'Whether it agrees to these words, as far as that.' })
  agreed!: boolean;

  @Field(() => String, { description: 'Why; recorded for the own borough.' })
  reason!: string;
}

@InputType({ description: 'The release of what the owners agreed to.' })
export class ReleasePatternInput {
  @Field(() => ID, { description: 'Which pattern.' })
  reviewId!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'The end of a pattern without a flag.' })
export class ClosePatternInput {
  @Field(() => ID, { description: 'Which pattern.' })
  reviewId!: string;

  @Field(() => String, { description: 'Why; recorded.' })
  reason!: string;
}
