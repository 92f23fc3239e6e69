import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Act, ServiceCard, ServiceForm, Term } from './types.ts'

const root = new URL('../../../', import.meta.url)
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'))

const Transcript = z.strictObject({
  source: z.string(),
  acts: z.record(
    z.string(),
    z.strictObject({
      title: z.string(),
      number: z.string().optional(),
      date: z.string().optional(),
      edition: z.string().optional(),
    }),
  ),
  services: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      form: ServiceForm,
      term: Term,
      cost: z.enum(['free', 'differentiated', 'full']),
      activities: z.array(z.string()),
      groups: z.array(z.string()),
      documents: z.array(z.strictObject({ pattern: z.string(), needed: z.string().optional() })),
      acts: z.array(z.string()),
      refusalGrounds: z.array(z.strictObject({ pattern: z.string(), holds: z.enum(['entry', 'ending']) })),
    }),
  ),
})

const transcript = Transcript.parse(readJson('test/fixtures/kharkiv-cards.json'))
const cards = readdirSync(new URL('packs/ua-kharkiv/services/', root)).map((file) =>
  ServiceCard.parse(readJson(`packs/ua-kharkiv/services/${file}`)),
)
const acts = z.array(Act).parse(readJson('packs/ua-kharkiv/acts.json'))

const plain = (words: string | undefined): string => (words ?? '').toLocaleLowerCase('uk')

/** Finds the card by the name its source gives it, whether the pack uses it as the name or as an alternate one. */
function cardNamed(name: string): ServiceCard {
  const found = cards.filter((card) =>
    [card.names, ...card.alternateNames].some((text) => plain(text.uk) === plain(name)),
  )
  const [card] = found
  if (!card || found.length > 1) throw new Error(`«${name}» fits ${found.length} cards of the pack; it must fit one`)
  return card
}

/**
 * Gives every pattern a text of its own, so that neither a lost nor an invented text goes unseen.
 * @returns the patterns that no text is left for, and the texts that no pattern asked for
 */
function pair(patterns: string[], texts: string[]): { unmatched: string[]; unasked: string[] } {
  const fits = patterns.map((pattern) => texts.map((text) => new RegExp(pattern, 'iu').test(text)))
  const owner = new Map<number, number>()
  const claim = (pattern: number, tried: Set<number>): boolean =>
    texts.some((_, text) => {
      if (!fits[pattern]?.[text] || tried.has(text)) return false
      tried.add(text)
      const current = owner.get(text)
      if (current !== undefined && !claim(current, tried)) return false
      owner.set(text, pattern)
      return true
    })
  const unmatched = patterns.filter((_, pattern) => !claim(pattern, new Set()))
  return { unmatched, unasked: texts.filter((_, text) => !owner.has(text)) }
}

const nothing = { unmatched: [], unasked: [] }

describe('DIR-1: the twelve cards of Kharkiv hold every field of their source', () => {
  test('DIR-1: twelve services in the source, twelve cards in the pack', () => {
    expect(transcript.services).toHaveLength(12)
    expect(cards.map((card) => card.slug).sort()).toEqual(
      transcript.services.map((service) => cardNamed(service.name).slug).sort(),
    )
  })

  describe.each(transcript.services)('$name', (service) => {
    const card = cardNamed(service.name)

    test('DIR-1: kind, form and term', () => {
      expect(card.kind).toBe(service.kind)
      expect(card.forms).toEqual([service.form])
      expect(card.term).toEqual(service.term)
    })

    test('DIR-1: every activity, and none that the source does not name', () => {
      const texts = card.activities.map((activity) => activity.uk ?? '')
      expect(pair(service.activities, texts)).toEqual(nothing)
    })

    test('DIR-1: target groups', () => {
      expect([...card.targetGroups].sort()).toEqual([...service.groups].sort())
    })

    test('DIR-1: cost', () => {
      expect(card.cost.kind).toBe(service.cost)
      expect(card.cost.amount).toBeUndefined()
    })

    test('DIR-1: documents, and a note where the source is silent about them', () => {
      const names = card.documents.map((document) => document.name.uk ?? '')
      const patterns = service.documents.map((document) => document.pattern)
      expect(pair(patterns, names)).toEqual(nothing)
      for (const expected of service.documents.filter((document) => document.needed)) {
        const document = card.documents.find((one) => new RegExp(expected.pattern, 'iu').test(one.name.uk ?? ''))
        expect(document?.needed, expected.pattern).toBe(expected.needed)
      }
      const saysSilent = /документи джерело мовчить/iu.test(card.editorNote?.uk ?? '')
      expect(saysSilent).toBe(service.documents.length === 0)
    })

    test('DIR-1: legal bases with number, date and edition', () => {
      const quoted = card.legalBases.map((basis) => acts.find((act) => act.id === basis.act))
      expect(quoted).toHaveLength(service.acts.length)
      for (const key of service.acts) {
        const expected = transcript.acts[key]
        if (!expected) throw new Error(`the transcript quotes «${key}» but does not describe it`)
        const act = quoted.find((one) =>
          expected.number ? one?.number === expected.number : one?.title.uk === expected.title,
        )
        expect(act, key).toBeDefined()
        expect(act?.title.uk).toMatch(new RegExp(expected.title, 'iu'))
        if (expected.date) expect(act?.date).toBe(expected.date)
        expect(act?.edition).toBe(expected.edition)
      }
    })

    test('DIR-2: grounds for refusal, each at entry or ending a running service', () => {
      for (const holds of ['entry', 'ending'] as const) {
        const texts = card.refusalGrounds
          .filter((ground) => ground.holds === holds)
          .map((ground) => ground.text.uk ?? '')
        const patterns = service.refusalGrounds
          .filter((ground) => ground.holds === holds)
          .map((ground) => ground.pattern)
        expect(pair(patterns, texts)).toEqual(nothing)
      }
    })

    test('DIR-1: the card names its source and invents no date for it', () => {
      expect(card.source).toEqual({ title: transcript.source })
      expect(card.example).toBe(false)
      expect(card.writtenIn).toBe('uk')
    })
  })
})

describe('DIR-2: closed lists of grounds', () => {
  test('DIR-2: ten of the twelve cards list no ground for refusal', () => {
    expect(cards.filter((card) => card.refusalGrounds.length === 0)).toHaveLength(10)
  })

  test('DIR-2: only one card lists a ground that intake may use', () => {
    const atEntry = cards.filter((card) => card.refusalGrounds.some((ground) => ground.holds === 'entry'))
    expect(atEntry.map((card) => card.kind)).toEqual(['family-placement'])
  })
})

describe('DIR-1: acts that were replaced', () => {
  test('DIR-1: the law of 2003 ended in 2019 and names what replaced it', () => {
    const old = acts.find((act) => act.number === '966-IV')
    expect(old?.inForceUntil).toBe('2019-12-31')
    const successor = acts.find((act) => act.id === old?.replacedBy)
    expect(successor?.number).toBe('2671-VIII')
    expect(successor?.inForceFrom).toBe('2020-01-01')
  })

  test('DIR-1: every act that names a successor, and every card that quotes one, finds it in the register', () => {
    const ids = new Set(acts.map((act) => act.id))
    const named = [
      ...acts.flatMap((act) => (act.replacedBy ? [act.replacedBy] : [])),
      ...cards.flatMap((card) => card.legalBases.map((basis) => basis.act)),
    ]
    expect(named.filter((id) => !ids.has(id))).toEqual([])
  })
})

describe('DIR-3: texts of the cards', () => {
  const texts: { path: string; text: Record<string, unknown> }[] = []
  const collect = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    if ('uk' in value || 'en' in value) texts.push({ path, text: { ...value } })
    else for (const [key, inner] of Object.entries(value)) collect(inner, `${path}.${key}`)
  }
  for (const card of cards) collect(card, card.slug)

  test('DIR-3: every text stands in four languages, and unchecked translations are marked as drafts', () => {
    expect(texts.length).toBeGreaterThan(12 * 10)
    const incomplete = texts.filter(({ text }) => !(text.uk && text.en && text.de && text.da))
    expect(incomplete.map(({ path }) => path)).toEqual([])
    const unmarked = texts.filter(({ text }) => JSON.stringify(text.draft) !== '["en","de","da"]')
    expect(unmarked.map(({ path }) => path)).toEqual([])
  })
})
