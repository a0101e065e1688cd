import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'f-string',
      honest: [
        { to: '/staff?uid=ann', shows: 'ann@example.org' },
        { to: '/staff?uid=bob', shows: '[]' },
      ],
      exploit: [
        { to: '/staff', query: { uid: 'x)(uid=*))(|(uid=*' } },
        { to: '/staff', query: { uid: '*' } },
      ],
      proof: { body: 'ann@example.org' },
    },
    {
      name: 'percent, in a variable',
      honest: [
        { to: '/by-name', shows: 'ann@example.org' },
        { to: '/by-name?sn=Ruiz', shows: '[]' },
      ],
      exploit: [{ to: '/by-name', query: { sn: '*' } }],
      proof: { body: 'ann@example.org' },
    },
  ],
};
