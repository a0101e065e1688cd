import type { LabModule, Step } from '../../labModule';

const LOGIN: Step = { submit: '/login', fill: { name: 'ann', pin: 'nna' } };
const LOGIN_AS_BOB: Step = { submit: '/login', fill: { name: 'bob', pin: 'bob' } };

/** What a page of another site sends: the cookies go along, and nothing else that is secret. */
const ELSEWHERE = { Origin: 'https://evil.example', Referer: 'https://evil.example/' };

export const lab: LabModule = {
  env: { SHOP_KEY: 'a-key-that-only-the-server-of-the-lab-knows' },
  rules: [
    'csrf-disabled-config',
    'jinja-form-missing-csrf-token',
    'session-cookie-httponly-off',
    'session-cookie-samesite',
    'session-cookie-secure-off',
    'remember-cookie-flags',
  ],
  cases: [
    {
      name: 'csrf-disabled-config: another site changes the address of a visitor',
      honest: [
        { ...LOGIN, status: 302 },
        { to: '/', shows: 'ann@example.com' },
        { submit: '/', fill: { email: 'ann@example.org' }, status: 302 },
        { to: '/', shows: 'ann@example.org' },
        { submit: '/login', fill: { name: 'ann', pin: 'no' } },
      ],
      exploit: [
        LOGIN_AS_BOB,
        { to: 'POST /email', form: { email: 'eve@evil.example' }, headers: ELSEWHERE },
        { to: '/' },
      ],
      proof: { body: 'eve@evil.example' },
    },
    {
      name: 'jinja-form-missing-csrf-token: a form of WTForms',
      honest: [
        { ...LOGIN, status: 302 },
        { to: '/name', shows: 'Nickname' },
        { submit: '/name', fill: { nickname: 'Annie' }, shows: 'Hello Annie' },
      ],
      exploit: [LOGIN_AS_BOB, { to: 'POST /name', form: { nickname: 'Eve' }, headers: ELSEWHERE }],
      proof: { body: 'Hello Eve' },
    },
    {
      name: 'session-cookie-httponly-off',
      honest: [],
      exploit: [LOGIN],
      proof: { header: ['set-cookie', /^session=(?!.*; HttpOnly)/] },
    },
    {
      name: 'session-cookie-samesite',
      honest: [],
      exploit: [LOGIN],
      proof: { header: ['set-cookie', /^session=(?!.*; SameSite=(?:Lax|Strict))/] },
    },
    {
      name: 'session-cookie-secure-off',
      honest: [],
      exploit: [LOGIN],
      proof: { header: ['set-cookie', /^session=(?!.*; Secure)/] },
    },
    {
      name: 'remember-cookie-flags',
      honest: [],
      exploit: [LOGIN],
      proof: { header: ['set-cookie', /^remember_token=(?!.*; HttpOnly)/] },
    },
  ],
};
