/** Files and folders of the standard library, and aiofiles. Asking whether a file exists is no sink: it is how code
 *  checks a name before it uses it. */
import type { Library } from './library';

const OPENED = { kind: 'path', effect: 'names the file that is opened' } as const;
const CHANGED = { kind: 'path', effect: 'names the file that is changed' } as const;
const REMOVED = { kind: 'path', effect: 'names what is deleted' } as const;
const LISTED = { kind: 'path', effect: 'names the folder that is listed' } as const;
const MADE = { kind: 'path', effect: 'names the folder that is made' } as const;
const COPIED = { kind: 'path', argument: 'all', effect: 'names a file that is copied or moved' } as const;

/** Some take an open file as well: a text that is put together is none. */
const WHEN_BUILT = [{ argument: { position: 0 }, start: /./s }] as const;

const FILE = { position: 0, name: 'file' } as const;
const PATH = { position: 0, name: 'path' } as const;
const OPEN = { ...OPENED, argument: FILE } as const;
const CHANGE = { ...CHANGED, argument: PATH } as const;
const REMOVE = { ...REMOVED, argument: PATH } as const;
const LIST = { ...LISTED, argument: PATH } as const;
const ON_PATH = { ...OPENED, argument: 'receiver' } as const;
const CHANGE_PATH = { ...CHANGED, argument: 'receiver' } as const;
const TEMPORARY = { ...MADE, argument: { name: 'dir' } } as const;

export const files = {
  reference: 'https://docs.python.org/3/library/filesys.html',
  aliases: {
    'io.open': 'builtins.open',
    '_io.open': 'builtins.open',
    'aiofiles.threadpool.open': 'aiofiles.open',
    'pathlib.PosixPath': 'pathlib.Path',
    'pathlib.WindowsPath': 'pathlib.Path',
    'pathlib.PurePosixPath': 'pathlib.PurePath',
    'posixpath.join': 'os.path.join',
    'posixpath.basename': 'os.path.basename',
    'ntpath.basename': 'os.path.basename',
  },
  types: {
    'pathlib.Path.parent': 'pathlib.Path',
    'pathlib.Path.absolute()': 'pathlib.Path',
    // Names of Moat's own: a path without `..` and links, of which a comparison with a folder tells something.
    'pathlib.Path.resolve()': 'pathlib.ResolvedPath',
    'os.path.abspath()': 'os.path.ResolvedPath',
    'os.path.realpath()': 'os.path.ResolvedPath',
    'os.path.normpath()': 'os.path.ResolvedPath',
    'pathlib.Path.expanduser()': 'pathlib.Path',
    'pathlib.Path.with_suffix()': 'pathlib.Path',
    'pathlib.Path.with_name()': 'pathlib.Path',
    'pathlib.Path.with_stem()': 'pathlib.Path',
    'pathlib.Path.joinpath()': 'pathlib.Path',
    'pathlib.Path.__truediv__()': 'pathlib.Path',
    'pathlib.PurePath.__truediv__()': 'pathlib.PurePath',
    'pathlib.Path.cwd()': 'pathlib.Path',
    'pathlib.Path.home()': 'pathlib.Path',
  },
  bases: { 'pathlib.Path': 'pathlib.PurePath', 'pathlib.ResolvedPath': 'pathlib.Path' },
  sinks: {
    'builtins.open': OPEN,
    'codecs.open': { ...OPENED, argument: { position: 0, name: 'filename' } },
    'aiofiles.open': OPEN,
    'fileinput.input': { ...OPENED, argument: { position: 0, name: 'files' } },
    'linecache.getline': { ...OPENED, argument: { position: 0, name: 'filename' } },
    'linecache.getlines': { ...OPENED, argument: { position: 0, name: 'filename' } },
    'zipfile.ZipFile': { ...OPEN, when: WHEN_BUILT },
    'tarfile.open': { ...OPENED, argument: { position: 0, name: 'name' } },
    'PIL.Image.open': { ...OPENED, argument: { position: 0, name: 'fp' }, when: WHEN_BUILT },
    'glob.glob': { ...LISTED, argument: { position: 0, name: 'pathname' } },
    'glob.iglob': { ...LISTED, argument: { position: 0, name: 'pathname' } },
    'os.open': { ...OPENED, argument: PATH },
    'os.remove': REMOVE,
    'os.unlink': REMOVE,
    'os.rmdir': REMOVE,
    'os.removedirs': { ...REMOVED, argument: { position: 0, name: 'name' } },
    'os.mkdir': { ...MADE, argument: PATH },
    'os.makedirs': { ...MADE, argument: { position: 0, name: 'name' } },
    'os.listdir': LIST,
    'os.scandir': LIST,
    'os.walk': { ...LISTED, argument: { position: 0, name: 'top' } },
    'os.chmod': CHANGE,
    'os.chown': CHANGE,
    'os.truncate': CHANGE,
    'os.utime': CHANGE,
    'os.rename': COPIED,
    'os.renames': COPIED,
    'os.replace': COPIED,
    'os.link': COPIED,
    'os.symlink': COPIED,
    'shutil.copy': COPIED,
    'shutil.copy2': COPIED,
    'shutil.copyfile': COPIED,
    'shutil.copytree': COPIED,
    'shutil.move': COPIED,
    'shutil.rmtree': REMOVE,
    'shutil.unpack_archive': { ...OPENED, argument: 'all' },
    'shutil.make_archive': { ...OPENED, argument: 'all' },
    'tempfile.NamedTemporaryFile': TEMPORARY,
    'tempfile.TemporaryDirectory': TEMPORARY,
    'tempfile.TemporaryFile': TEMPORARY,
    'tempfile.mkstemp': TEMPORARY,
    'tempfile.mkdtemp': TEMPORARY,
    'pathlib.Path.open': ON_PATH,
    'pathlib.Path.read_text': ON_PATH,
    'pathlib.Path.read_bytes': ON_PATH,
    'pathlib.Path.write_text': CHANGE_PATH,
    'pathlib.Path.write_bytes': CHANGE_PATH,
    'pathlib.Path.touch': CHANGE_PATH,
    'pathlib.Path.chmod': CHANGE_PATH,
    'pathlib.Path.unlink': { ...REMOVED, argument: 'receiver' },
    'pathlib.Path.rmdir': { ...REMOVED, argument: 'receiver' },
    'pathlib.Path.mkdir': { ...MADE, argument: 'receiver' },
    'pathlib.Path.iterdir': { ...LISTED, argument: 'receiver' },
    'pathlib.Path.rename': { ...CHANGED, argument: { position: 0, name: 'target' } },
    'pathlib.Path.replace': { ...CHANGED, argument: { position: 0, name: 'target' } },
    'pathlib.Path.glob': { ...LISTED, argument: { position: 0, name: 'pattern' } },
    'pathlib.Path.rglob': { ...LISTED, argument: { position: 0, name: 'pattern' } },
  },
  sanitizers: {
    // What is left names a file of one folder, or the folder above, which no file can be.
    'os.path.basename': { clears: ['path'], label: 'reduced to a file name' },
    'pathlib.PurePath.name': { clears: ['path'], label: 'reduced to a file name' },
    'pathlib.PurePath.stem': { clears: ['path'], label: 'reduced to a file name' },
    'pathlib.PurePath.suffix': { clears: ['path'], label: 'reduced to an extension' },
  },
  guards: {
    'os.path.ResolvedPath.startswith': { argument: 'receiver', clears: ['path'] },
    'pathlib.ResolvedPath.is_relative_to': { argument: 'receiver', clears: ['path'] },
  },
  checks: {
    'pathlib.ResolvedPath.relative_to': { argument: 'receiver', clears: ['path'] },
  },
  unrelated: [
    'pathlib.Path.read_text',
    'pathlib.Path.read_bytes',
    'pathlib.Path.open',
    'pathlib.Path.iterdir',
    'pathlib.Path.glob',
    'pathlib.Path.rglob',
    'pathlib.Path.exists',
    'pathlib.Path.is_file',
    'pathlib.Path.is_dir',
    'pathlib.Path.stat',
  ],
  propagators: [
    'pathlib.Path',
    'pathlib.PurePath',
    'pathlib.Path.joinpath',
    'os.path.join',
    'os.path.abspath',
    'os.path.splitext',
    'os.path.split',
    'os.path.normcase',
    'os.path.realpath',
    'os.path.normpath',
    'os.path.expanduser',
    'os.path.expandvars',
    'os.path.dirname',
    'os.fspath',
    'os.path.relpath',
  ],
} as const satisfies Library;
