import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  fixedBy: 'hand',
  cases: [
    {
      name: 'a page for others',
      honest: [
        { to: '/page', shows: 'Home' },
        { to: '/page?page=pages/home.html', shows: 'Home' },
      ],
      exploit: [{ to: '/page?page=admin/orders.html' }],
      proof: { body: 'secret-list' },
    },
  ],
};
