/** Werkzeug: uploaded files, and what makes a file name safe.
 *  @see https://werkzeug.palletsprojects.com/en/stable/datastructures/#werkzeug.datastructures.FileStorage */
import type { Library } from './library';

const FILES = 'werkzeug.datastructures.FileMultiDict';
const FILE = 'werkzeug.datastructures.FileStorage';

export const werkzeug = {
  reference: 'https://werkzeug.palletsprojects.com/en/stable/utils/#werkzeug.utils.secure_filename',
  aliases: {
    'werkzeug.FileStorage': FILE,
    'werkzeug.datastructures.file_storage.FileStorage': FILE,
    'werkzeug.secure_filename': 'werkzeug.utils.secure_filename',
    'werkzeug.security.safe_join': 'werkzeug.utils.safe_join',
    'flask.safe_join': 'werkzeug.utils.safe_join',
    'flask.helpers.safe_join': 'werkzeug.utils.safe_join',
  },
  types: {
    [`${FILE}.filename`]: 'builtins.str',
    [`${FILES}[]`]: FILE,
    [`${FILES}.get()`]: FILE,
    [`${FILES}.pop()`]: FILE,
    [`${FILES}.getlist()[]`]: FILE,
    [`${FILES}.values()[]`]: FILE,
  },
  sinks: {
    [`${FILE}.save`]: {
      kind: 'path',
      argument: { position: 0, name: 'dst' },
      effect: 'names the file that is written',
    },
  },
  sanitizers: {
    // Only ASCII letters, digits, `_`, `.` and `-` are left: nothing that ends a text, a folder or a word. It may
    // still name a host, an attribute or a template.
    'werkzeug.utils.secure_filename': {
      clears: [
        'sql',
        'command',
        'nosql',
        'ldap',
        'xpath',
        'path',
        'html',
        'link',
        'script',
        'attribute',
        'header',
        'log',
        'template',
        'xml',
        'redirect',
      ],
      label: 'reduced to a file name',
    },
    'werkzeug.datastructures.Accept.best_match': { clears: 'all', label: 'one of those offered' },
    // Behind the folder nothing begins like an option of a program.
    'werkzeug.utils.safe_join': { clears: ['path', 'trust'], label: 'kept inside the folder' },
  },
  trusted: [`${FILE}.content_length`],
} as const satisfies Library;
