import type { LabModule, Step } from '../../labModule';

const LOGIN: Step = { to: 'POST /login', form: { name: 'ann', password: 'apple-tree' } };

export const lab: LabModule = {
  rules: ['cookie-missing-httponly', 'cookie-missing-samesite', 'cookie-missing-secure'],
  cases: [
    {
      name: 'cookie-missing-httponly: scripts read the session',
      honest: [
        { ...LOGIN, status: 302 },
        { to: '/', shows: '"user":"ann"' },
      ],
      exploit: [LOGIN],
      proof: { header: ['set-cookie', /^session_id=(?!.*; HttpOnly)/] },
    },
    {
      name: 'cookie-missing-secure: the session goes unencrypted',
      honest: [
        { to: 'POST /theme', form: { theme: 'dark' } },
        { to: '/', shows: '"theme":"dark"' },
      ],
      exploit: [LOGIN],
      proof: { header: ['set-cookie', /^session_id=(?!.*; Secure)/] },
    },
    {
      name: 'cookie-missing-samesite: other sites send it',
      honest: [],
      exploit: [LOGIN],
      proof: { header: ['set-cookie', /^session_id=(?!.*; SameSite=(?:Lax|Strict))/] },
    },
    {
      name: 'flags that are switched off',
      honest: [{ to: 'POST /token', shows: 'kept' }],
      exploit: [{ to: 'POST /token' }],
      proof: { header: ['set-cookie', /^auth_token=(?!.*; Secure)/] },
    },
  ],
};
