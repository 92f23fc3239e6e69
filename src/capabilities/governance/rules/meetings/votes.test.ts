import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Vote } from '../../types/meetings.ts'
import { judgeLimit } from './delegation.ts'
import { contentOf, textOf, type Written } from './minutes.ts'
import { seatsAreEqual } from './sides.ts'
import { carries, hasQuorum, judgeVotes, tallyOf } from './votes.ts'

const votes = fc.array(fc.constantFrom<Vote>('yes', 'no', 'abstain'), { maxLength: 40 })
const options = { numRuns: 300 }

describe('votes', () => {
  test('GOV-3: a majority is more yes than no; abstaining changes nothing', () => {
    fc.assert(
      fc.property(votes, fc.nat(10), (given, abstaining) => {
        const tally = tallyOf(given)
        const more = tallyOf([...given, ...Array.from({ length: abstaining }, () => 'abstain' as const)])
        const before = carries('majority', 'agreed', tally, given.length)
        expect(before).toBe(tally.yes > tally.no)
        expect(carries('majority', 'agreed', more, given.length + abstaining)).toBe(before)
        expect(carries('majority', 'declined', tally, given.length)).toBe(!before)
      }),
      options,
    )
  })

  test('GOV-3: unanimity needs the yes of everyone who may vote; consensus that nobody objects', () => {
    fc.assert(
      fc.property(votes, fc.nat(5), (given, silent) => {
        const tally = tallyOf(given)
        const entitled = given.length + silent
        expect(carries('unanimity', 'agreed', tally, entitled)).toBe(
          entitled > 0 && silent === 0 && given.every((vote) => vote === 'yes'),
        )
        expect(carries('consensus', 'agreed', tally, entitled)).toBe(!given.includes('no'))
        for (const how of ['majority', 'unanimity', 'consensus'] as const)
          expect(carries(how, 'postponed', tally, entitled)).toBe(true)
      }),
      options,
    )
  })

  test('GOV-3: whoever is not entitled spoils the vote, whatever the rest says', () => {
    fc.assert(
      fc.property(votes, (given) => {
        const entitled = given.map((_, at) => `member ${at}`)
        const cast = new Map(given.map((vote, at) => [`member ${at}`, vote] as const))
        const judge = (more: ReadonlyMap<string, Vote>) =>
          judgeVotes({
            rule: undefined,
            how: 'majority',
            quorum: undefined,
            outcome: 'postponed',
            entitled,
            votes: more,
          })
        expect(judge(cast)).toEqual([])
        expect(judge(new Map([...cast, ['stranger', 'yes']]))).toEqual(['may-not-vote'])
      }),
      options,
    )
  })

  test('GOV-3: the quorum of each rule; without a rule nobody knows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(60), (seats, some) => {
        const here = Math.min(some, seats)
        expect(hasQuorum(undefined, here, seats)).toBeUndefined()
        expect(hasQuorum('more-than-half', here, seats)).toBe(here / seats > 1 / 2)
        expect(hasQuorum('half', here, seats)).toBe(here >= seats - here)
        expect(hasQuorum('two-thirds', here, seats)).toBe(here >= Math.ceil((seats * 2) / 3))
        expect(hasQuorum('all', here, seats)).toBe(here === seats)
      }),
      options,
    )
  })
})

describe('dialogues and limits', () => {
  test('GOV-14: three sides, the same number of seats each, and none without', () => {
    expect(seatsAreEqual([])).toBe(false)
    expect(seatsAreEqual(['state', 'providers'])).toBe(false)
    expect(seatsAreEqual(['state', 'providers', 'people'])).toBe(true)
    expect(seatsAreEqual(['state', 'providers', 'people', 'people'])).toBe(false)
  })

  test('GOV-14: to the cent within what is delegated', () => {
    const limits = [{ kind: 'parks', most: '5000.00', currency: 'EUR' }]
    const judge = (amount: string | undefined, currency = 'EUR', kind = 'parks') =>
      judgeLimit(true, limits, { kind, amount, currency })
    expect(judge('5000')).toBeUndefined()
    expect(judge('5000.01')).toBe('beyond')
    expect(judge(undefined)).toBe('no-amount')
    expect(judge('1', 'DKK')).toBe('other-currency')
    expect(judge('1', 'EUR', 'schools')).toBe('nothing-delegated')
    expect(judgeLimit(false, [], { kind: 'parks', amount: undefined, currency: undefined })).toBeUndefined()
  })
})

const item = (more: Partial<Written['items'][number]>): Written['items'][number] => ({
  id: crypto.randomUUID(),
  position: 1,
  title: 'headline',
  matter: undefined,
  presenter: undefined,
  secretGround: undefined,
  aboutPerson: false,
  words: undefined,
  minutes: undefined,
  decision: undefined,
  ...more,
})

test('GOV-3, GOV-13: public minutes hold no word of a confidential item and nothing about a person', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (secret, aboutPerson, words) => {
      const mark = 'a-word-that-nobody-else-says'
      const one = item({
        secretGround: secret ? 'a ground' : undefined,
        aboutPerson,
        words: words ? mark : undefined,
        minutes: words ? undefined : mark,
      })
      const task = { title: mark, owner: 'somebody', due: '2026-12-01', item: one.id }
      const written: Written = {
        opening: undefined,
        items: [one],
        attendance: [
          { name: 'resident of a dialogue', seat: undefined, side: 'people', presence: 'present', proxy: undefined },
          { name: 'guest', seat: undefined, side: undefined, presence: 'present', proxy: undefined },
          { name: 'member', seat: 'chair', side: undefined, presence: 'present', proxy: undefined },
        ],
        conflicts: new Map([[one.id, [{ name: mark }]]]),
        tasks: [task],
        here: { here: 1, seats: 1, quorum: undefined },
      }
      const { open, closed } = contentOf(written)
      const hidden = secret || aboutPerson
      expect(JSON.stringify(open).includes(mark)).toBe(!hidden)
      expect(textOf(open).includes(mark)).toBe(!hidden)
      expect(open.items.length).toBe(aboutPerson ? 0 : 1)
      expect(closed.length).toBe(secret && !aboutPerson ? 1 : 0)
      expect(open.attendance.map(({ name }) => name)).toEqual(['member'])
      expect(open.unnamed).toBe(2)
      expect(open.quorum).toBeNull()
    }),
    { numRuns: 50 },
  )
})
