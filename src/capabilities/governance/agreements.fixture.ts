import { addActor } from '../../../test/actors.ts'
import type { TestHouse } from '../../../test/house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { beginAgreement } from './commands/agreements/begin-agreement.ts'
import { passStep, settleText } from './commands/agreements/move-agreement.ts'
import { ratifyAgreement } from './commands/agreements/ratify.ts'
import { sendToConsultation } from './commands/agreements/send-to-consultation.ts'
import { writePart } from './commands/agreements/write-part.ts'
import { confirmConsultation } from './commands/consultations/confirm-consultation.ts'
import { recordDecision } from './commands/record-decision.ts'
import { does, okValue } from './governance.fixture.ts'
import { agreementBySlug } from './store/agreements/read-agreement.ts'
import { progressOf } from './store/agreements/read-progress.ts'

export const pack = 'dk-midtjylland'
export const councils = [
  'horsens',
  'herning',
  'holstebro',
  'lemvig',
  'struer',
  'syddjurs',
  'norddjurs',
  'favrskov',
  'odder',
  'randers',
  'silkeborg',
  'samsoe',
  'skanderborg',
  'aarhus',
  'ikast-brande',
  'ringkoebing-skjern',
  'hedensted',
  'skive',
  'viborg',
].map((town) => `${town}-byraad`)
export const parties = [...councils, 'regionsraadet']
export const organisationOf = (body: string) =>
  body === 'regionsraadet' ? 'region-midtjylland' : body.replace('-byraad', '-kommune')

/** Invented people around the agreement of Midtjylland. */
export interface Cast {
  keeper: Actor
  /** secretariat of a party, made when it is asked for */
  secretary(body: string): Promise<Actor>
}

export async function castOf({ db }: TestHouse): Promise<Cast> {
  const made = new Map<string, Actor>()
  return {
    keeper: await addActor(db, 'Keeper', [{ organisation: 'viborg-kommune', role: 'secretariat' }]),
    async secretary(body) {
      const known =
        made.get(body) ??
        (await addActor(db, `Secretary of ${body}`, [{ organisation: organisationOf(body), role: 'secretariat' }]))
      made.set(body, known)
      return known
    },
  }
}

/** What a story of an agreement is made of. The clock moves as far as a step needs. */
export function storyOf(at: TestHouse, { keeper }: Cast) {
  const { db, house } = at
  const day = 86_400_000
  const ratify = ratifyAgreement(house.files)
  const consult = sendToConsultation(at.url)
  const read = (slug: string) =>
    db.transact({ actor: keeper.account }, async (tx) => {
      const agreement = await agreementBySlug(tx, slug)
      if (!agreement) throw new Error(`${slug} is not there`)
      return { agreement, progress: await progressOf(tx, agreement) }
    })
  const today = () => db.clock.now.toISOString().slice(0, 10)
  const version = async (slug: string) => (await read(slug)).agreement.version

  const write = (slug: string, part: string, words: string, more: Record<string, unknown> = {}) =>
    does(db, keeper, writePart, {
      slug,
      part,
      as: 'sekretariat-for-rammeaftaler',
      version: 0,
      words,
      ...more,
    })

  return {
    ratify,
    consult,
    read,
    today,
    version,
    write,
    async begin(year?: number): Promise<string> {
      return okValue(await does(db, keeper, beginAgreement, { pack, ...(year ? { year } : {}) })).slug
    },
    async writeAll(slug: string): Promise<void> {
      okValue(await write(slug, 'udviklingsstrategi', '# Fælles retning\n\nVi udvikler sammen.'))
      okValue(await write(slug, 'styringsaftale', '# Takster\n\nEn takst dækker det, et tilbud koster.'))
      okValue(
        await write(slug, 'omfattede-tilbud', 'Tilbud, der bruges af flere kommuner.', {
          offers: [{ offer: 'hedelyset' }, { offer: 'soekanten', since: '2026-01-01' }],
        }),
      )
    },
    async send(slug: string): Promise<string> {
      return okValue(await does(db, keeper, consult, { slug, version: await version(slug) })).consultation
    },
    /** the parties have had their time, and the chair has said yes on the telephone */
    async confirm(consultation: string): Promise<void> {
      db.clock.advance(40 * day)
      okValue(
        await does(db, keeper, confirmConsultation, {
          id: consultation,
          word: 'By telephone',
          outcome: 'agreed',
          reason: 'No objections',
        }),
      )
    },
    async settle(slug: string): Promise<void> {
      okValue(await does(db, keeper, settleText, { slug, version: await version(slug) }))
    },
    async decide(body: string, more: Record<string, unknown> = {}): Promise<string> {
      const made = await does(db, keeper, recordDecision, {
        body,
        matter: 'rammeaftale',
        decidedOn: today(),
        outcome: 'agreed',
        title: { da: 'Rammeaftalen' },
        ...more,
      })
      return okValue(made).id
    },
    pass: (slug: string, decision: string) => does(db, keeper, passStep, { slug, decision }),
    /** the whole way until the parties ratify */
    async toRatification(slug: string): Promise<void> {
      await this.writeAll(slug)
      await this.confirm(await this.send(slug))
      await this.settle(slug)
      for (const body of ['dassos', 'kd-net', 'kkr-midtjylland']) {
        db.clock.advance(day)
        okValue(await this.pass(slug, await this.decide(body)))
      }
      db.clock.advance(day)
    },
    ratifies: (actor: Actor | null, slug: string, body: string, more: Record<string, unknown> = {}) =>
      does(db, actor, ratify, { slug, body, decidedOn: today(), ...more }),
  }
}
