import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FinderQuestion, ServiceCard } from '../types.ts'
import { match, rank, type Told } from './match.ts'

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../packs/${path}`, import.meta.url), 'utf8'))
const shelter = ServiceCard.parse(read('ua-kharkiv/services/nadannia-prytulku.json'))
const questions = FinderQuestion.array().parse(read('common/finder.json'))
const answerTo = (question: string, code: string) => {
  const found = questions.find((one) => one.id === question)?.answers.find((answer) => answer.code === code)
  if (!found) throw new Error(`the finder has no answer ${code}`)
  return found
}
const terms = [shelter.kind, ...shelter.targetGroups, ...shelter.situations]
const candidate = { card: shelter, terms, hoursKnown: false, sinks: false }
const city = shelter.areas[0] ?? ''
const nothing: Told = { what: undefined, who: undefined, where: undefined, locale: 'uk' }
const homeless: Told = { ...nothing, what: answerTo('what', 'nowhere-to-live') }

describe('DIR-4: who fits, and why', () => {
  it('DIR-4: a shelter fits somebody who has nowhere to live, and the reason is their own answer', () => {
    const found = match(candidate, homeless)
    expect(found?.fits[0]).toEqual({ because: 'situation', term: 'no-home' })
  })

  it('DIR-4: it does not fit somebody who wants to take in a child', () => {
    expect(match(candidate, { ...nothing, what: answerTo('what', 'take-in-a-child') })).toBeUndefined()
  })

  it('DIR-4: it does not fit a place that it does not serve', () => {
    expect(
      match(candidate, { ...homeless, where: { code: 'DK-0791', path: ['DK', 'DK-1082', 'DK-0791'] } }),
    ).toBeUndefined()
    expect(match(candidate, { ...homeless, where: { code: 'part', path: ['UA', city, 'part'] } })?.fits).toContainEqual(
      { because: 'area', area: city },
    )
  })

  it('DIR-2: no free place is ever promised: whether there is one today stays unknown', () => {
    expect(match(candidate, homeless)?.unknown).toContain('place-today')
  })

  it('DIR-6: a record that is not assured sinks below an equal one that is', () => {
    const fresh = match(candidate, homeless)?.score ?? 0
    expect(match({ ...candidate, sinks: true }, homeless)?.score).toBeLessThan(fresh)
  })

  it('DIR-4: every question may be skipped, in every combination, and whatever fits has a reason', () => {
    const answers = (id: string) =>
      fc.constantFrom(undefined, ...(questions.find((question) => question.id === id)?.answers ?? []))
    fc.assert(
      fc.property(answers('what'), answers('who'), fc.boolean(), (what, who, here) => {
        const told: Told = { ...nothing, what, who, where: here ? { code: city, path: ['UA', city] } : undefined }
        const found = match(candidate, told)
        if (found) expect(found.fits.length).toBeGreaterThan(0)
        if (!what && !who) expect(found).toBeDefined()
      }),
    )
  })

  it('DIR-4: of two that fit, the one of this very place, of the emergency, and in the reader’s language comes first', () => {
    const score = (card: Partial<ServiceCard>, told: Told) =>
      match({ ...candidate, card: { ...shelter, ...card } }, told)?.score ?? 0
    const here = { ...homeless, where: { code: 'part', path: ['UA', city, 'part'] } }
    expect(score({ areas: ['part'] }, here)).toBeGreaterThan(score({ areas: [city] }, here))
    expect(score({ areas: [city] }, here)).toBeGreaterThan(score({ areas: ['UA'] }, here))
    const danger = { ...nothing, what: answerTo('what', 'somebody-hurts-me') }
    expect(score({ crisis: true }, danger)).toBeGreaterThan(score({ crisis: false }, danger))
    expect(score({ crisis: true }, homeless)).toBe(score({ crisis: false }, homeless))
    expect(score({ languages: ['uk'] }, homeless)).toBeGreaterThan(score({ languages: ['de'] }, homeless))
    const spoken = match({ ...candidate, card: { ...shelter, languages: ['uk'] } }, homeless)
    expect(spoken?.fits).toContainEqual({ because: 'language' })
  })

  it('DIR-4: where only for whom was answered, it fits those people and whatever is for everyone', () => {
    const veteran: Told = { ...nothing, who: answerTo('who', 'veteran-or-family') }
    const of = (...groups: string[]) => match({ ...candidate, terms: ['shelter', ...groups] }, veteran)
    expect(of('veterans-and-families')?.fits[0]).toMatchObject({ because: 'target-group', answer: 'who' })
    expect(of('everyone')?.fits[0]).toEqual({ because: 'everyone' })
    expect(of('children')).toBeUndefined()
  })

  it('DIR-4: what the card does not say is said to be unknown, at most three things', () => {
    const bare = { ...shelter, forms: ['day' as const], documents: [], languages: [] }
    const unknown = (told: Told, more: object = {}) =>
      match({ card: bare, terms: ['counselling', 'no-home'], hoursKnown: true, sinks: false, ...more }, told)?.unknown
    expect(unknown(homeless)).toEqual(['documents', 'language'])
    expect(unknown(homeless, { hoursKnown: false })).toEqual(['documents', 'hours', 'language'])
    const withChild = { ...homeless, who: answerTo('who', 'me-and-my-child') }
    expect(unknown(withChild)).toEqual(['with-child', 'documents', 'language'])
    expect(unknown(withChild, { terms: ['no-home', 'families'] })).toEqual(['documents', 'language'])
    expect(unknown(withChild, { terms: ['shelter', 'no-home'], hoursKnown: false })).toEqual([
      'place-today',
      'with-child',
      'documents',
    ])
  })

  it('DIR-4: the list begins with the best, equals by name in the order of the reader’s alphabet', () => {
    const hit = (name: string, score: number) => ({ name, match: { score, fits: [], unknown: [] } })
    expect(
      rank([hit('Ялинка', 1), hit('Ґанок', 1), hit('Гурток', 1), hit('Дім', 5)], 'uk').map((one) => one.name),
    ).toEqual(['Дім', 'Гурток', 'Ґанок', 'Ялинка'])
  })
})
