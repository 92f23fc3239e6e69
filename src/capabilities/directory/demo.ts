import type { DemoPart, DemoStage } from '../../platform/demo/stage.ts'
import { changeService } from './commands/change-service.ts'
import { confirmCard } from './commands/confirm-cards.ts'
import { proposeChange } from './commands/propose-change.ts'
import { leaveRemark } from './commands/remark.ts'
import { requireApproval } from './commands/require-approval.ts'
import { importDemoCards, multiplyCards } from './demo-cards.ts'
import { type Story, stories } from './demo-story.ts'
import { countUnmetSearch } from './store/read-finder.ts'
import { serviceBySlug } from './store/read-service.ts'
import type { ServiceCard } from './types.ts'

/** The directory in the demo: providers who change their cards, an editor who has something to decide, cards that nobody has confirmed. */
export const directoryDemo: DemoPart = {
  async play(stage) {
    for (const story of stories) if (stage.packs.has(story.pack)) await playStory(stage, story)
    await importDemoCards(stage)
    await countSearches(stage)
  },
  multiply: multiplyCards,
}

async function playStory(stage: DemoStage, story: Story): Promise<void> {
  const { editor, provider } = story
  for (const { slug, daysAgo } of story.confirmed)
    await stage.perform(`confirm ${slug}`, confirmCard, { slug }, { email: editor, daysAgo })
  if (story.change) {
    const { slug, edit } = story.change
    const { card, version } = await cardOf(stage, slug)
    await stage.perform(`change ${slug}`, changeService, { slug, version, card: edit(card) }, { email: provider })
  }
  await stage.perform(
    `approval ${story.approval}`,
    requireApproval,
    { slug: story.approval, required: true },
    { email: editor },
  )
  const { slug, edit } = story.proposal
  const { card, version } = await cardOf(stage, slug)
  await stage.perform(`propose ${slug}`, proposeChange, { slug, version, card: edit(card) }, { email: provider })
  for (const [number, remark] of story.remarks.entries())
    await stage.perform(`remark ${story.pack} ${number}`, leaveRemark, remark, { email: null })
}

async function cardOf(stage: DemoStage, slug: string): Promise<{ card: ServiceCard; version: number }> {
  const service = await stage.transact((tx) => serviceBySlug(tx, slug))
  if (!service) throw new Error(`The story of the demo names ${slug}, and no pack has such a card.`)
  return service
}

/** Counted as the finder counts them. Last, since counting twice is the one thing here that shows. */
async function countSearches(stage: DemoStage): Promise<void> {
  const day = (daysAgo: number) => new Date(stage.now.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10)
  await stage.transact(async (tx) => {
    for (const story of stories) {
      if (!stage.packs.has(story.pack)) continue
      for (const { kind, area, daysAgo, times } of story.unmet)
        for (let time = 0; time < times; time++) countUnmetSearch(tx, { kind, area, day: day(daysAgo) })
    }
  })
}
