import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { loadIntakePacks } from '../../../../test/intake-house.ts'
import { type Accepted, acceptedRequest } from '../contract.fixture.ts'
import { ContractState, SignatureForm } from '../types.ts'
import {
  canonical,
  contractIsNext,
  contractMayFollow,
  endLimits,
  formsOffered,
  mayExtend,
  termFault,
} from './contract.ts'

const db = await testDatabase()

const months = fc.option(fc.integer({ min: 1, max: 24 }), { nil: undefined })
const term = fc.record({
  asNeeded: fc.constant(false),
  minimumMonths: months,
  maximumMonths: months,
  extendedToMonths: months,
})
const day = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10))

describe('INT-7: the term', () => {
  test('INT-7: three to six months, extended to twelve from the beginning of the first', () => {
    const card = { asNeeded: false, minimumMonths: 3, maximumMonths: 6, extendedToMonths: 12 }
    const limits = endLimits(card, '2026-11-30')
    expect(limits).toEqual({ earliest: '2027-02-28', latest: '2027-05-30' })
    expect(termFault(limits, '2027-02-27')).toBe('too short')
    expect(termFault(limits, '2027-05-31')).toBe('too long')
    expect(termFault(limits, null)).toBe('no end')
    expect(termFault(limits, '2027-05-30')).toBeUndefined()
    expect(endLimits(card, '2027-05-30', '2026-11-30')).toEqual({ earliest: '2027-05-31', latest: '2027-11-30' })
    expect(mayExtend(card, '2027-05-30', '2026-11-30')).toBe(true)
    expect(mayExtend(card, '2027-11-30', '2026-11-30')).toBe(false)
    expect(termFault(endLimits({ asNeeded: true }, '2026-11-30'), null)).toBeUndefined()
  })

  test('INT-7: the database stores exactly what the rule allows, first contracts and extensions', async () => {
    await loadIntakePacks(db, ['ua-kharkiv'])
    const request = await acceptedRequest(db, { pack: 'ua-kharkiv', service: 'sotsialnyi-suprovid' })
    const provider = (
      await db.ownerPool.query('select organisation_id from directory.service where id = $1', [request.service])
    ).rows[0].organisation_id
    // around the limits, and anywhere
    const end = fc.option(
      fc.oneof(
        fc.tuple(
          fc.constantFrom('minimumMonths', 'maximumMonths', 'extendedToMonths'),
          fc.integer({ min: -1, max: 1 }),
        ),
        fc.tuple(fc.integer({ min: 0, max: 26 }), fc.integer({ min: -5, max: 5 })),
      ),
      { nil: null, freq: 8 },
    )
    await fc.assert(
      fc.asyncProperty(term, day, end, end, async (card, begins, first, extension) => {
        const at = (from: string, [span, days]: [keyof typeof card | number, number]) =>
          later(from, typeof span === 'number' ? span : Number(card[span] ?? 1), days)
        const ends = first && at(begins, first)
        if (ends !== null && ends <= begins) return
        const extended = extension && at(begins, extension)
        if (extended && ends && extended <= ends) return
        const allowed = termFault(endLimits(card, begins), ends) === undefined
        const longer = allowed && ends !== null && termFault(endLimits(card, ends, begins), extended) === undefined
        expect(await attempt(request, provider, card, begins, ends, extended)).toEqual({
          first: allowed,
          extension: longer,
        })
      }),
      { numRuns: 200 },
    )
  })

  function later(from: string, plusMonths: number, plusDays: number): string {
    const { latest = from } = endLimits({ asNeeded: false, maximumMonths: plusMonths }, from)
    return new Date(new Date(latest).getTime() + plusDays * 86_400_000).toISOString().slice(0, 10)
  }

  /** Writes both with plain SQL and undoes it; the card has this term meanwhile. */
  async function attempt(
    request: Accepted,
    provider: string,
    card: object,
    begins: string,
    ends: string | null,
    extended: string | null,
  ): Promise<{ first: boolean; extension: boolean }> {
    const client = await db.ownerPool.connect()
    const add = async (from: string, to: string | null, extendsId: string | null): Promise<string | undefined> => {
      await client.query('savepoint s')
      try {
        const { rows } = await client.query(
          `insert into intake.contract (request_id, service_id, provider_id, begins_on, ends_on, extends_id, text, locale, created_at)
           values ($1, $2, $3, $4, $5, $6, '{"providerMayEnd": []}', 'uk', now()) returning id`,
          [request.id, request.service, provider, from, to, extendsId],
        )
        return rows[0].id
      } catch (error) {
        expect(String(error)).toContain('INT-7')
        await client.query('rollback to s')
        return undefined
      }
    }
    try {
      await client.query('begin')
      await client.query(`update directory.service set card = jsonb_set(card, '{term}', $2) where id = $1`, [
        request.service,
        JSON.stringify(card),
      ])
      const first = await add(begins, ends, null)
      if (!first || !ends) return { first: !!first, extension: false }
      await client.query(
        `update intake.contract set state = 'offered', text_hash = sha256(convert_to(text::text, 'UTF8')), frozen_at = now() where id = $1`,
        [first],
      )
      for (const side of ['person', 'provider'])
        await client.query(
          `insert into intake.signature (contract_id, side, form, name, text_hash, at)
           select id, $2, 'qualified', 'N', text_hash, now() from intake.contract where id = $1`,
          [first, side],
        )
      await client.query(`update intake.contract set state = 'signed' where id = $1`, [first])
      return { first: true, extension: !!(await add(ends, extended, first)) }
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
})

describe('INT-7: the text', () => {
  test('INT-7: anybody writes it as the database does, sign by sign', async () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    )
    const key = fc.string({ unit: 'grapheme-ascii', maxLength: 12 }).filter((text) => text !== '__proto__')
    const { value } = fc.letrec<{ value: Parameters<typeof canonical>[0] }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(value, async (text) => {
        const { rows } = await db.ownerPool.query('select $1::jsonb::text as text', [JSON.stringify(text)])
        expect(canonical(text)).toBe(rows[0].text)
      }),
      { numRuns: 300 },
    )
  })
})

describe('INT-7: its way', () => {
  test('INT-7: the database knows the same steps as the rule', async () => {
    for (const state of ContractState.options)
      for (const next of ContractState.options) {
        const { rows } = await db.ownerPool.query('select intake.contract_may_follow($1, $2) as may', [state, next])
        expect(contractMayFollow(state, next), `${state} → ${next}`).toBe(rows[0].may)
      }
  })

  test('INT-2: a contract is next only where all before it is done', () => {
    const at = new Date()
    const step = (kind: 'formal-decision' | 'contract' | 'case', doneAt?: Date) => ({ kind, doneAt })
    expect(contractIsNext([step('formal-decision'), step('contract'), step('case')])).toBe(false)
    expect(contractIsNext([step('formal-decision', at), step('contract'), step('case')])).toBe(true)
    expect(contractIsNext([step('contract', at), step('case')])).toBe(false)
    expect(contractIsNext([])).toBe(false)
  })

  test('INT-7: only forms that the pack lists and that can be checked here are offered', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...SignatureForm.options)), (forms) => {
        for (const form of formsOffered({ forms })) {
          expect(forms).toContain(form)
          expect(['drawn', 'paper-scan']).toContain(form)
        }
      }),
    )
    expect(formsOffered({ forms: ['qualified', 'paper-scan'] })).toEqual(['paper-scan'])
  })
})
