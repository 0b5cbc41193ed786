import { findPersonalData } from '@accord/access';
import { badInput } from '@accord/kernel';

const LONGEST_NUMBER = 20;
const LONGEST_MAILBOX = 200;

/** Words that a shared mailbox has in its name. A person's own has none of them. */
const SHARED =
  /(?:^|[._+-])(?:admin|care|children|childrens|commissioning|contact|duty|edt|emergency|enquiries|family|front|help|info|lado|mash|office|on-?call|out-?of-?hours|ooh|placements?|quality|referrals?|safeguarding|services?|social|support|teams?)/i;
const MAILBOX = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i;
const NUMBER = /^(?:\+44|0)\d{9,10}$/;
/** People's own mailboxes, whatever they call them. */
const PERSONAL_HOST =
  /@(?:[a-z\d-]+\.)*(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|aol|btinternet|sky|proton|protonmail)\.[a-z.]+$/i;

/** The number of a team, its digits in the groups in which they were given. @throws `BAD_USER_INPUT`. */
export function officeNumber(path: string, text: string, mayBeMobile: boolean): string {
  const number = text.replaceAll(/\s+/g, ' ').trim();
  if (number.length > LONGEST_NUMBER || !NUMBER.test(number.replaceAll(/[\s()-]/g, '')))
    throw badInput(path, 'This is no telephone number of the United Kingdom: one looks like 020 8937 4300.');
  if (!mayBeMobile && findPersonalData(number).some(({ kind }) => kind === 'personal phone number'))
    throw badInput(path, 'This is the number of a mobile phone: give that of an office.');
  return number;
}

/** A shared mailbox, in lower case. @throws `BAD_USER_INPUT`. */
export function sharedMailbox(path: string, text: string): string {
  const mailbox = text.trim().toLowerCase();
  if (mailbox.length > LONGEST_MAILBOX || !MAILBOX.test(mailbox)) throw badInput(path, 'This is no mailbox.');
  const [name = ''] = mailbox.split('@');
  if (PERSONAL_HOST.test(mailbox) || !SHARED.test(name)) {
    throw badInput(
      path,
      'This looks like a person’s own mailbox: give one that the team shares, with a word such as duty, lado, team or office in its name.',
    );
  }
  return mailbox;
}
