import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  rules: [
    'jinja-unquoted-attribute',
    'jinja-var-in-event-handler',
    'jinja-var-in-script',
    'jinja-var-in-url-attribute',
    'jinja-autoescape-off-block',
  ],
  cases: [
    {
      name: 'jinja-unquoted-attribute',
      honest: [{ to: '/attribute?q=tea' }],
      exploit: [{ to: '/attribute', query: { q: 'x onfocus=boom() autofocus' } }],
      proof: { runsScript: true },
    },
    {
      name: 'jinja-var-in-event-handler, an argument',
      honest: [{ to: '/handler?name=Ann' }, { to: '/handler' }],
      exploit: [{ to: '/handler', query: { name: "');boom();//" } }],
      proof: { runsScript: true },
    },
    {
      name: 'jinja-var-in-script, a text and a part of one',
      honest: [{ to: '/script?q=tea&city=Ulm' }],
      exploit: [{ to: '/script', query: { city: ');boom();//', q: '\\' } }],
      proof: { runsScript: true },
    },
    {
      name: 'jinja-var-in-url-attribute',
      left: 'which addresses are fine is for people to say',
      honest: [{ to: '/link?site=/home' }, { to: '/link' }],
      exploit: [{ to: '/link', query: { site: ' JaVaScRiPt:boom()' } }],
      proof: { runsScript: true },
    },
    {
      name: 'jinja-autoescape-off-block',
      honest: [{ to: '/block?text=Hello', shows: '<p>Hello</p>' }, { to: '/block' }],
      exploit: [{ to: '/block', query: { text: '<svg onload=boom()>' } }],
      proof: { runsScript: true },
    },
  ],
};
