import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  rules: ['cors-credentials-wildcard'],
  fixedBy: 'hand',
  cases: [
    {
      name: 'another site reads the answer, with the cookies of the visitor',
      honest: [
        { to: '/me', headers: { Origin: 'https://shop.example.com', Cookie: 'user=ann' }, shows: 'ann' },
      ],
      exploit: [{ to: '/me', headers: { Origin: 'https://evil.example', Cookie: 'user=ann' } }],
      proof: {
        body: 'ann',
        header: ['access-control-allow-origin', /^https:\/\/evil\.example$/],
      },
    },
  ],
};
