import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/core/base/textEdit';
import { ensureImport, type ImportOptions, type ImportRequest } from '../../../server/core/edits/addImport';
import { applied, moduleOf } from './support';

const OS: ImportRequest = { module: 'os' };
const ESCAPE: ImportRequest = { from: 'markupsafe', name: 'escape' };
const ABORT: ImportRequest = { from: 'flask', name: 'abort' };

type Case = readonly [
  name: string,
  request: ImportRequest,
  before: string,
  after: string,
  localName?: string,
  options?: ImportOptions,
];

const CASES: readonly Case[] = [
  ['an empty file', OS, '', 'import os\n'],
  ['code without imports', OS, 'x = 1\n', 'import os\n\nx = 1\n'],
  ['an import that is there', OS, 'import os\n', 'import os\n'],
  ['an alias', OS, 'import os as _os\n', 'import os as _os\n', '_os'],
  ['a list of imports', OS, 'import sys, os\n', 'import sys, os\n'],
  [
    'a name that is there',
    ABORT,
    'from flask import abort as stop\n',
    'from flask import abort as stop\n',
    'stop',
  ],
  ['os beside os.path', OS, 'import os.path\n', 'import os\nimport os.path\n'],
  ['a docstring', OS, '"""Docs."""\n\nx = 1\n', '"""Docs."""\n\nimport os\n\nx = 1\n'],
  ['a docstring without a gap', OS, '"""Docs."""\nx = 1\n', '"""Docs."""\n\nimport os\n\nx = 1\n'],
  [
    'shebang and coding',
    OS,
    '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nx = 1\n',
    '#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nimport os\n\nx = 1\n',
  ],
  ['a byte order mark', OS, '\uFEFFx = 1\n', '\uFEFFimport os\n\nx = 1\n'],
  [
    'the future',
    OS,
    'from __future__ import annotations\n\nx = 1\n',
    'from __future__ import annotations\n\nimport os\n\nx = 1\n',
  ],
  ['CRLF', OS, 'import sys\r\n\r\nx = 1\r\n', 'import os\r\nimport sys\r\n\r\nx = 1\r\n'],
  ['a sorted group', OS, 'import abc\nimport sys\n', 'import abc\nimport os\nimport sys\n'],
  [
    'from imports behind',
    OS,
    'import abc\nfrom io import StringIO\n',
    'import abc\nimport os\nfrom io import StringIO\n',
  ],
  [
    'third party only',
    OS,
    'from flask import Flask\n\napp = Flask(__name__)\n',
    'import os\n\nfrom flask import Flask\n\napp = Flask(__name__)\n',
  ],
  [
    'standard library only',
    ESCAPE,
    'import os\n\nx = 1\n',
    'import os\n\nfrom markupsafe import escape\n\nx = 1\n',
  ],
  [
    'between two groups',
    ESCAPE,
    'import os\n\nfrom .models import A\n',
    'import os\n\nfrom markupsafe import escape\n\nfrom .models import A\n',
  ],
  [
    'behind flask',
    ESCAPE,
    'from flask import Flask\nfrom werkzeug import x\n',
    'from flask import Flask\nfrom markupsafe import escape\nfrom werkzeug import x\n',
  ],
  [
    'a comment above the next import',
    ESCAPE,
    'from flask import Flask\n# server\nfrom werkzeug import x\n',
    'from flask import Flask\n# server\nfrom werkzeug import x\nfrom markupsafe import escape\n',
  ],
  ['a sorted list', ABORT, 'from flask import Flask, request\n', 'from flask import Flask, abort, request\n'],
  [
    'a list sorted with a name behind',
    ABORT,
    'from flask import Flask\n',
    'from flask import Flask, abort\n',
  ],
  [
    'an unsorted list',
    ABORT,
    'from flask import request, Flask\n',
    'from flask import request, Flask, abort\n',
  ],
  [
    'a list in parentheses',
    ABORT,
    'from flask import (\n    Flask,\n    request,\n)\n',
    'from flask import (\n    Flask,\n    abort,\n    request,\n)\n',
  ],
  [
    'the end of a list in parentheses',
    ABORT,
    'from flask import (\n    Blueprint,\n    Flask,  # app\n)\n',
    'from flask import (\n    Blueprint,\n    Flask,\n    abort,  # app\n)\n',
  ],
  [
    'a list in parentheses of one line',
    ABORT,
    'from flask import (Flask, request)\n',
    'from flask import (Flask, abort, request)\n',
  ],
  [
    'an alias inside of the list',
    ABORT,
    'from flask import Flask as F\n',
    'from flask import Flask as F, abort\n',
  ],
  ['a star import', ABORT, 'from flask import *\n', 'from flask import *\nfrom flask import abort\n'],
  [
    'a type-checking block',
    OS,
    'from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import sys\n',
    'import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import sys\n',
  ],
  [
    'a name that is taken',
    ESCAPE,
    'def escape(x):\n    return x\n',
    'from markupsafe import escape as _escape\n\ndef escape(x):\n    return x\n',
    '_escape',
  ],
  [
    'a name that is taken twice',
    ESCAPE,
    'escape = _escape = 1\n',
    'from markupsafe import escape as escape_\n\nescape = _escape = 1\n',
    'escape_',
  ],
  [
    'another module of that name',
    OS,
    'from mine import os\n',
    'import os as _os\n\nfrom mine import os\n',
    '_os',
  ],
  [
    'a local package',
    { from: 'shop.db', name: 'get' },
    'import os\n\nfrom flask import Flask\n\nx = 1\n',
    'import os\n\nfrom flask import Flask\n\nfrom shop.db import get\n\nx = 1\n',
    'get',
    { localPackages: ['shop'] },
  ],
  [
    'a relative import',
    { from: '.db', name: 'get' },
    'from .db import close\n',
    'from .db import close, get\n',
    'get',
  ],
  ['no line break at the end', ESCAPE, 'import os', 'import os\n\nfrom markupsafe import escape'],
  ['statements on one line', OS, 'import sys; x = 1\n', 'import os\nimport sys; x = 1\n'],
  [
    'a module by its parent',
    { module: 'urllib.parse' },
    'from urllib import parse\n',
    'from urllib import parse\n',
    'parse',
  ],
];

describe('ensureImport', () => {
  for (const [name, request, before, after, localName, options] of CASES) {
    it(`with ${name}`, () => {
      const result = ensureImport(moduleOf(before), request, options);
      if (result.kind === 'refused') throw new Error(result.reason);
      expect(applied(before, result.edits)).toBe(after);
      expect(result.localName).toBe(localName ?? ('module' in request ? request.module : request.name));
    });

    it(`is done after once with ${name}`, () => {
      expect(ensureImport(moduleOf(after), request, options)).toMatchObject({ kind: 'edits', edits: [] });
    });
  }

  it('reuses an import of the function it is used in', () => {
    const text = 'def f():\n    import os as system\n    return 1\n';
    const result = ensureImport(moduleOf(text), OS, { usedAt: text.indexOf('return') });
    expect(result).toEqual({ kind: 'edits', edits: [], localName: 'system' });
  });

  it('does not reuse an import of another function', () => {
    const text = 'def f():\n    import os\n\ndef g():\n    return 1\n';
    const result = ensureImport(moduleOf(text), OS, { usedAt: text.indexOf('return') });
    expect(result).toMatchObject({ kind: 'edits', localName: 'os', edits: [{ newText: 'import os\n\n' }] });
  });

  it('takes another name where a parameter hides the module', () => {
    const text = 'import os\n\ndef f(os):\n    return os\n';
    const result = ensureImport(moduleOf(text), OS, { usedAt: text.indexOf('return') });
    if (result.kind === 'refused') throw new Error(result.reason);
    expect(result.localName).toBe('_os');
    expect(applyEdits(text, result.edits)).toContain('import os as _os\n');
  });

  it('refuses when every name is taken', () => {
    const text = 'escape = _escape = escape_ = _escape_module = 1\n';
    expect(ensureImport(moduleOf(text), ESCAPE).kind).toBe('refused');
  });
});
