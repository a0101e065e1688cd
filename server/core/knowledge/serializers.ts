/** Formats that can make any object while they are read, and what makes their input trustworthy: a signature.
 *  @see https://pyyaml.org/wiki/PyYAMLDocumentation, https://jsonpickle.readthedocs.io/en/latest/,
 *  https://dill.readthedocs.io/en/latest/, https://joblib.readthedocs.io/en/stable/persistence.html,
 *  https://itsdangerous.palletsprojects.com/en/stable/ */
import type { Library } from './library';

const BYTES = { kind: 'deserialization', effect: 'is turned into objects, which may run code' } as const;
const FILE = { ...BYTES, argument: { position: 0, name: 'file' } } as const;
const LOADS = { ...BYTES, argument: { position: 0, name: 'data' } } as const;
const STREAM = { ...BYTES, argument: { position: 0, name: 'stream' } } as const;
const SAFE_LOADERS = ['yaml.SafeLoader', 'yaml.CSafeLoader', 'yaml.BaseLoader', 'yaml.CBaseLoader'] as const;
const YAML = {
  ...STREAM,
  unless: [{ argument: { position: 1, name: 'Loader' }, refs: SAFE_LOADERS }],
} as const;
const SIGNED = { clears: 'all', label: 'checked by its signature' } as const;
const WRITTEN = { clears: 'all', label: 'written by this program' } as const;

export const serializers = {
  reference: 'https://docs.python.org/3/library/pickle.html',
  aliases: {
    'cPickle.load': 'pickle.load',
    'cPickle.loads': 'pickle.loads',
    'cPickle.dumps': 'pickle.dumps',
    '_pickle.load': 'pickle.load',
    '_pickle.loads': 'pickle.loads',
    'cloudpickle.load': 'pickle.load',
    'cloudpickle.loads': 'pickle.loads',
    'jsonpickle.loads': 'jsonpickle.decode',
    'jsonpickle.unpickler.decode': 'jsonpickle.decode',
    'sklearn.externals.joblib.load': 'joblib.load',
    'yaml.loader.SafeLoader': 'yaml.SafeLoader',
    'yaml.loader.FullLoader': 'yaml.FullLoader',
    'yaml.loader.UnsafeLoader': 'yaml.UnsafeLoader',
    'yaml.loader.Loader': 'yaml.Loader',
    'yaml.loader.BaseLoader': 'yaml.BaseLoader',
    'yaml.cyaml.CSafeLoader': 'yaml.CSafeLoader',
    'itsdangerous.serializer.Serializer': 'itsdangerous.Serializer',
    'itsdangerous.url_safe.URLSafeSerializer': 'itsdangerous.URLSafeSerializer',
    'itsdangerous.url_safe.URLSafeTimedSerializer': 'itsdangerous.URLSafeTimedSerializer',
  },
  bases: {
    'itsdangerous.URLSafeSerializer': 'itsdangerous.Serializer',
    'itsdangerous.URLSafeTimedSerializer': 'itsdangerous.Serializer',
    'itsdangerous.TimedSerializer': 'itsdangerous.Serializer',
    'itsdangerous.TimedJSONWebSignatureSerializer': 'itsdangerous.Serializer',
    'itsdangerous.JSONWebSignatureSerializer': 'itsdangerous.Serializer',
    'itsdangerous.TimestampSigner': 'itsdangerous.Signer',
  },
  sinks: {
    'pickle.load': FILE,
    'pickle.loads': LOADS,
    'pickle.Unpickler': FILE,
    'dill.load': FILE,
    'dill.loads': { ...BYTES, argument: { position: 0, name: 'str' } },
    'marshal.load': FILE,
    'marshal.loads': { ...BYTES, argument: { position: 0 } },
    'shelve.open': { ...BYTES, argument: { position: 0, name: 'filename' } },
    'jsonpickle.decode': { ...BYTES, argument: { position: 0, name: 'string' } },
    'torch.load': {
      ...BYTES,
      argument: { position: 0, name: 'f' },
      unless: [{ argument: { name: 'weights_only' }, values: [true] }],
    },
    'joblib.load': { ...BYTES, argument: { position: 0, name: 'filename' } },
    'pandas.read_pickle': { ...BYTES, argument: { position: 0, name: 'filepath_or_buffer' } },
    'numpy.load': {
      ...FILE,
      when: [{ argument: { position: 2, name: 'allow_pickle' }, values: [true] }],
    },
    'yaml.load': YAML,
    'yaml.load_all': YAML,
    'yaml.full_load': STREAM,
    'yaml.full_load_all': STREAM,
    'yaml.unsafe_load': STREAM,
    'yaml.unsafe_load_all': STREAM,
  },
  sanitizers: {
    'itsdangerous.Serializer.loads': SIGNED,
    'itsdangerous.Serializer.load': SIGNED,
    'itsdangerous.Signer.unsign': SIGNED,
    'pickle.dumps': WRITTEN,
    'marshal.dumps': WRITTEN,
    'dill.dumps': WRITTEN,
  },
  propagators: [
    'base64.b16decode',
    'base64.b32decode',
    'base64.b85decode',
    'base64.a85decode',
    'base64.decodebytes',
    'base64.standard_b64decode',
    'binascii.unhexlify',
    'binascii.a2b_base64',
    'builtins.bytearray',
    'builtins.bytes.fromhex',
    'builtins.memoryview',
    'bz2.decompress',
    'codecs.decode',
    'codecs.encode',
    'gzip.decompress',
    'io.BytesIO',
    'io.StringIO',
    'io.TextIOWrapper',
    'lzma.decompress',
    'yaml.full_load',
    'yaml.full_load_all',
    'yaml.load',
    'yaml.load_all',
    'yaml.safe_load',
    'yaml.safe_load_all',
    'yaml.unsafe_load',
    'yaml.unsafe_load_all',
    'zlib.decompress',
  ],
} as const satisfies Library;
