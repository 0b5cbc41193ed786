import { Field, ObjectType } from 'type-graphql';
import { MyVisit, Visit } from './visit.type.js';

@ObjectType({ simpleResolvers: true, description: 'A visit that was written down or changed.' })
export class VisitPayload {
  @Field(() => Visit, { description: 'The visit, as the caller sees it now.' })
  visit!: Visit;
}

@ObjectType({ simpleResolvers: true, description: 'A care-experienced visitor’s part that was written.' })
export class VisitorPartPayload {
  @Field(() => MyVisit, { description: 'The visit, with the caller’s part as it is now.' })
  visit!: MyVisit;
}
