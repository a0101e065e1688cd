/** E-mail with an HTML body: Flask-Mail, Flask-Mailman, the standard library, SendGrid.
 *  @see https://docs.python.org/3/library/email.message.html
 *  @see https://waynerv.github.io/flask-mailman/ */
import type { Library } from './library';

const BODY = { kind: 'html', effect: 'becomes HTML of an e-mail' } as const;
/** A link in a mail leads to the host that it names, and the sender of the request names that. */
const LETTER = { kind: 'trust', effect: 'becomes the text of an e-mail' } as const;
const LETTER_CONTENT = { ...LETTER, argument: { position: 0, name: 'content' } } as const;
const CONTENT = { ...BODY, argument: { position: 0, name: 'content' } } as const;
const IS_HTML = { argument: { position: 1, name: 'subtype' }, values: ['html'] } as const;
const IS_HTML_PART = { argument: { position: 1, name: '_subtype' }, values: ['html'] } as const;

export const mail = {
  reference: 'https://flask-mail.readthedocs.io/en/latest/#module-flask_mail',
  aliases: {
    'flask.ext.mail.Message': 'flask_mail.Message',
    'email.MIMEText.MIMEText': 'email.mime.text.MIMEText',
    'flask_mailman.message.EmailMessage': 'flask_mailman.EmailMessage',
    'flask_mailman.message.EmailMultiAlternatives': 'flask_mailman.EmailMultiAlternatives',
    'sendgrid.Mail': 'sendgrid.helpers.mail.Mail',
  },
  bases: { 'flask_mailman.EmailMultiAlternatives': 'flask_mailman.EmailMessage' },
  sinks: {
    'flask_mail.Message': [
      { ...BODY, argument: { position: 3, name: 'html' } },
      { ...LETTER, argument: 'all' },
    ],
    'flask_mailman.EmailMessage': { ...LETTER, argument: { position: 1, name: 'body' } },
    'flask_mailman.EmailMultiAlternatives.attach_alternative': {
      ...CONTENT,
      when: [{ argument: { position: 1, name: 'mimetype' }, values: ['text/html'] }],
    },
    'email.mime.text.MIMEText': [
      { ...BODY, argument: { position: 0, name: '_text' }, when: [IS_HTML_PART] },
      { ...LETTER, argument: { position: 0, name: '_text' } },
    ],
    'email.message.EmailMessage.set_content': [{ ...CONTENT, when: [IS_HTML] }, LETTER_CONTENT],
    'email.message.EmailMessage.add_alternative': [{ ...CONTENT, when: [IS_HTML] }, LETTER_CONTENT],
    'sendgrid.helpers.mail.Mail': { ...BODY, argument: { position: 4, name: 'html_content' } },
  },
  writes: {
    'flask_mail.Message.html': BODY,
    'flask_mail.Message.body': LETTER,
  },
} as const satisfies Library;
