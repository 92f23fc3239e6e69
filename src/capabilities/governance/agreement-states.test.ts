import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { testHouse } from '../../../test/house.ts'
import { type Cast, castOf, parties, storyOf } from './agreements.fixture.ts'
import { bringIntoForce, returnToDraft } from './commands/agreements/move-agreement.ts'
import { does } from './governance.fixture.ts'
import { holds, nextState } from './rules/agreements/state.ts'
import { FrameworkState } from './types/agreements.ts'

const at = await testHouse()
const { db } = at

let cast: Cast
let story: ReturnType<typeof storyOf>

beforeAll(async () => {
  cast = await castOf(at)
  story = storyOf(at, cast)
})

/** What somebody may try with an agreement, by the name of the state that it would bring. */
const attempts = [
  'write',
  'consult',
  'settle',
  'step',
  'wrong step',
  'ratify',
  'ratify all',
  'force',
  'return',
] as const
type Attempt = (typeof attempts)[number]

async function attempt(slug: string, what: Attempt): Promise<void> {
  const { agreement, progress } = await story.read(slug)
  const { version } = agreement
  switch (what) {
    case 'write':
      if (progress.missingParts.length > 0 && agreement.state === 'draft') await story.writeAll(slug)
      return
    case 'consult': {
      const sent = await does(db, cast.keeper, story.consult, { slug, version })
      expect(sent.is === 'ok').toBe(agreement.state === 'draft' && progress.missingParts.length === 0)
      if (sent.is === 'ok') await story.confirm(sent.value.consultation)
      return
    }
    case 'settle':
      if (agreement.state === 'consultation') await story.settle(slug)
      return
    case 'step':
    case 'wrong step': {
      const at = what === 'step' ? progress.agreed.length : progress.agreed.length + 1
      const body = progress.way.steps[at] ?? 'dassos'
      db.clock.advance(86_400_000)
      const passed = await story.pass(slug, await story.decide(body))
      const turn = agreement.state === 'on-its-way' && progress.way.steps[progress.agreed.length] === body
      expect([what, passed.is === 'ok']).toEqual([what, turn])
      return
    }
    case 'ratify':
    case 'ratify all': {
      const wanted = what === 'ratify' ? progress.way.ratifiedBy.slice(0, 1) : progress.way.ratifiedBy
      for (const body of wanted) {
        const done = await story.ratifies(cast.keeper, slug, body)
        expect(done.is === 'ok').toBe(agreement.state === 'ratification' && !progress.ratified.includes(body))
      }
      return
    }
    case 'force':
      await does(db, cast.keeper, bringIntoForce, { slug, version })
      return
    case 'return':
      await does(db, cast.keeper, returnToDraft, { slug, version, reason: 'The text has to change' })
  }
}

test('GOV-6: whatever is tried, an agreement goes its way step by step, and the database alone refuses every other state', {
  timeout: 120_000,
}, async () => {
  // Years that are over, for the database too, and of which public holidays are known.
  let year = 2011
  const usual: Attempt[] = ['write', 'consult', 'settle', 'step', 'step', 'step', 'ratify all', 'force']
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: usual.length }),
      fc.array(fc.constantFrom(...attempts), { maxLength: 5 }),
      async (far, more) => {
        if (year > 2021) {
          await db.ownerPool.query('truncate governance.framework_agreement cascade')
          year = 2011
        }
        db.clock.now = new Date(`${year - 1}-03-01T09:00:00Z`)
        const slug = await story.begin(year)
        year += 2
        for (const what of [...usual.slice(0, far), ...more]) await attempt(slug, what)
        db.clock.now = new Date(`${year}-12-30T09:00:00Z`)
        const { agreement, progress } = await story.read(slug)
        const today = story.today()
        if (agreement.state === 'in-force' || agreement.state === 'ratification')
          expect(progress.agreed).toHaveLength(3)
        if (agreement.state === 'in-force') expect(progress.ratified).toEqual(parties)
        // the same asked of the database, past every command
        for (const state of FrameworkState.options.filter((one) => one !== agreement.state)) {
          const dated =
            state === 'in-force'
              ? sql`, in_force_on = ${today}`
              : state === 'ended'
                ? sql`, in_force_on = coalesce(in_force_on, ${today}), ended_on = ${today}`
                : sql``
          const moved = db
            .transact({ actor: cast.keeper.account }, async (tx) => {
              await tx.all(
                sql`update governance.framework_agreement set state = ${state}, reason = 'Straight'${dated} where slug = ${slug}`,
              )
              throw new Error('the database let it')
            })
            .catch((error: Error) => error.message)
          const mayMove =
            (state === nextState(agreement) && holds(progress, '2100-01-01').length === 0) ||
            (state === 'draft' && ['consultation', 'on-its-way', 'ratification'].includes(agreement.state))
          expect([agreement.state, state, (await moved) === 'the database let it']).toEqual([
            agreement.state,
            state,
            mayMove,
          ])
        }
      },
    ),
    { numRuns: 12, seed: 6 },
  )
})
