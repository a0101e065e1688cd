/** Names inside of archives: whoever made the archive wrote them, and they may lead out of a folder. `extract` and
 *  `extractall` of `zipfile` take that out by themselves.
 *  @see https://docs.python.org/3/library/zipfile.html#zipfile.ZipFile.extract */
import { otherKinds } from './kinds';
import type { Library, SourceRow } from './library';

/** Of all sinks only paths: what an archive says otherwise is as harmless as the rest of a file. */
const ENTRY: SourceRow = {
  label: 'an archive',
  safeFor: otherKinds('path'),
};

const PACKED = { kind: 'path', effect: 'chooses the file that is packed' } as const;

export const archives = {
  reference: 'https://docs.python.org/3/library/zipfile.html#zipfile.ZipInfo.filename',
  types: {
    // Names of Moat's own for the lists.
    'zipfile.ZipFile.infolist()': 'zipfile.Entries',
    'zipfile.ZipFile.filelist': 'zipfile.Entries',
    'zipfile.Entries[]': 'zipfile.ZipInfo',
    'zipfile.ZipFile.getinfo()': 'zipfile.ZipInfo',
    'tarfile.TarFile.getmembers()': 'tarfile.Members',
    'tarfile.Members[]': 'tarfile.TarInfo',
    'tarfile.TarFile[]': 'tarfile.TarInfo',
    'tarfile.TarFile.getmember()': 'tarfile.TarInfo',
    'tarfile.TarFile.next()': 'tarfile.TarInfo',
  },
  sources: {
    'zipfile.ZipFile.namelist()': ENTRY,
    'zipfile.ZipInfo.filename': ENTRY,
    'tarfile.TarFile.getnames()': ENTRY,
    'tarfile.TarInfo.name': ENTRY,
    'tarfile.TarInfo.path': ENTRY,
  },
  sinks: {
    'zipfile.ZipFile.write': { ...PACKED, argument: { position: 0, name: 'filename' } },
    'tarfile.TarFile.add': { ...PACKED, argument: { position: 0, name: 'name' } },
  },
} as const satisfies Library;
