import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  fixedBy: 'hand',
  cases: [
    {
      name: 'the code to download',
      honest: [
        { to: '/', shows: 'Shop' },
        { to: '/style.css', shows: 'teal' },
      ],
      exploit: [{ to: '/app.py' }],
      proof: { body: 'hidden-token' },
    },
  ],
};
