/** Mail servers: `starttls` encrypts a connection that began in clear text; the password comes behind it.
 *  @see https://docs.python.org/3/library/smtplib.html#smtplib.SMTP.starttls
 *  @see https://docs.python.org/3/library/imaplib.html#imaplib.IMAP4.starttls */
import type { Library, MisuseRow } from './library';

const CLEARTEXT = { kind: 'cleartextProtocol', when: [] } as const satisfies MisuseRow;

export const mailServers = {
  reference: 'https://docs.python.org/3/library/smtplib.html#smtplib.SMTP.starttls',
  changes: {
    'smtplib.SMTP.starttls': { type: 'smtplib.SMTP_SSL' },
    'imaplib.IMAP4.starttls': { type: 'imaplib.IMAP4_SSL' },
    'poplib.POP3.stls': { type: 'poplib.POP3_SSL' },
  },
  misuses: {
    'smtplib.SMTP.login': CLEARTEXT,
    'imaplib.IMAP4.login': CLEARTEXT,
    'poplib.POP3.pass_': CLEARTEXT,
  },
} as const satisfies Library;
