export const VIEWS: readonly string[] = [
  'agreed_with_caller',
  'borough_concerned',
  'concerning_caller',
  'consenting_to_caller',
  'disclosed_to_caller',
  'granted_to_caller',
  'known_to_caller',
  'naming_caller',
  'open_group_of_caller',
  'owned_by_caller',
];

/**
 * Views with the rights of the tables' owner, each bound to the calling tenant by its own text
 * (`infra/decisions/0009-audience-views.md`): what it shows, as the same tenant finds it in the tables.
 */
export const AUDIENCE_VIEWS: Readonly<Record<string, { readonly columns: string; readonly inTables: string }>> = {
  agreed_with_caller: {
    columns: 'owner_id, kind',
    inTables: `select m.organisation_id, unnest(a.classes) from agreement_member m join sharing_agreement a on a.id = m.agreement_id`,
  },
  concerning_caller: {
    columns: 'provider_id, home_id, ground',
    inTables: `select provider_id, home_id, ground from borough_concerned
      where borough_id = nullif(current_setting('app.tenant'), '')::uuid`,
  },
  consenting_to_caller: {
    columns: 'sharing_id, owner_id',
    inTables: 'select sharing_id, owner_id from sharing_consent',
  },
  disclosed_to_caller: {
    columns: 'sharing_id, owner_id',
    inTables: 'select sharing_id, owner_id from urgent_disclosure_recipient',
  },
  granted_to_caller: {
    columns: 'sharing_id, owner_id',
    inTables: 'select sharing_id, owner_id from sharing_grant',
  },
  known_to_caller: { columns: 'id', inTables: 'select id from sharing' },
  naming_caller: { columns: 'sharing_id, owner_id', inTables: 'select sharing_id, owner_id from sharing_named' },
  open_group_of_caller: { columns: 'id', inTables: 'select id from borough_group where not hides_members' },
  owned_by_caller: { columns: 'id', inTables: 'select id from sharing' },
};
