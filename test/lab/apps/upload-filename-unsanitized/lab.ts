import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'one file',
      honest: [
        { to: 'POST /upload', files: { picture: { name: 'cat.png', content: 'meow' } }, shows: 'cat.png' },
      ],
      exploit: [{ to: 'POST /upload', files: { picture: { name: '../templates.py', content: 'pwned' } } }],
      proof: { file: 'templates.py' },
    },
    {
      name: 'many files',
      honest: [{ to: 'POST /many', files: { files: { name: 'dog.png', content: 'wuff' } }, shows: 'kept' }],
      exploit: [{ to: 'POST /many', files: { files: { name: '../static.js', content: 'pwned' } } }],
      proof: { file: 'static.js' },
    },
  ],
};
