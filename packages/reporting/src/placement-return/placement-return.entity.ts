import { TENANT, tenantDeletes, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { PlacementType } from '@accord/providers';
import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import type { Month } from '../month.js';
import { LEAST_SPEND_EACH_POUNDS, MOST_SOUGHT, MOST_SPEND_EACH_POUNDS, MOST_SPEND_POUNDS } from './return-line.js';

const OWN = `borough_id = ${TENANT}`;

/** What a borough told of its placement searches of one month. Numbers and nothing else; the borough's alone, whoever asks. */
@ObjectType({ simpleResolvers: true, description: 'The own borough’s placement searches of one month, in numbers.' })
@Entity({
  tableName: 'placement_return',
  policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN)],
})
export class PlacementReturn {
  @PrimaryKey({ type: 'uuid' })
  boroughId!: string;

  /** Its first day. */
  @PrimaryKey({ columnType: 'date' })
  month!: Month;

  @Field(() => Int, { description: 'Rises with every time that it is given.' })
  @Property({ columnType: 'int' })
  version!: number;

  @Field(() => String, { description: 'Who gave it last.' })
  @Property({ columnType: 'text' })
  givenBy!: string;

  @Field(() => Date, { description: 'When.' })
  @Property({ columnType: 'timestamptz' })
  givenAt!: Date;
}

/** The searches for one placement type. */
@ObjectType({ simpleResolvers: true, description: 'The searches of a month for one placement type.' })
@Entity({
  tableName: 'placement_return_line',
  policies: [tenantReads(OWN), tenantInserts(OWN), tenantDeletes(OWN)],
})
@Check({ name: 'placement_return_line_sought', expression: `sought between 0 and ${MOST_SOUGHT}` })
@Check({ name: 'placement_return_line_matched', expression: 'matched between 0 and sought' })
@Check({
  name: 'placement_return_line_spend',
  expression: `weekly_spend = 0 or (weekly_spend <= ${MOST_SPEND_POUNDS}
    and weekly_spend between matched * ${LEAST_SPEND_EACH_POUNDS} and matched * ${MOST_SPEND_EACH_POUNDS})`,
})
export class PlacementReturnLine {
  @PrimaryKey({ type: 'uuid' })
  boroughId!: string;

  @PrimaryKey({ columnType: 'date' })
  month!: Month;

  @Field(() => PlacementType, { description: 'What was sought.' })
  @PrimaryKey({ columnType: 'text' })
  placementType!: PlacementType;

  @Field(() => Int, { description: 'How many packages were put out.' })
  @Property({ columnType: 'int' })
  sought!: number;

  @Field(() => Int, { description: 'For how many of them a placement was found.' })
  @Property({ columnType: 'int' })
  matched!: number;

  @Field(() => Int, {
    description: 'What those that were found cost a week as agreed, in whole pounds; 0 where nothing is paid for them.',
  })
  @Property({ columnType: 'int' })
  weeklySpend!: number;
}
