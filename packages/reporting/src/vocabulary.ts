import { registerEnumType } from 'type-graphql';

export enum ReportKind {
  ACCREDITATION_PIPELINE = 'ACCREDITATION_PIPELINE',
  ACCREDITATION_IN_USE = 'ACCREDITATION_IN_USE',
  USE_BY_ROUTE = 'USE_BY_ROUTE',
  RATINGS = 'RATINGS',
  PLACEMENTS_SOUGHT = 'PLACEMENTS_SOUGHT',
  PLACEMENTS_MATCHED = 'PLACEMENTS_MATCHED',
  PLACEMENTS_NOT_MATCHED = 'PLACEMENTS_NOT_MATCHED',
  PLACEMENT_SPEND = 'PLACEMENT_SPEND',
  VISITS_DUE = 'VISITS_DUE',
  VISITS_DONE = 'VISITS_DONE',
  EXPECTATIONS = 'EXPECTATIONS',
  ACTIONS = 'ACTIONS',
  ANSWERS = 'ANSWERS',
  FLAGS = 'FLAGS',
}

registerEnumType(ReportKind, {
  name: 'ReportKind',
  description: 'What a report counts.',
  valuesConfig: {
    ACCREDITATION_PIPELINE: { description: 'Providers of the register by where they stand, each once.' },
    ACCREDITATION_IN_USE: {
      description: 'Providers in use by where they stand, once for each borough that uses them.',
    },
    USE_BY_ROUTE: { description: 'Providers in use by procurement route, once for each borough that uses them.' },
    RATINGS: {
      description:
        'What is in use by the regulator’s latest overall judgement, once for each borough that uses it: homes, and providers whose registration stands for their homes or carers.',
    },
    PLACEMENTS_SOUGHT: { description: 'Packages put out, by placement type: those matched and those not matched.' },
    PLACEMENTS_MATCHED: { description: 'Packages put out for which a placement was found, by placement type.' },
    PLACEMENTS_NOT_MATCHED: { description: 'Packages put out for which none was found, by placement type.' },
    PLACEMENT_SPEND: {
      description:
        'What the placements that were found cost a week as agreed, in whole pounds, by placement type. Of other boroughs nothing but the region’s is shown.',
    },
    VISITS_DUE: { description: 'Visits that are still to be made, by where they stand.' },
    VISITS_DONE: { description: 'Visits of the month by what came of them.' },
    EXPECTATIONS: { description: 'Expectations assessed on the month’s visits, by how far they are met.' },
    ACTIONS: { description: 'Actions outstanding after visits, by where they stand.' },
    ANSWERS: {
      description: 'Due-diligence questions about homes in use and their providers, by the state of the answer.',
    },
    FLAGS: { description: 'Open flags by severity.' },
  },
});
