import { registerEnumType } from 'type-graphql';
import { SpanUnit } from './span.js';

/** Which homes, by their registration. What needs none has neither of the two. */
export enum VisitRegime {
  ANY = 'ANY',
  REGISTERED = 'REGISTERED',
  UNREGISTERED = 'UNREGISTERED',
}

/** Where a visit of the schedule stands. */
export enum ScheduledVisitState {
  UPCOMING = 'UPCOMING',
  DUE = 'DUE',
  OVERDUE = 'OVERDUE',
}

/** The seeds' schedules, as they ship. */
export enum VisitScheduleTemplate {
  BRENT = 'BRENT',
  BARNET = 'BARNET',
  CITY_OF_LONDON = 'CITY_OF_LONDON',
  KENT = 'KENT',
}

registerEnumType(SpanUnit, {
  name: 'SpanUnit',
  description: 'What a length of time is counted in. Days are London’s.',
});
registerEnumType(VisitRegime, {
  name: 'VisitRegime',
  description: 'Which homes, by their registration.',
  valuesConfig: {
    ANY: { description: 'Whatever its registration.' },
    REGISTERED: { description: 'Registered: the home itself or, where the provider is, its provider.' },
    UNREGISTERED: { description: 'Not registered, an application that is pending included.' },
  },
});
registerEnumType(ScheduledVisitState, {
  name: 'ScheduledVisitState',
  description: 'Where a visit of the schedule stands.',
  valuesConfig: {
    UPCOMING: { description: 'Due later.' },
    DUE: { description: 'Due within 14 days.' },
    OVERDUE: { description: 'Past its day, and past what the rule tolerates.' },
  },
});
registerEnumType(VisitScheduleTemplate, {
  name: 'VisitScheduleTemplate',
  description: 'A schedule that ships, to begin with.',
  valuesConfig: {
    BRENT: { description: 'Supported accommodation in use: twice a year.' },
    BARNET: {
      description: 'Residential homes yearly; a social worker in the first week, then every 6 weeks.',
    },
    CITY_OF_LONDON: { description: 'Contracts of placements reviewed yearly.' },
    KENT: {
      description:
        'Registered and unregistered homes by professional; weekly for six weeks and then monthly where a home is not registered. What hangs on a child’s review is left out.',
    },
  },
});
