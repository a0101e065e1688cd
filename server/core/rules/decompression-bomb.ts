/** What a visitor sends is unpacked, however much it becomes. */
import { UNPACKED } from '../knowledge/compression';
import { enclosingFunction } from '../model/scope';
import { walkExpressions } from '../syntax/python/walk';
import { flowRule } from './flowRule';
import type { Rule } from './rule';

const unpacked = flowRule({
  id: 'decompression-bomb',
  title: 'Archive unpacked without a limit',
  kind: 'trust',
  about: 'decompression',
  severity: 'information',
  doc: {
    happens:
      'Zeros pack well: an upload of 40 kilobytes can become 40 gigabytes. `MAX_CONTENT_LENGTH` counts what is sent, not what comes out, so the disk or the memory of the server is full before anybody looks.',
    vulnerable: {
      'app.py': `
import zipfile

from flask import Flask, request

app = Flask(__name__)


@app.post("/import")
def import_files():
    with zipfile.ZipFile(request.files["archive"]) as archive:
        archive.extractall("/srv/imports")
    return "", 204
`,
    },
    safe: {
      'app.py': `
import zipfile

from flask import Flask, abort, request

app = Flask(__name__)
MAX_BYTES = 50_000_000


@app.post("/import")
def import_files():
    with zipfile.ZipFile(request.files["archive"]) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
            abort(413)
        archive.extractall("/srv/imports")
    return "", 204
`,
    },
    why: 'The sizes stand in the table of the archive, and `zipfile` stops where an entry is longer than it says. For a stream, `zlib.decompressobj().decompress(data, limit)` gives no more than the limit.',
    limits:
      'A function that looks at sizes (`file_size`, `size`) is taken to do it well. Pillow has a limit for pictures; reported is where it is taken away.',
    references: [
      {
        title: 'CWE-409: Improper Handling of Highly Compressed Data',
        url: 'https://cwe.mitre.org/data/definitions/409.html',
      },
      {
        title: 'Python: decompression pitfalls',
        url: 'https://docs.python.org/3/library/zipfile.html#decompression-pitfalls',
      },
    ],
  },
  only: UNPACKED,
  accepts: ({ site }) =>
    !walkExpressions(enclosingFunction(site)?.body ?? []).some(
      (node) => node.kind === 'Attribute' && SIZES.test(node.attr.id),
    ),
  message: (label) => `\`${label}\` is unpacked without a limit: a small upload may fill memory or disk.`,
});

export const rule = {
  ...unpacked,
  check: (context) => [
    ...(unpacked.check?.(context) ?? []),
    ...(context.isTest ? [] : context.misuses('decompression')).map(({ site, place }) => ({
      range: context.rangeOf(site.tree, place),
      message: 'Pillow unpacks pictures of any size now: a small file may fill the memory.',
      confidence: 'high' as const,
      path: [],
    })),
  ],
} satisfies Rule;

const SIZES = /^(?:file_size|compress_size|size|st_size|unconsumed_tail)$/;
