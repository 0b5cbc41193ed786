/**
 * Whom one can be in the example world. The names say what somebody does: nobody real, and nobody invented.
 * The same list feeds the development sign-in and the directory of the example world.
 */
export interface Persona {
  /** What one types: `pnpm run token brent-placements`. */
  readonly name: string;
  /** The token's `sub`, and the directory's `subject`. For a machine it is the client's id (RFC 9068, section 2.2). */
  readonly subject: string;
  readonly displayName: string;
  /** The token's `accord_tenant`: a borough's GSS code, or `ALLIANCE`. */
  readonly tenant: string;
  readonly roles: readonly string[];
  readonly kind: 'person' | 'machine';
}

export const TENANT_CODE = {
  alliance: 'ALLIANCE',
  barnet: 'E09000003',
  brent: 'E09000005',
  cityOfLondon: 'E09000001',
  ealing: 'E09000009',
  havering: 'E09000016',
} as const;

const person = (name: string, displayName: string, tenant: string, ...roles: string[]): Persona => ({
  name,
  subject: name,
  displayName,
  tenant,
  roles,
  kind: 'person',
});

const machine = (name: string, displayName: string, tenant: string, ...roles: string[]): Persona => ({
  ...person(name, displayName, tenant, ...roles),
  kind: 'machine',
});

const { alliance, barnet, brent, cityOfLondon, ealing, havering } = TENANT_CODE;

export const PERSONAS: readonly Persona[] = [
  person('brent-placements', 'Brent placements officer', brent, 'PLACEMENTS'),
  person('brent-quality', 'Brent quality officer', brent, 'QUALITY'),
  person('brent-practitioner', 'Brent practitioner', brent, 'PRACTITIONER'),
  person('brent-director', 'Brent assistant director', brent, 'ASSISTANT_DIRECTOR'),
  person('brent-ig', 'Brent information governance officer', brent, 'INFORMATION_GOVERNANCE'),
  person('brent-admin', 'Brent administrator', brent, 'BOROUGH_ADMIN'),
  person('brent-visitor', 'Brent care-experienced visitor', brent, 'CARE_EXPERIENCED_VISITOR'),
  machine('brent-dashboard', 'Brent dashboard', brent, 'DASHBOARD'),
  person('barnet-placements', 'Barnet placements officer', barnet, 'PLACEMENTS'),
  person('barnet-ig', 'Barnet information governance officer', barnet, 'INFORMATION_GOVERNANCE'),
  person('havering-quality', 'Havering quality officer', havering, 'QUALITY'),
  person('city-commissioning', 'City of London commissioning officer', cityOfLondon, 'PLACEMENTS', 'QUALITY'),
  person('ealing-placements', 'Ealing placements and out-of-hours officer', ealing, 'PLACEMENTS', 'OUT_OF_HOURS'),
  person('ealing-ig', 'Ealing information governance officer', ealing, 'INFORMATION_GOVERNANCE'),
  person('alliance-accreditation', 'Alliance accreditation officer', alliance, 'ACCREDITATION_OFFICER'),
  person('alliance-lead', 'Alliance accreditation lead', alliance, 'ACCREDITATION_LEAD'),
  person('alliance-deputy', 'Alliance deputy accreditation lead', alliance, 'ACCREDITATION_LEAD'),
  person('alliance-safeguarding', 'Alliance safeguarding lead', alliance, 'ALLIANCE_SAFEGUARDING_LEAD'),
  person('alliance-admin', 'Alliance administrator', alliance, 'ALLIANCE_ADMIN'),
];

export const findPersona = (name: string): Persona | undefined => PERSONAS.find((persona) => persona.name === name);
