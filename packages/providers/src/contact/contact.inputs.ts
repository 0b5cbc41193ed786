import { Field, ID, InputType, Int } from 'type-graphql';
import { ContactKind } from './contact.entity.js';

@InputType({ description: 'How to reach a team. A number or a mailbox must be there.' })
export class ContactFacts {
  @Field(() => ContactKind, { description: 'What for.' })
  kind!: ContactKind;

  @Field(() => String, { description: 'The team, such as "Emergency duty team". No name of a person.' })
  team!: string;

  @Field(() => String, { nullable: true, description: 'Its number. Of a mobile phone only for a provider on call.' })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its shared mailbox, such as duty@… or lado@…; a person’s own is refused.',
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'When somebody is there, such as "17:00 to 09:00".' })
  hours?: string | null;
}

@InputType({ description: 'A new contact: of the own borough, or, for the alliance, of a provider.' })
export class AddContactInput {
  @Field(() => ID, { nullable: true, description: 'Which provider’s; left out for the own borough’s.' })
  providerId?: string | null;

  @Field(() => ContactFacts, { description: 'The contact.' })
  contact!: ContactFacts;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A contact as it is now, whole.' })
export class ChangeContactInput {
  @Field(() => ID, { description: 'Which.' })
  contactId!: string;

  @Field(() => ContactFacts, { description: 'The contact.' })
  contact!: ContactFacts;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}
