import type { DemoPart, DemoStage } from '../../platform/demo/stage.ts'
import { publicServiceBySlug } from '../directory/contract.ts'
import { recordDecision } from '../governance/contract.ts'
import { askForDocuments } from './commands/ask-for-documents.ts'
import { decideRequest } from './commands/decide-request.ts'
import { noteAssessment } from './commands/note-assessment.ts'
import { saveDraft } from './commands/save-draft.ts'
import { addDuty } from './commands/set-duty.ts'
import { settleDocument } from './commands/settle-document.ts'
import { startRequest } from './commands/start-request.ts'
import { submitRequest } from './commands/submit-request.ts'
import { takeRequest } from './commands/take-request.ts'
import { withdrawRequest } from './commands/withdraw-request.ts'
import { type DemoDeed, type DemoRequest, stories } from './demo-story.ts'
import { linkHash, linkPurpose } from './link.ts'
import { documentsOf } from './store/documents.ts'
import { accountByEmail } from './store/duty.ts'
import { linkByHash } from './store/links.ts'
import { officeBySlug } from './store/procedure.ts'
import { readRequest } from './store/requests.ts'

/** People who ask, and an office that answers: in every state that a request can have. */
export const intakeDemo: DemoPart = {
  async play(stage) {
    for (const story of stories) {
      if (!stage.packs.has(story.pack)) continue
      await fillDutyList(stage, story)
      for (const [at, request] of story.requests.entries())
        await playRequest(stage, story, `intake ${story.pack} ${at}`, request)
    }
  },
}

type Story = (typeof stories)[number]
const hour = 3_600_000

/** Two weeks, day and night in turn. */
async function fillDutyList(stage: DemoStage, { town, office }: Story): Promise<void> {
  const [lead, duty] = [`lead.${town}@example.org`, `duty.${town}@example.org`]
  const found = await stage.transact(async (tx) => ({
    organisation: await officeBySlug(tx, office),
    lead: await accountByEmail(tx, lead),
    duty: await accountByEmail(tx, duty),
  }))
  if (!found.organisation || !found.lead || !found.duty) throw new Error(`The demo of ${town} lacks its office.`)
  const first = new Date(stage.now)
  first.setUTCHours(6, 0, 0, 0)
  // whoever starts at night finds somebody on duty too
  first.setUTCDate(first.getUTCDate() - 1)
  for (let turn = 0; turn < 28; turn++) {
    const from = new Date(first.getTime() + turn * 12 * hour)
    await stage.perform(
      `intake duty ${town} ${turn}`,
      addDuty,
      {
        organisation: found.organisation.id,
        account: turn % 4 === 3 ? found.lead : found.duty,
        from: from.toISOString(),
        until: new Date(from.getTime() + 12 * hour).toISOString(),
      },
      { email: lead },
    )
  }
}

/** One request, from the first page on. */
async function playRequest(stage: DemoStage, story: Story, key: string, request: DemoRequest): Promise<void> {
  const token = stage.token(key)
  const { daysAgo } = request
  const by = { email: request.by ?? null, daysAgo, locale: story.language }
  const service = request.service && (await serviceOf(stage, request.service))
  await stage.perform(
    `${key} start`,
    startRequest,
    {
      token,
      pack: story.pack,
      service,
      kind: request.kind ?? 'application',
      forMyself: request.enteredBy === undefined && request.kind !== 'notice',
    },
    by,
  )
  await stage.perform(
    `${key} save`,
    saveDraft,
    {
      token,
      version: 1,
      particulars: request.particulars ?? {},
      situation: { dangers: [], ...request.situation },
      contact: request.contact,
      ...(request.enteredBy ? { enteredBy: request.enteredBy } : {}),
    },
    by,
  )
  if (request.draft) return
  await stage.perform(`${key} submit`, submitRequest, { token, version: 2 }, by)
  const id = await requestOf(stage, token)
  for (const [at, deed] of (request.deeds ?? []).entries())
    await playDeed(stage, story, { key: `${key} ${at}`, id, token }, deed)
}

async function requestOf(stage: DemoStage, token: string): Promise<string> {
  const link = await stage.database.transact({ actor: null, purpose: linkPurpose(token) }, (tx) =>
    linkByHash(tx, linkHash(token)),
  )
  if (!link) throw new Error('A request of the demo has lost its link.')
  return link.request
}

async function playDeed(
  stage: DemoStage,
  { town, language }: Story,
  { key, id, token }: { key: string; id: string; token: string },
  deed: DemoDeed,
): Promise<void> {
  const worker = { email: `worker.${town}@example.org`, daysAgo: deed.daysAgo }
  switch (deed.does) {
    case 'take':
      return stage.perform(key, takeRequest, { request: id }, worker)
    case 'assess':
      return stage.perform(key, noteAssessment, { request: id, note: deed.note }, worker)
    case 'see-papers':
      for (const { id: document, position } of await openPapers(stage, id))
        await stage.perform(`${key} paper ${position}`, settleDocument, { document, as: 'seen' }, worker)
      return
    case 'ask-for-papers': {
      const documents = (await openPapers(stage, id)).map(({ id: document }) => document)
      return stage.perform(key, askForDocuments, { request: id, documents, note: deed.note }, worker)
    }
    case 'body-agrees': {
      const { body, matter, title } = deed
      const decidedOn = new Date(stage.now.getTime() - deed.daysAgo * 24 * hour).toISOString().slice(0, 10)
      const subject = { kind: 'intake.request' as const, id }
      return stage.perform(key, recordDecision, { body, matter, title, decidedOn, outcome: 'agreed', subject }, worker)
    }
    case 'decide': {
      const { does: _does, daysAgo: _daysAgo, redirect, alternatives = [], ...input } = deed
      return stage.perform(
        key,
        decideRequest,
        {
          request: id,
          ...input,
          alternatives: await Promise.all(alternatives.map((slug) => serviceOf(stage, slug))),
          ...(redirect ? { redirect: await serviceOf(stage, redirect) } : {}),
        },
        worker,
      )
    }
    case 'withdraw':
      return stage.perform(
        key,
        withdrawRequest,
        { token, reason: deed.reason },
        { email: null, daysAgo: deed.daysAgo, locale: language },
      )
  }
}

/** The id of a service of a pack. */
async function serviceOf(stage: DemoStage, slug: string): Promise<string> {
  const service = await stage.transact((tx) => publicServiceBySlug(tx, slug))
  if (!service) throw new Error(`The demo asks for ${slug}, which is no service.`)
  return service.id
}

/** What the person has to bring and has not brought. */
const openPapers = (stage: DemoStage, request: string) =>
  stage.transact(async (tx) => {
    const stored = await readRequest(tx, request)
    const papers = stored ? await documentsOf(tx, request) : []
    return papers.filter(
      ({ from, needed, state }) => from === 'person' && needed !== 'if-available' && state === 'open',
    )
  })
