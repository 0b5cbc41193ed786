import { Role } from './role.js';

const { PLACEMENTS, QUALITY, PRACTITIONER, ASSISTANT_DIRECTOR, INFORMATION_GOVERNANCE, OUT_OF_HOURS } = Role;
const { BOROUGH_ADMIN, ACCREDITATION_OFFICER, ACCREDITATION_LEAD, ALLIANCE_SAFEGUARDING_LEAD, ALLIANCE_ADMIN } = Role;
const { DASHBOARD } = Role;

const EVERYONE = Object.values(Role);
/** A care-experienced visitor sees their own visit, and not the register. */
const OFFICERS = EVERYONE.filter((role) => role !== Role.CARE_EXPERIENCED_VISITOR);
const CASEWORK = [PLACEMENTS, QUALITY, PRACTITIONER, ASSISTANT_DIRECTOR, OUT_OF_HOURS];
const ALLIANCE_STAFF = [ACCREDITATION_OFFICER, ACCREDITATION_LEAD, ALLIANCE_SAFEGUARDING_LEAD];

/**
 * Every action of Accord, the words in which the access matrix prints it, and the roles that may take it.
 * This is the first gate only: which rows an action reaches is for the row policies, and what of a row is
 * shown for disclosure.
 */
export const ACTIONS = {
  'self:read': { words: 'See who they are signed in as', roles: EVERYONE },
  'provider:read': { words: 'Look up providers, homes, registrations and inspections', roles: OFFICERS },
  'provider:write': {
    words: 'Add and change providers and homes',
    roles: [ACCREDITATION_OFFICER, ACCREDITATION_LEAD, ALLIANCE_ADMIN],
  },
  'regulator:import': {
    words: 'Bring in the regulator’s files, and read what came of them',
    roles: [ACCREDITATION_OFFICER, ACCREDITATION_LEAD, ALLIANCE_ADMIN],
  },
  'regulator:notice': {
    words: 'Enter a notification of the regulator’s by hand',
    roles: ALLIANCE_STAFF,
  },
  'provider:merge': {
    words: 'Find providers that are one, merge them and undo it',
    roles: [ACCREDITATION_OFFICER, ACCREDITATION_LEAD],
  },
  'use:write': {
    words: "Record the borough's own arrangements and placement numbers",
    roles: [PLACEMENTS, QUALITY, BOROUGH_ADMIN],
  },
  'host-notice:read': {
    words: 'See whether notices to host boroughs are up to date, of and to their own borough',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, BOROUGH_ADMIN],
  },
  'contact:keep': {
    words: 'Keep the contacts of their own borough, and for the alliance those of providers',
    roles: [PLACEMENTS, QUALITY, BOROUGH_ADMIN, ACCREDITATION_OFFICER, ACCREDITATION_LEAD, ALLIANCE_ADMIN],
  },
  'schedule:read': {
    words: 'See the schedule of visits of their own borough, and have it in a calendar',
    roles: [PLACEMENTS, QUALITY, PRACTITIONER, ASSISTANT_DIRECTOR, BOROUGH_ADMIN],
  },
  'schedule:keep': {
    words: 'Keep the rules of their own borough’s schedule of visits',
    roles: [QUALITY, ASSISTANT_DIRECTOR, BOROUGH_ADMIN],
  },
  'flag:read': {
    words: 'See flags on providers and homes',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF, DASHBOARD],
  },
  'flag:raise': { words: 'Raise a flag', roles: [...CASEWORK, ...ALLIANCE_STAFF] },
  'flag:acknowledge': {
    words: 'Acknowledge a flag for their organisation',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, OUT_OF_HOURS, ...ALLIANCE_STAFF],
  },
  'flag:close': {
    words: 'Resolve, withdraw or change the sharing of a flag of their own organisation',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, ...ALLIANCE_STAFF],
  },
  'form:publish': {
    words: 'Publish forms for visits, and new versions of them',
    roles: [ACCREDITATION_LEAD, ALLIANCE_ADMIN],
  },
  'visit:read': {
    words: 'See visits, and the forms that they are made with',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF, ALLIANCE_ADMIN, DASHBOARD],
  },
  'visit:record': {
    words: 'Write visits of their own borough down, with findings and actions, and follow them up',
    roles: [PLACEMENTS, QUALITY, PRACTITIONER, ASSISTANT_DIRECTOR],
  },
  'visit:share': {
    words: 'Share, re-share and withdraw visits of their own borough, and publish what others found there',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR],
  },
  'visit:oversee': {
    words: 'See which actions of their own borough have moved up to them',
    roles: [ASSISTANT_DIRECTOR],
  },
  'visit:own-part': {
    words: 'See the visits that they made as somebody who has been in care, and write their own part',
    roles: [Role.CARE_EXPERIENCED_VISITOR],
  },
  'visit:open-photo': {
    words: 'Open photos of care-experienced visitors, logged for another organisation; such a visitor, their own',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF, Role.CARE_EXPERIENCED_VISITOR],
  },
  'hold:read': {
    words: 'See holds on new placements',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF, DASHBOARD],
  },
  'hold:keep': {
    words: 'Put a hold on new placements of their own borough, review, re-share and lift it',
    roles: [ASSISTANT_DIRECTOR],
  },
  'reference:read': {
    words: 'Read references, requests for them and what their own borough settled about them',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF],
  },
  'reference:ask': {
    words: 'Ask other boroughs for references on a home',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, OUT_OF_HOURS],
  },
  'reference:answer': {
    words: 'Give, decline and share references of their own borough',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR],
  },
  'reference:settle': {
    words: 'Settle whether their own borough is asked for references, and how many it needs',
    roles: [ASSISTANT_DIRECTOR, BOROUGH_ADMIN],
  },
  'placement:read': {
    words: 'List placement checks that their own borough saved, and who may override them',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE],
  },
  'placement:check': { words: 'Check a home before a placement, save the check and print it', roles: CASEWORK },
  'placement:override': {
    words: 'Override what blocks a placement: as an assistant director, or as an officer nominated by one',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, OUT_OF_HOURS],
  },
  'placement:nominate': {
    words: 'Nominate officers of their own borough to override placement checks',
    roles: [ASSISTANT_DIRECTOR],
  },
  'report:read': {
    words: 'Read reports: numbers of their own organisation, and of the region',
    roles: [
      PLACEMENTS,
      QUALITY,
      ASSISTANT_DIRECTOR,
      INFORMATION_GOVERNANCE,
      BOROUGH_ADMIN,
      ...ALLIANCE_STAFF,
      ALLIANCE_ADMIN,
      DASHBOARD,
    ],
  },
  'report:compare': {
    words: 'See the parts that boroughs have in the region’s numbers',
    roles: [...ALLIANCE_STAFF, ALLIANCE_ADMIN],
  },
  'placement-return:read': {
    words: 'See what their own borough returned of its placement searches',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, BOROUGH_ADMIN],
  },
  'placement-return:give': {
    words: 'Give the monthly returns of their own borough’s placement searches',
    roles: [PLACEMENTS, QUALITY, BOROUGH_ADMIN],
  },
  'agreement:read': { words: 'Read sharing agreements: their versions and members', roles: OFFICERS },
  'agreement:keep': {
    words: 'Draft, amend, review and end sharing agreements, ask organisations to be members and remove them',
    roles: [ACCREDITATION_LEAD, ALLIANCE_ADMIN],
  },
  'agreement:accept': {
    words: 'Accept sharing agreements for their own organisation, and leave them',
    roles: [INFORMATION_GOVERNANCE, ALLIANCE_ADMIN],
  },
  'group:read': { words: 'See the groups that their organisation keeps or is in', roles: OFFICERS },
  'group:keep': {
    words: 'Make groups of boroughs for their own organisation, change and retire them',
    roles: [INFORMATION_GOVERNANCE, BOROUGH_ADMIN, ACCREDITATION_LEAD, ALLIANCE_ADMIN],
  },
  'disclosure:make': {
    words: 'Disclose in an emergency what their own organisation wrote, where no agreement covers it',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, OUT_OF_HOURS, ...ALLIANCE_STAFF],
  },
  'disclosure:review': {
    words: 'See urgent disclosures of and to their own organisation, and review its own',
    roles: [INFORMATION_GOVERNANCE, ALLIANCE_SAFEGUARDING_LEAD],
  },
  'sharing:refuse': {
    words: 'Record that their own organisation refused to share, and why',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, OUT_OF_HOURS, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF],
  },
  'sharing:govern': {
    words: 'List their own organisation’s refusals to share',
    roles: [INFORMATION_GOVERNANCE, ALLIANCE_SAFEGUARDING_LEAD],
  },
  'intelligence:read': {
    words: 'See summaries of soft intelligence',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF, DASHBOARD],
  },
  'intelligence:open': {
    words: 'Open the detail of soft intelligence, with a purpose, logged',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF],
  },
  'intelligence:record': { words: 'Record and correct soft intelligence of their own borough', roles: CASEWORK },
  'intelligence:share': {
    words: 'Widen, narrow or withdraw soft intelligence of their own borough',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, INFORMATION_GOVERNANCE],
  },
  'intelligence:corroborate': {
    words: 'Say that their borough has seen the same, or has not, and propose corrections',
    roles: [PLACEMENTS, QUALITY, PRACTITIONER, ASSISTANT_DIRECTOR],
  },
  'intelligence:ask': {
    words: 'Ask for what somebody holds, and record what a decision of their borough relied on',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, OUT_OF_HOURS],
  },
  'intelligence:relay': {
    words: 'Pass requests on to boroughs that stay anonymous',
    roles: [ALLIANCE_SAFEGUARDING_LEAD],
  },
  'pattern:review': {
    words: 'See to patterns of concern: ask the owners, release what they agreed to, or close',
    roles: [ALLIANCE_SAFEGUARDING_LEAD],
  },
  'intelligence:govern': {
    words: 'See and hand out the read log, keep and delete soft intelligence, answer disclosure requests',
    roles: [INFORMATION_GOVERNANCE],
  },
  'record:govern': {
    words: 'Hold, look through and delete records of their own organisation whose time is over',
    roles: [INFORMATION_GOVERNANCE, ALLIANCE_SAFEGUARDING_LEAD],
  },
  'due-diligence:read': {
    words: 'Read the alliance’s questions and the answers to them',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF, DASHBOARD],
  },
  'due-diligence:answer': {
    words: 'Answer due-diligence questions, confirm and challenge answers, withdraw those of their own organisation',
    roles: [PLACEMENTS, QUALITY, ASSISTANT_DIRECTOR, ACCREDITATION_OFFICER, ACCREDITATION_LEAD],
  },
  'due-diligence:open': {
    words: 'Open files of evidence, with a purpose, logged',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF],
  },
  'due-diligence:ask': {
    words: 'Ask a provider through a one-time link, and take the link back',
    roles: [PLACEMENTS, QUALITY, ACCREDITATION_OFFICER, ACCREDITATION_LEAD],
  },
  'due-diligence:set': {
    words: 'Draft and publish the alliance’s due-diligence questions',
    roles: [ACCREDITATION_OFFICER, ACCREDITATION_LEAD],
  },
  'alert:receive': {
    words: 'Subscribe to alerts and be notified',
    roles: [...CASEWORK, INFORMATION_GOVERNANCE, ...ALLIANCE_STAFF, DASHBOARD],
  },
  'accreditation:assess': {
    words:
      'Take applications for accreditation, assess stages, propose decisions and record what the provider was told and replied',
    roles: [ACCREDITATION_OFFICER, ACCREDITATION_LEAD],
  },
  'accreditation:decide': {
    words: 'Approve or reject what others proposed, suspend for the time being, ratify, decide appeals',
    roles: [ACCREDITATION_LEAD],
  },
  'accreditation:file': {
    words:
      "Read the alliance's own file: open proposals, evidence notes, what a provider was told and replied, appeals",
    roles: ALLIANCE_STAFF,
  },
  'directory:read': {
    words: 'List the people and machines of their own organisation',
    roles: [BOROUGH_ADMIN, INFORMATION_GOVERNANCE, ALLIANCE_ADMIN],
  },
  'directory:write': {
    words: 'Disable people, add machines, issue and revoke keys in their own organisation',
    roles: [BOROUGH_ADMIN, ALLIANCE_ADMIN],
  },
  'tenant:suspend': { words: 'Suspend an organisation and lift the suspension', roles: [ALLIANCE_ADMIN] },
} as const satisfies Record<string, { words: string; roles: readonly Role[] }>;

export type Action = keyof typeof ACTIONS;

/** Whether any of these roles may take the action. */
export function may(roles: Iterable<Role>, action: Action): boolean {
  const allowed: readonly Role[] = ACTIONS[action].roles;
  for (const role of roles) if (allowed.includes(role)) return true;
  return false;
}
