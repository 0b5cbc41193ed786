import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { DisclosureConsultation, DisclosureRequest } from './disclosure-request.entity.js';
import {
  AnswerConsultationInput,
  DecideDisclosureInput,
  RecordDisclosureRequestInput,
} from './disclosure-request.inputs.js';
import { DisclosureRequestService } from './disclosure-request.service.js';
import { IntelligenceItem } from './intelligence.type.js';

@ObjectType({ simpleResolvers: true, description: 'A request for disclosure that was recorded or seen to.' })
class DisclosureRequestPayload {
  @Field(() => DisclosureRequest, { description: 'The request.' })
  request!: DisclosureRequest;
}

@ObjectType({ simpleResolvers: true, description: 'A consultation that was answered.' })
class DisclosureConsultationPayload {
  @Field(() => DisclosureConsultation, { description: 'The consultation.' })
  consultation!: DisclosureConsultation;
}

@Resolver(() => DisclosureRequest)
export class DisclosureRequestResolver {
  @Query(() => [DisclosureRequest], {
    description: 'Requests to the own borough, those due first at the head; at most 200.',
  })
  disclosureRequests(@Ctx() op: Operation): Promise<DisclosureRequest[]> {
    return op.get(DisclosureRequestService).list();
  }

  @Query(() => [DisclosureConsultation], {
    description: 'Consultations that the own borough is asked to answer as originator, those due first at the head.',
  })
  disclosureConsultations(@Ctx() op: Operation): Promise<DisclosureConsultation[]> {
    return op.get(DisclosureRequestService).asked();
  }

  @FieldResolver(() => [IntelligenceItem], {
    description:
      'What the own borough holds in which the words stand, details of its own included; at most 500 of each.',
  })
  found(@Ctx() op: Operation, @Root() request: DisclosureRequest): Promise<IntelligenceItem[]> {
    return op.get(DisclosureRequestService).found(request.words);
  }

  @FieldResolver(() => [DisclosureConsultation], { description: 'What originators were asked, and say.' })
  consultations(@Ctx() op: Operation, @Root() request: DisclosureRequest): Promise<DisclosureConsultation[]> {
    return op.get(DisclosureRequestService).consultations.load(request.id);
  }

  @Mutation(() => DisclosureRequestPayload, { description: 'Records a request, and works out when its answer is due.' })
  async recordDisclosureRequest(
    @Ctx() op: Operation,
    @Arg('input', () => RecordDisclosureRequestInput) input: RecordDisclosureRequestInput,
  ): Promise<DisclosureRequestPayload> {
    return { request: await op.get(DisclosureRequestService).record(input) };
  }

  @Mutation(() => DisclosureRequestPayload, {
    description: 'Asks the originators of what was found; they have 5 working days.',
  })
  async consultOriginators(
    @Ctx() op: Operation,
    @Arg('requestId', () => ID) requestId: string,
  ): Promise<DisclosureRequestPayload> {
    return { request: await op.get(DisclosureRequestService).consult(requestId) };
  }

  @Mutation(() => DisclosureConsultationPayload, { description: 'Says as originator whether one objects, and why.' })
  async answerConsultation(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerConsultationInput) input: AnswerConsultationInput,
  ): Promise<DisclosureConsultationPayload> {
    return { consultation: await op.get(DisclosureRequestService).answer(input) };
  }

  @Mutation(() => DisclosureRequestPayload, { description: 'Records what the receiving authority decided.' })
  async decideDisclosureRequest(
    @Ctx() op: Operation,
    @Arg('input', () => DecideDisclosureInput) input: DecideDisclosureInput,
  ): Promise<DisclosureRequestPayload> {
    return { request: await op.get(DisclosureRequestService).decide(input) };
  }
}
