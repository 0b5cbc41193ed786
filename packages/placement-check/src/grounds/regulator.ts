import { isGraveJudgement, RegistrationStatus } from '@accord/providers';
import type { Finding, Ground } from '../ground.js';
import { AgeBand, PlacementGroundCode } from '../vocabulary.js';

const NOT_IN_FORCE: ReadonlySet<RegistrationStatus> = new Set([
  RegistrationStatus.SUSPENDED,
  RegistrationStatus.CANCELLED,
  RegistrationStatus.RESIGNED,
  RegistrationStatus.CLOSED,
]);

/** What the regulator published, which every member may see, whether or not a flag of it reaches the borough (rules 17). */
export const regulator: Ground = ({ asked, home, registrations, inspection }) => {
  const findings: Finding[] = [];
  const ended = registrations.filter(({ status }) => NOT_IN_FORCE.has(status));
  // Of children, suitability says whether that blocks.
  if (asked.ageBand === AgeBand.AGED_18_PLUS)
    for (const { regulator: by, reference, status, statusAsAt } of ended)
      findings.push({
        code: PlacementGroundCode.REGISTRATION_NOT_IN_FORCE,
        blocks: false,
        message: `Registration ${reference} is ${status.toLowerCase()}.`,
        source: by,
        asOf: statusAsAt,
      });
  const grave = inspection?.judgements.filter(isGraveJudgement) ?? [];
  if (inspection && grave.length > 0)
    findings.push({
      code: PlacementGroundCode.JUDGED_GRAVELY,
      blocks: false,
      message: `At the last inspection: ${grave.map(({ aspect, judgement }) => `${aspect}, ${judgement}`).join('; ')}.`,
      source: inspection.regulator,
      asOf: inspection.publishedOn ?? inspection.inspectedOn,
    });
  if (home.managerVacantSince !== null)
    findings.push({
      code: PlacementGroundCode.MANAGER_VACANT,
      blocks: false,
      message: `The home has had no registered manager since ${home.managerVacantSince}.`,
      source: 'The register of providers',
      asOf: home.managerVacantSince,
    });
  return findings;
};
