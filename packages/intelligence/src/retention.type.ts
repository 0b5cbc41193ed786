import { Field, ObjectType } from 'type-graphql';
import { IntelligenceItem } from './intelligence.type.js';

@ObjectType({ simpleResolvers: true, description: 'What of the own borough would be deleted now: a dry run.' })
export class RetentionDue {
  @Field(() => [IntelligenceItem], { description: 'The items, those due first at the head; at most 200 at a time.' })
  items!: IntelligenceItem[];

  @Field(() => String, { description: 'To be sent back with the deletion: it deletes exactly these, or nothing.' })
  token!: string;
}
