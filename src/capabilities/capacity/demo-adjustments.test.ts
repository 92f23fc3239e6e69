import { expect, test } from 'vitest'
import { testHouse } from '../../../test/house.ts'
import { password } from '../../../test/people.ts'
import { withStage } from '../../demo/stage.ts'
import { newTotpSecret } from '../../platform/auth/second-factor.ts'
import { playAdjustments } from './demo-adjustments.ts'
import { playPlaces } from './demo-load-places.ts'

const { house, db } = await testHouse({ env: { LINDEN_PACKS: 'dk-midtjylland' } })

test('CAP-3: the demo has thirty adjustments, in every state that there is', async () => {
  for (const [called, organisation, role] of [
    ['operator.viborg', 'viborg-kommune', 'provider'],
    ['operator.aarhus', 'aarhus-kommune', 'provider'],
    ['operator.herning', 'herning-kommune', 'provider'],
    ['operator.region', 'region-midtjylland', 'provider'],
    ['secretariat.viborg', 'viborg-kommune', 'secretariat'],
  ] as const)
    await house.auth.addAccount({
      name: called,
      email: `${called}@example.org`,
      password,
      locale: 'da',
      memberships: [{ organisation, role }],
      totpSecret: newTotpSecret(),
    })
  await withStage(house, async (stage) => {
    await playPlaces(stage)
    await playAdjustments(stage)
  })
  const { rows } = await db.ownerPool.query(
    'select state, count(*)::int as count from capacity.adjustment group by state',
  )
  const states = Object.fromEntries(rows.map(({ state, count }) => [state, count]))
  expect(states).toEqual({
    planned: 2,
    'approval-open': 6,
    cleared: 5,
    'in-force': 14,
    declined: 1,
    withdrawn: 2,
  })
})
