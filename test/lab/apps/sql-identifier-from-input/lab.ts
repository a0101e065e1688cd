import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  fixedBy: 'hand',
  cases: [
    {
      name: 'the order tells what nobody may see',
      honest: [
        { to: '/users?sort=name', shows: '["Ann","Bob"]' },
        { to: '/users', shows: '["Ann","Bob"]' },
      ],
      exploit: [{ to: '/users?sort=pin' }],
      proof: { body: '["Bob","Ann"]' },
    },
  ],
};
