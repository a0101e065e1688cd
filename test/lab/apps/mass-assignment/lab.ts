import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  fixedBy: 'hand',
  cases: [
    {
      name: 'a visitor who makes an administrator of himself',
      honest: [
        { to: 'POST /register', json: { name: 'ann', email: 'ann@example.com' }, shows: '"admin":false' },
      ],
      exploit: [{ to: 'POST /register', json: { name: 'eve', email: 'eve@example.com', is_admin: true } }],
      proof: { body: '"admin":true' },
    },
  ],
};
