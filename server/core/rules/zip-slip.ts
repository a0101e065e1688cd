/** An archive names the file that is written. */
import { flowRule } from './flowRule';
import { isFromArchive } from './sourceOf';

export const rule = flowRule({
  id: 'zip-slip',
  title: 'File path from an archive',
  kind: 'path',
  about: 'archive',
  severity: 'warning',
  doc: {
    happens:
      'Names in an archive are what its maker wrote: `../../app/app.py` leads out of the folder, `/etc/cron.d/x` away from ' +
      'it. Who uploads such an archive writes over the code of the app.',
    vulnerable: {
      'unpack.py': `
import os
import zipfile


def unpack(path, folder):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with open(os.path.join(folder, name), "wb") as out:
                out.write(archive.read(name))
`,
    },
    safe: {
      'unpack.py': `
import zipfile


def unpack(path, folder):
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
`,
    },
    why: '`extract` and `extractall` of `zipfile` drop `..`, drive letters and slashes in front. `safe_join` does for a single name.',
    limits:
      'Archives that you made yourself are fine. Tar archives need `filter="data"` also with `extractall`.',
    references: [
      { title: 'CWE-22: Path Traversal', url: 'https://cwe.mitre.org/data/definitions/22.html' },
      {
        title: 'Python: ZipFile.extract',
        url: 'https://docs.python.org/3/library/zipfile.html#zipfile.ZipFile.extract',
      },
    ],
  },
  counts: isFromArchive,
  message: (label) => `This file path depends on \`${label}\`, a name that the maker of the archive chose.`,
});
