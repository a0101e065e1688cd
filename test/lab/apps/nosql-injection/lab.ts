import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  env: { PYTHONPATH: '.' },
  cases: [
    {
      name: 'login with an operator for a password',
      honest: [
        { to: 'POST /login', json: { name: 'ann', password: 'apple-tree' }, shows: 'ann' },
        { to: 'POST /login', json: { name: 'ann', password: 'no' }, status: 403 },
      ],
      exploit: [{ to: 'POST /login', json: { name: 'bob', password: { $ne: '' } } }],
      proof: { body: 'bob' },
    },
    {
      name: 'a list of all teams',
      honest: [
        { to: 'POST /team', json: { team: 'red' }, shows: 'ann' },
        { to: 'POST /team', json: {}, shows: 'ann' },
      ],
      exploit: [{ to: 'POST /team', json: { team: { $gt: '' } } }],
      proof: { body: 'bob' },
    },
  ],
};
