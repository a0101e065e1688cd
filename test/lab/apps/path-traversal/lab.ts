import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'open() of joined names',
      honest: [{ to: '/note?name=tea.txt', shows: 'Buy tea' }],
      exploit: [{ to: '/note?name=../secret.toml' }],
      proof: { body: 'hidden-token' },
    },
    {
      name: 'open() of an absolute name',
      honest: [],
      exploit: [{ to: '/note?name=/etc/passwd' }],
      proof: { body: 'root:' },
    },
    {
      name: 'pathlib and a path of the address',
      honest: [{ to: '/pages/about.html', shows: 'About' }],
      exploit: [{ to: '/pages/..%2Fsecret.toml' }],
      proof: { body: 'hidden-token' },
    },
    {
      name: 'f-string',
      honest: [
        { to: '/lines', shows: '1' },
        { to: '/lines?name=ink.txt', shows: '1' },
      ],
      exploit: [{ to: '/lines?name=../app.py' }],
      proof: { body: /^\d\d$/ },
    },
    {
      name: 'files that are removed',
      honest: [
        { to: 'POST /delete', form: { name: 'none.txt' }, status: 404 },
        { to: 'POST /delete', form: { name: 'ink.txt' }, shows: 'gone' },
      ],
      exploit: [{ to: 'POST /delete', form: { name: '../secret.toml' } }],
      proof: { body: 'gone' },
    },
  ],
};
