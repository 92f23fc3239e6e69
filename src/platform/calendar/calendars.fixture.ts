import type { Place } from './deadline.ts'
import { WorkingCalendar } from './working-days.ts'

export const denmark = WorkingCalendar.parse({ country: 'DK' })
export const badenWuerttemberg = WorkingCalendar.parse({ country: 'DE', state: 'BW' })
/** Ukraine as the labour code has it in peace. */
export const ukraineInPeace = WorkingCalendar.parse({ country: 'UA' })
/** Ukraine under martial law: holidays are worked and days off do not move (law 2136-IX of 15 March 2022, article 6; from our own knowledge). */
export const ukraine = WorkingCalendar.parse({
  country: 'UA',
  holidaysWorked: [
    {
      from: '2022-03-24',
      source: { title: 'Про організацію трудових відносин в умовах воєнного стану', date: '2022-03-15' },
    },
  ],
})

export const calendars = [denmark, badenWuerttemberg, ukraineInPeace, ukraine]

export const aarhus: Place = { timeZone: 'Europe/Copenhagen', calendar: denmark }
export const stuttgart: Place = { timeZone: 'Europe/Berlin', calendar: badenWuerttemberg }
export const kharkiv: Place = { timeZone: 'Europe/Kyiv', calendar: ukraine }
export const kharkivInPeace: Place = { timeZone: 'Europe/Kyiv', calendar: ukraineInPeace }

export const places = [aarhus, stuttgart, kharkiv, kharkivInPeace]
