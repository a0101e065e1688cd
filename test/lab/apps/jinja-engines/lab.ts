import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  rules: ['jinja-env-autoescape-off', 'direct-jinja2-rendering'],
  cases: [
    {
      name: 'jinja-env-autoescape-off',
      honest: [
        { to: '/page', shows: 'Shop' },
        { to: '/page?name=Ann', shows: 'For Ann' },
      ],
      exploit: [{ to: '/page', query: { name: '<script>boom()</script>' } }],
      proof: { runsScript: true },
    },
    {
      name: 'direct-jinja2-rendering',
      honest: [{ to: '/hello/Ann', shows: '<h1>Hello Ann</h1>' }],
      exploit: [{ to: '/hello/%3Cimg%20src=x%20onerror=boom()%3E' }],
      proof: { runsScript: true },
    },
  ],
};
