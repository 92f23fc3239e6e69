import type { Deed, MatterState } from '../../types/matters.ts'

/** What may be done with a matter that stands so, and how it stands afterwards (GOV-2). The database refuses all else. */
const ways: Readonly<Record<MatterState, Partial<Readonly<Record<Deed, MatterState>>>>> = {
  idea: { prepared: 'prepared', withdrawn: 'withdrawn' },
  prepared: {
    scheduled: 'on-agenda',
    decided: 'decided',
    'sent-on': 'prepared',
    postponed: 'postponed',
    withdrawn: 'withdrawn',
  },
  'on-agenda': {
    'taken-off': 'prepared',
    decided: 'decided',
    'sent-on': 'prepared',
    postponed: 'postponed',
    withdrawn: 'withdrawn',
  },
  postponed: { prepared: 'prepared', scheduled: 'on-agenda', 'sent-on': 'prepared', withdrawn: 'withdrawn' },
  decided: { 'sent-on': 'prepared', 'carried-out': 'carried-out' },
  'carried-out': { 'followed-up': 'followed-up' },
  'followed-up': {},
  withdrawn: {},
}

/** How a matter stands after a deed; undefined where it cannot be done. @param from undefined before the first step */
export function stateAfter(from: MatterState | undefined, deed: Deed): MatterState | undefined {
  if (from === undefined) return deed === 'raised' ? 'idea' : undefined
  return ways[from][deed]
}

/** What can be done with a matter that stands so. */
export const deedsFor = (state: MatterState): Deed[] => Object.keys(ways[state]) as Deed[]
