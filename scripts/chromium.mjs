import { outsideProgram } from './outside-program.mjs'

const wanted = {
  variable: 'LINDEN_CHROMIUM',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'],
  places: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  debian: 'chromium',
  missing: 'The journeys need Chromium or Chrome.',
}

/** Finds Chromium (`outsideProgram`). */
export const chromium = async (options) => outsideProgram(wanted, options)
