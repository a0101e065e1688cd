/** A port at which everybody on the machine may configure the log. */
import { misuseRule } from './misuseRule';

export const rule = misuseRule({
  id: 'logging-config-listen',
  title: 'Log configured from a port',
  kind: 'loggingListener',
  severity: 'warning',
  doc: {
    happens:
      '`logging.config.listen` takes configurations from a port of this machine and runs parts of them as code. Every ' +
      'other user and program of the machine can send one.',
    vulnerable: {
      'app.py': `
import logging.config

logging.config.listen(9999).start()
`,
    },
    safe: {
      'app.py': `
import logging.config

logging.config.dictConfig({"version": 1, "root": {"level": "INFO"}})
`,
    },
    why: 'The configuration comes from the app itself. To change it without a restart, read a file that only the app may write.',
    limits: 'A listener with a `verify` function of your own is left alone.',
    references: [
      { title: 'CWE-94: Code Injection', url: 'https://cwe.mitre.org/data/definitions/94.html' },
      {
        title: 'Python: logging.config.listen',
        url: 'https://docs.python.org/3/library/logging.config.html#logging.config.listen',
      },
    ],
  },
  message: () => 'Everybody on this machine can send a configuration here, and parts of it are run as code.',
});
