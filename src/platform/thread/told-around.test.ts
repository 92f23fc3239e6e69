import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { type ThreadKind, toldAround } from './thread.ts'

const database = await testDatabase()

const kind = (name: string, open: boolean): ThreadKind => ({
  kind: name,
  public: open,
  describe: async () => undefined,
  around: async (_tx, end) => (end.kind === 'directory.service' ? [{ href: `/${name}`, label: name }] : []),
})

test('DIR-9: around a thing those kinds alone tell of it that everybody may see, in the order in which they are registered', async () => {
  const kinds = [kind('decision', true), kind('case', false), kind('offer', true)]
  const told = (end: string) =>
    database.transact({ actor: null }, (tx) => toldAround(tx, kinds, { kind: end, id: crypto.randomUUID() }))
  expect((await told('directory.service')).map(({ href }) => href)).toEqual(['/decision', '/offer'])
  expect(await told('access.organisation')).toEqual([])
})
