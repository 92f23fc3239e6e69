import { expect, test } from 'vitest'
import { inLocale } from '../../platform/i18n/speech.ts'
import { DecisionSection } from './views/mine-decision.tsx'

test.each([
  ['Europe/Kyiv', '2026-12-23T22:00:00.000Z'],
  // west of Greenwich the day ends after it has ended in UTC
  ['America/Nuuk', '2026-12-24T02:00:00.000Z'],
])('INT-5: the last day for an appeal is the one that it is at the office, in %s', async (timeZone, until) => {
  const text = { en: 'To the council' }
  const page = await inLocale('en', async () =>
    String(
      await (
        <DecisionSection
          decision={{
            id: '0',
            request: '0',
            outcome: 'refused',
            service: '0',
            groundCode: undefined,
            groundText: undefined,
            facts: undefined,
            words: undefined,
            alternatives: [],
            human: undefined,
            appeal: { to: text, how: text, until, unverified: false },
            bodyDecision: undefined,
            redirectService: undefined,
            agreed: undefined,
            decidedBy: undefined,
            decidedAt: new Date('2026-11-23T09:00:00Z'),
          }}
          alternatives={[]}
          redirectedTo={undefined}
          region={undefined}
          timeZone={timeZone}
        />
      ),
    ),
  )
  expect(page).toMatch(/23[ \u00a0]December 2026/)
})
