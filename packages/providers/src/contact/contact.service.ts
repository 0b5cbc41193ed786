import { badInput, isId, notFound } from '@accord/kernel';
import { once, optionalText, OrganisationKind, plainText, type Operation } from '@accord/access';
import { array, readPlain } from '@accord/persistence';
import DataLoader from 'dataloader';
import { optional } from '../optional.js';
import { expectVersion, ProviderService } from '../provider.service.js';
import { BusinessContact, ContactKind } from './contact.entity.js';
import type { AddContactInput, ChangeContactInput, ContactFacts } from './contact.inputs.js';
import { officeNumber, sharedMailbox } from './contact-text.js';

const LONGEST = 120;
/** Of one organisation; it has one or two of each kind. */
const MOST_CONTACTS = 20;

/** How boroughs and providers are reached. */
export class ContactService {
  readonly ofBorough = this.#of('borough_id', ({ boroughId }) => boroughId);
  readonly ofProvider = this.#of('provider_id', ({ providerId }) => providerId);

  constructor(private readonly op: Operation) {}

  async add(input: AddContactInput): Promise<BusinessContact> {
    const keeper = await this.#keeper(input.providerId ?? null);
    const id = await once(this.op, 'addContact', input, async (contactId) => {
      const facts = factsOf(input.contact, keeper.providerId !== null);
      const owner = keeper.providerId === null ? { boroughId: keeper.boroughId } : { providerId: keeper.providerId };
      if ((await this.op.em.count(BusinessContact, owner)) >= MOST_CONTACTS)
        throw badInput('input', `There are ${MOST_CONTACTS} contacts already: remove what is no longer right.`);
      const contact = this.op.em.create(BusinessContact, {
        id: contactId,
        ...keeper,
        ...facts,
        version: 1,
        updatedAt: new Date(),
      });
      await this.op.em.persist(contact).flush();
    });
    return this.#own(id);
  }

  async change(input: ChangeContactInput): Promise<BusinessContact> {
    const contact = await this.#own(input.contactId);
    expectVersion(contact.version, input.expectedVersion);
    Object.assign(contact, factsOf(input.contact, contact.providerId !== null), {
      version: contact.version + 1,
      updatedAt: new Date(),
    });
    await this.op.em.flush();
    return contact;
  }

  async remove(id: string): Promise<string> {
    const contact = await this.#own(id);
    await this.op.em.nativeDelete(BusinessContact, { id: contact.id });
    return contact.id;
  }

  /** One that the caller's organisation keeps. @throws `NOT_FOUND` for any other. */
  async #own(id: string): Promise<BusinessContact> {
    const { tenantId, tenantKind } = await this.op.caller();
    const contact = isId(id) ? await this.op.em.findOne(BusinessContact, id) : null;
    if (!contact) throw notFound('contact');
    const isKept =
      contact.boroughId === tenantId || (contact.providerId !== null && tenantKind === OrganisationKind.ALLIANCE);
    if (!isKept) throw notFound('contact');
    return contact;
  }

  async #keeper(providerId: string | null): Promise<Pick<BusinessContact, 'boroughId' | 'providerId'>> {
    const { tenantId, tenantKind } = await this.op.caller();
    if (tenantKind === OrganisationKind.BOROUGH) {
      if (providerId !== null)
        throw badInput('input.providerId', 'The alliance keeps the contacts of providers; leave this out.');
      return { boroughId: tenantId, providerId: null };
    }
    if (providerId === null) throw badInput('input.providerId', 'Say whose contact it is.');
    return { boroughId: null, providerId: (await this.op.get(ProviderService).locked(providerId)).id };
  }

  #of(column: string, keyOf: (contact: BusinessContact) => string | null): DataLoader<string, BusinessContact[]> {
    return new DataLoader(async (ids) => {
      const rows = await readPlain(
        this.op.em,
        BusinessContact,
        `where e.${column} = any(?::uuid[]) order by e.kind, e.team, e.id`,
        [array(ids)],
      );
      return ids.map((id) => rows.filter((row) => keyOf(row) === id));
    });
  }
}

function factsOf({ kind, team, phone, email, hours }: ContactFacts, isProviders: boolean) {
  const path = 'input.contact';
  if (isProviders && kind === ContactKind.LADO)
    throw badInput(`${path}.kind`, 'The LADO is the local authority’s, of the area where the home stands.');
  const mayBeMobile = isProviders && kind === ContactKind.OUT_OF_HOURS;
  const facts = {
    kind,
    team: plainText(`${path}.team`, team, LONGEST),
    phone: optional(phone, (text) => officeNumber(`${path}.phone`, text, mayBeMobile)),
    email: optional(email, (text) => sharedMailbox(`${path}.email`, text)),
    hours: optionalText(`${path}.hours`, hours, LONGEST),
  };
  if (facts.phone === null && facts.email === null) throw badInput(`${path}.phone`, 'Give a number or a mailbox.');
  return facts;
}
