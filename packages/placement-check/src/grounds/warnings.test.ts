import { describe, expect, it } from '@jest/globals';
import { Flag } from '@accord/flags';
import { AccreditationStatus, PlacementType, RegistrationStatus, Regulator } from '@accord/providers';
import type { Facts } from '../facts.js';
import { AgeBand } from '../vocabulary.js';
import { THEIRS, QUIET, QUIET_HOME, IN_FORCE, registration, findings, codes, placing } from './quiet-facts.js';

describe('what only warns', () => {
  it('is what visits found, what is not done after them, and visits that are late', () => {
    const latest = { outcome: 'IMMEDIATE_ACTION', ownerId: THEIRS, visitedOn: '2026-11-20' };
    const visits = {
      latest,
      openActions: 3,
      overdueActions: 1,
      actionsDueOn: '2026-11-25',
      overdueVisits: ['2026-10-01'],
    };
    expect(findings({ visits: visits as unknown as Facts['visits'] })).toMatchObject([
      { code: 'VISIT_FOUND_CONCERNS', blocks: false, source: 'Barnet', asOf: '2026-11-20' },
      { code: 'OPEN_ACTIONS', blocks: false, message: expect.stringContaining('3, of which 1 overdue') },
      { code: 'VISIT_OVERDUE', blocks: false, asOf: '2026-10-01' },
    ]);
    const well = { ...QUIET.visits, latest: { ...latest, outcome: 'EXPECTATIONS_MET' } };
    expect(codes({ visits: well as unknown as Facts['visits'] })).toEqual([]);
  });

  it('is accreditation, whatever its status, but for one that is in force', () => {
    for (const status of Object.values(AccreditationStatus)) {
      const accreditation = { ...IN_FORCE, status } as unknown as Facts['accreditation'];
      const inForce = ['ACCREDITED', 'ACCREDITED_WITH_CONDITIONS', 'REVIEW_OVERDUE'].includes(status);
      expect([status, codes({ accreditation })]).toEqual([status, inForce ? [] : ['NOT_ACCREDITED']]);
    }
    expect(codes({ accreditation: null })).toEqual(['NOT_ACCREDITED']);
    const conditions = {
      ...IN_FORCE,
      conditions: ['Waking-night staff'],
    } as unknown as Facts['accreditation'];
    expect(codes({ accreditation: conditions })).toEqual(['ACCREDITED_WITH_CONDITIONS']);
  });

  it('is soft intelligence, however much of it there is, and it says on how many sources it rests', () => {
    const of = (items: number, sources: number, fromOneSource: number) =>
      findings({
        intelligence: {
          items: Array.from({ length: items }, (_, index) => ({ id: String(index), version: 1 })),
          sources,
          fromOneSource,
          latestOn: '2026-11-02',
        },
      });
    expect(of(1, 1, 1)).toEqual([
      {
        code: 'SOFT_INTELLIGENCE',
        blocks: false,
        message: 'One item of soft intelligence, from a single source. It is unproven: make your own enquiry.',
        source: 'Soft intelligence that your borough may see',
        asOf: '2026-11-02',
      },
    ]);
    expect(of(40, 9, 3)[0]).toMatchObject({ blocks: false });
    expect(of(40, 9, 3)[0]?.message).toContain(
      '40 items of soft intelligence, from 9 sources; 3 of them rest on one source',
    );
  });

  it('is a flag, also one of which only the existence is known', () => {
    const flag = Object.assign(new Flag(), {
      homeId: 'h',
      severity: 'HIGH',
      kind: null,
      existenceOnly: true,
      ownerId: null,
      raisedOn: null,
    });
    expect(findings({ flags: [flag] })).toMatchObject([
      { code: 'OPEN_FLAG', blocks: false, source: 'Another organisation' },
    ]);
  });

  it('is a grave judgement, a vacancy, and for adults a registration that is not in force', () => {
    const inspection = {
      regulator: Regulator.OFSTED,
      inspectedOn: '2026-08-01',
      publishedOn: '2026-08-28',
      judgements: [{ aspect: 'Overall', judgement: 'Inadequate', scale: 'OFSTED_FOUR_POINT' }],
    } as unknown as Facts['inspection'];
    expect(findings({ inspection })).toMatchObject([{ code: 'JUDGED_GRAVELY', blocks: false, asOf: '2026-08-28' }]);
    const home = { ...QUIET_HOME, managerVacantSince: '2026-09-14' } as Facts['home'];
    expect(codes({ home })).toEqual(['MANAGER_VACANT']);
    const suspended = [registration({ status: RegistrationStatus.SUSPENDED })];
    expect(
      placing(AgeBand.AGED_18_PLUS, PlacementType.SUPPORTED_SELF_CONTAINED, [], { registrations: suspended }),
    ).toEqual(['REGISTRATION_NOT_IN_FORCE']);
  });

  it('never says that a home is safe', () => {
    expect(
      findings({})
        .map(({ message }) => message)
        .join(' '),
    ).not.toMatch(/\bsafe\b/i);
  });
});
