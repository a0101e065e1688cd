import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  fixedBy: 'hand',
  cases: [
    {
      name: 'a function that nobody meant to offer',
      honest: [
        { to: '/export?text=tea', shows: '"tea"' },
        { to: '/export?module=html&function=escape&text=tea', shows: 'tea' },
      ],
      exploit: [{ to: '/export?module=os&function=system&text=touch%20pwned' }],
      proof: { file: 'pwned' },
    },
  ],
};
