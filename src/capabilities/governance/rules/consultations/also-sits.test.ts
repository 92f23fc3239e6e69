import { expect, test } from 'vitest'
import { missingElsewhere } from './also-sits.ts'

const person = (name: string) => ({ name, organisation: undefined })
const from = (body: string, ...names: string[]) => ({ rule: { from: body }, holders: names.map(person) })

test('GOV-1: who holds a seat and not the one that its rule asks for is named', () => {
  const there = [person('Ada Holm'), person('Bo Lind')]
  expect(missingElsewhere([from('dassos', 'ada holm', 'Eva Krog')], () => there)).toEqual([
    { body: 'dassos', missing: [person('Eva Krog')] },
  ])
  expect(
    missingElsewhere([from('dassos', 'Ada Holm'), { rule: {}, holders: [person('Eva Krog')] }], () => there),
  ).toEqual([])
})

test('GOV-1: where no person is named, the organisation is compared', () => {
  const viborg = { name: undefined, organisation: { slug: 'viborg-kommune' } }
  const seats = [{ rule: { from: 'dassos' }, holders: [viborg] }]
  expect(missingElsewhere(seats, () => [{ ...person('Ada Holm'), organisation: viborg.organisation }])).toEqual([])
  expect(missingElsewhere(seats, () => [person('Ada Holm')])).toEqual([{ body: 'dassos', missing: [viborg] }])
})

test('GOV-1: a body in which nobody is known to sit says nothing against anybody', () => {
  for (const known of [[], undefined]) expect(missingElsewhere([from('dassos', 'Ada Holm')], () => known)).toEqual([])
})
