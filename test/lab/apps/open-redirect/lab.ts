import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  fixedBy: 'hand',
  cases: [
    {
      name: 'the whole address',
      honest: [
        { to: 'POST /login?next=/cart', status: 302 },
        { to: 'POST /login', status: 302 },
      ],
      exploit: [{ to: 'POST /login?next=https://evil.example/' }],
      proof: { header: ['location', /^https:\/\/evil\.example/] },
    },
    {
      name: 'two slashes',
      honest: [{ to: '/go?page=help', status: 302 }],
      exploit: [{ to: '/go?page=/evil.example' }],
      proof: { header: ['location', /^\/\/evil\.example/] },
    },
  ],
};
