/** Folders whose files everybody can fetch, and template files that Flask does not escape.
 *  @see https://flask.palletsprojects.com/en/stable/api/#flask.Flask
 *  @see https://flask.palletsprojects.com/en/stable/templating/#jinja-setup */
import type { Library, MisuseRow } from './library';

/** The folder of the app, the one above it, the whole disk, or the templates' own. */
const OWN_FOLDER = /^(\.{0,2}[\\/]?|[\\/]|~[\\/]?|(\.[\\/])?templates[\\/]?)$/;
const FOLDER = { position: 2, name: 'static_folder' } as const;
const STATIC = {
  kind: 'exposedFiles',
  at: FOLDER,
  when: [{ argument: FOLDER, pattern: OWN_FOLDER, values: ['unknown'] }],
} as const satisfies MisuseRow;

/** Flask escapes `.html`, `.htm`, `.xml`, `.xhtml` and `.svg` only. `mail.txt.j2` says that it is no HTML. */
const RENDERED = {
  kind: 'templateExtension',
  at: { position: 0, name: 'template_name_or_list' },
  when: [
    {
      argument: { position: 0, name: 'template_name_or_list' },
      pattern: /^[^.]*(\.(html?|xhtml|svg))?\.(jinja2?|j2|tpl|tmpl|template|HTML?|phtml|shtml|txt|md|inc)$/,
    },
  ],
} as const satisfies MisuseRow;

export const publicFolders = {
  reference: 'https://flask.palletsprojects.com/en/stable/tutorial/static/',
  misuses: {
    'flask.Flask': STATIC,
    'flask.Blueprint': STATIC,
    'flask.send_from_directory': {
      kind: 'exposedFiles',
      at: { position: 0, name: 'directory' },
      when: [
        { argument: { position: 0, name: 'directory' }, pattern: OWN_FOLDER, values: ['unknown'] },
        { argument: { position: 1, name: 'path' }, values: ['unknown'] },
      ],
    },
    'flask.render_template': RENDERED,
    'flask.stream_template': RENDERED,
  },
} as const satisfies Library;
