import { SharingLevel } from '@accord/access';
import { registerEnumType } from 'type-graphql';

export enum IntelligenceCategory {
  CLOSED_CULTURE = 'CLOSED_CULTURE',
  LEADERSHIP = 'LEADERSHIP',
  STAFFING = 'STAFFING',
  SAFEGUARDING_PRACTICE = 'SAFEGUARDING_PRACTICE',
  MISSING_EPISODES = 'MISSING_EPISODES',
  EXPLOITATION = 'EXPLOITATION',
  LOCALITY = 'LOCALITY',
  MATCHING = 'MATCHING',
  SUPPORT_NOT_DELIVERED = 'SUPPORT_NOT_DELIVERED',
  NOTICES_AND_ENDINGS = 'NOTICES_AND_ENDINGS',
  PREMISES = 'PREMISES',
  FINANCE_AND_OWNERSHIP = 'FINANCE_AND_OWNERSHIP',
  COMPLAINTS = 'COMPLAINTS',
  REGISTRATION = 'REGISTRATION',
  POSITIVE_PRACTICE = 'POSITIVE_PRACTICE',
  OTHER = 'OTHER',
}

registerEnumType(IntelligenceCategory, { name: 'IntelligenceCategory', description: 'What intelligence is about.' });

/** The Traffic Light Protocol 2.0 (FIRST, 2022). */
export enum TrafficLight {
  RED = 'RED',
  AMBER = 'AMBER',
  AMBER_STRICT = 'AMBER_STRICT',
  GREEN = 'GREEN',
  CLEAR = 'CLEAR',
}

registerEnumType(TrafficLight, {
  name: 'TrafficLight',
  description: 'How far a recipient may pass it on (TLP 2.0). It follows from the sharing level and is never chosen.',
  valuesConfig: {
    RED: { description: 'For the named recipients only.' },
    AMBER_STRICT: { description: 'Within the organisation only. Shown as TLP:AMBER+STRICT.' },
    AMBER: { description: 'Within the organisation, for those who need to know.' },
    GREEN: { description: 'Within the alliance, not in public.' },
    CLEAR: { description: 'No limit. Nothing in Accord is.' },
  },
});

/** The label that follows from a level: each is the definition of TLP 2.0 that says the same of recipients. */
export const trafficLightOf: Readonly<Record<SharingLevel, TrafficLight>> = {
  OWN_BOROUGH: TrafficLight.AMBER_STRICT,
  NAMED: TrafficLight.RED,
  BOROUGHS_CONCERNED: TrafficLight.AMBER,
  ALLIANCE: TrafficLight.GREEN,
};

/** The label as published, to be printed on what leaves Accord. */
export const trafficLightLabel = (light: TrafficLight): string => `TLP:${light.replace('_', '+')}`;
