import { Field, ObjectType } from 'type-graphql';
import { IntelligenceItem } from './intelligence.type.js';

@ObjectType({ simpleResolvers: true, description: 'An item that was recorded, opened or changed.' })
export class IntelligencePayload {
  @Field(() => IntelligenceItem, { description: 'The item, as the caller sees it now.' })
  item!: IntelligenceItem;
}
