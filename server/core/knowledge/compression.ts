/** Places that write out what is packed: a few kilobytes may become many gigabytes. Where a limit is given, as in
 *  `zlib.decompressobj().decompress(data, limit)`, no more comes out.
 *  @see https://docs.python.org/3/library/zipfile.html#decompression-pitfalls
 *  @see https://docs.python.org/3/library/zlib.html#zlib.decompress */
import { otherKinds } from './kinds';
import type { Library, MisuseWriteRow, SanitizerRow, SinkRow } from './library';

export const UNPACKED = 'is unpacked without a limit';
const ROW = { kind: 'trust', effect: UNPACKED } as const;
const DATA = { ...ROW, argument: { position: 0, name: 'data' } } as const satisfies SinkRow;
const OBJECT = { ...ROW, argument: 'receiver' } as const satisfies SinkRow;
const READ_ALL = {
  ...OBJECT,
  when: [{ argument: { position: 0, name: 'size' }, values: ['absent', null, -1] }],
} as const satisfies SinkRow;

/** What is in an archive has sources of its own; its size is its maker's. */
const OPENED = {
  clears: otherKinds('trust'),
  label: 'opened as an archive',
} as const satisfies SanitizerRow;
/** Pillow stops at pictures of about 90 million pixels, unless it is told not to. */
const ANY_PICTURE = { kind: 'decompression', values: [null] } as const satisfies MisuseWriteRow;

export const compression = {
  reference: 'https://docs.python.org/3/library/zipfile.html#decompression-pitfalls',
  types: {
    'gzip.open()': 'gzip.GzipFile',
    'bz2.open()': 'bz2.BZ2File',
    'lzma.open()': 'lzma.LZMAFile',
  },
  sinks: {
    'zlib.decompress': DATA,
    'gzip.decompress': DATA,
    'bz2.decompress': DATA,
    'lzma.decompress': DATA,
    'gzip.GzipFile.read': READ_ALL,
    'bz2.BZ2File.read': READ_ALL,
    'lzma.LZMAFile.read': READ_ALL,
    'zipfile.ZipFile.extractall': OBJECT,
    'zipfile.ZipFile.extract': OBJECT,
    'zipfile.ZipFile.read': OBJECT,
    'tarfile.TarFile.extractall': OBJECT,
    'tarfile.TarFile.extract': OBJECT,
  },
  sanitizers: { 'zipfile.ZipFile': OPENED, 'tarfile.open': OPENED, 'tarfile.TarFile.open': OPENED },
  misuseWrites: { 'PIL.Image.MAX_IMAGE_PIXELS': ANY_PICTURE },
  propagators: ['gzip.open', 'bz2.open', 'lzma.open', 'gzip.GzipFile', 'bz2.BZ2File', 'lzma.LZMAFile'],
} as const satisfies Library;
