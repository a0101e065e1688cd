/** Where uploads are kept. Whether their kind was checked before, a rule has to find out.
 *  @see https://flask.palletsprojects.com/en/stable/patterns/fileuploads/ */
import type { Library } from './library';

export const uploads = {
  reference: 'https://flask.palletsprojects.com/en/stable/patterns/fileuploads/',
  misuses: {
    'werkzeug.datastructures.FileStorage.save': { kind: 'upload', when: [] },
  },
} as const satisfies Library;
