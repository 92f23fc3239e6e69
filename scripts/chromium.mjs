import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * Finds Chromium: LINDEN_CHROMIUM, one on the path, one where systems put it.
 * @param {{ install?: boolean }} options `install`: fetch Debian's package where that is allowed
 * @returns {Promise<string>} path of the program
 * @throws Error saying how to get one
 */
export async function chromium({ install = false } = {}) {
  const given = process.env.LINDEN_CHROMIUM
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`LINDEN_CHROMIUM is ${given}, where there is no program.`)
  }
  const found = find()
  if (found) return found
  if (install && process.getuid?.() === 0 && onPath('apt-get')) {
    installDebian()
    const installed = find()
    if (installed) return installed
  }
  throw new Error(
    'The journeys need Chromium or Chrome. Install it (Debian, Ubuntu: apt-get install chromium) or let LINDEN_CHROMIUM name the program.',
  )
}

function find() {
  return names.map(onPath).find(Boolean) ?? places.find((place) => existsSync(place))
}

function onPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
}

function installDebian() {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  try {
    execFileSync('apt-get', ['update', '-q'], options)
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options)
  } catch (error) {
    throw new Error(`Chromium is missing and apt-get could not install it: ${error.message}`)
  }
}
