/** E-mail with an HTML body: Flask-Mail, Flask-Mailman, the standard library, SendGrid.
 *  @see https://docs.python.org/3/library/email.message.html
 *  @see https://waynerv.github.io/flask-mailman/ */
import type { Library } from './library';

const BODY = { kind: 'html', effect: 'becomes HTML of an e-mail' } as const;
const CONTENT = { ...BODY, argument: { position: 0, name: 'content' } } as const;

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
    'flask_mail.Message': { ...BODY, argument: { position: 3, name: 'html' } },
    'flask_mailman.EmailMultiAlternatives.attach_alternative': {
      ...CONTENT,
      when: [{ argument: { position: 1, name: 'mimetype' }, values: ['text/html'] }],
    },
    'email.mime.text.MIMEText': {
      ...BODY,
      argument: { position: 0, name: '_text' },
      when: [{ argument: { position: 1, name: '_subtype' }, values: ['html'] }],
    },
    'email.message.EmailMessage.set_content': {
      ...CONTENT,
      when: [{ argument: { position: 1, name: 'subtype' }, values: ['html'] }],
    },
    'email.message.EmailMessage.add_alternative': {
      ...CONTENT,
      when: [{ argument: { position: 1, name: 'subtype' }, values: ['html'] }],
    },
    'sendgrid.helpers.mail.Mail': { ...BODY, argument: { position: 4, name: 'html_content' } },
  },
  writes: {
    'flask_mail.Message.html': BODY,
  },
} as const satisfies Library;
