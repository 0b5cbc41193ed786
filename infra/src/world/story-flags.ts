/** Flags that are there from the start: raised, like any other, through the outbox. */
export const EXAMPLE_FLAGS = [
  {
    provider: 'Tidewell Care Ltd',
    home: 'Tidewell Lodge',
    raisedBy: 'E09000003',
    kind: 'REGULATOR_JUDGEMENT',
    severity: 'HIGH',
    level: 'BOROUGHS_CONCERNED',
    summary: 'Judged Inadequate on overall experiences and progress; published 28 August 2026.',
    detail: 'Our young person’s social worker visited the same day. Move under consideration.',
  },
  {
    provider: 'Saltmere Residential Ltd',
    home: 'Saltmere Grange',
    raisedBy: 'ALLIANCE',
    kind: 'ACCREDITATION_SUSPENDED',
    severity: 'MEDIUM',
    level: 'ALLIANCE',
    summary: 'Accreditation suspended for the time being, until the provider has replied.',
    detail: null,
  },
  {
    provider: 'Marrowby Homes Ltd',
    home: 'Marrowby Court',
    raisedBy: 'E09000005',
    kind: 'COMPLIANCE_LAPSED',
    severity: 'LOW',
    level: 'OWN_BOROUGH',
    summary: 'Gas safety certificate ran out; provider says the engineer is booked.',
    detail: null,
  },
] as const;

/** Members of the sharing agreement of the example; every other borough is outside it. */
export const AGREEMENT_MEMBERS = ['ALLIANCE', 'E09000001', 'E09000003', 'E09000005', 'E09000013', 'E09000016'] as const;
