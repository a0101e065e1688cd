import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  fixedBy: 'hand',
  cases: [
    {
      name: 'a folder beside the albums',
      honest: [{ to: '/photo?album=sea', shows: 'waves' }],
      exploit: [{ to: '/photo?album=../keys' }],
      proof: { body: 'hidden-token' },
    },
  ],
};
