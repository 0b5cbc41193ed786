import { registerEnumType } from 'type-graphql';

export enum ReportKind {
  ACCREDITATION_PIPELINE = 'ACCREDITATION_PIPELINE',
  ACCREDITATION_IN_USE = 'ACCREDITATION_IN_USE',
  USE_BY_ROUTE = 'USE_BY_ROUTE',
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
