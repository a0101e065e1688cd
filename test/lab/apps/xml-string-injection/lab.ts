import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'an element of the visitor’s comes before that of the shop',
      honest: [
        { to: 'POST /order', form: { item: 'Tea' }, shows: '"price":"20"' },
        { to: 'POST /order', form: { item: 'Té – 茶 😀' } },
      ],
      exploit: [{ to: 'POST /order', form: { item: 'Tea</item><price>1</price><item>' } }],
      proof: { body: /"price":"1"/ },
    },
    {
      name: 'an attribute of the visitor’s',
      honest: [{ to: 'POST /user', form: { name: 'ann' }, shows: '"role":"guest"' }],
      exploit: [{ to: 'POST /user', form: { name: 'eve" role="admin"/><user name="' } }],
      proof: { body: '"role":"admin"' },
    },
  ],
};
