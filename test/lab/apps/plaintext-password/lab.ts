import type { LabModule } from '../../labModule';

const steal = (name: string) => [
  'import sqlite3',
  'db = sqlite3.connect(saved["folder"] + "/instance/accounts.db")',
  `print(db.execute("SELECT password FROM user WHERE name = '${name}'").fetchone()[0])`,
];

export const lab: LabModule = {
  rules: ['plaintext-password-storage', 'plaintext-password-compare'],
  cases: [
    {
      name: 'a stolen database, after registration',
      honest: [
        { to: 'POST /register', form: { name: 'ann', password: 'apple-tree' }, shows: 'welcome' },
        { to: 'POST /login', form: { name: 'ann', password: 'apple-tree' }, shows: 'hello' },
        { to: 'POST /login', form: { name: 'ann', password: 'no' }, status: 403 },
        { to: 'POST /login', form: { name: 'nobody', password: 'no' }, status: 403 },
      ],
      exploit: [
        { to: 'POST /register', form: { name: 'bob', password: 'blue-sky' } },
        { python: steal('bob'), saveAs: 'stolen' },
      ],
      proof: { saved: ['stolen', /blue-sky/] },
    },
    {
      name: 'a stolen database, after a change',
      honest: [
        { to: 'POST /change', form: { name: 'ann', old: 'apple-tree', new: 'old-oak' }, shows: 'changed' },
        { to: 'POST /login', form: { name: 'ann', password: 'old-oak' }, shows: 'hello' },
        { to: 'POST /login', form: { name: 'ann', password: 'apple-tree' }, status: 403 },
        { to: 'POST /change', form: { name: 'ann', old: 'no', new: 'x' }, status: 403 },
      ],
      exploit: [
        { to: 'POST /register', form: { name: 'cem', password: 'calm-sea' } },
        { to: 'POST /change', form: { name: 'cem', old: 'calm-sea', new: 'new-dawn' } },
        { python: steal('cem'), saveAs: 'stolen' },
      ],
      proof: { saved: ['stolen', /new-dawn|calm-sea/] },
    },
  ],
};
