import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['soffice', 'libreoffice']
const places = [
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
  'C:\\Program Files\\LibreOffice\\program\\soffice.exe',
]

/**
 * Finds LibreOffice, which recomputes our workbooks in tests: LINDEN_LIBREOFFICE, one on the path, one where systems put it.
 * @param {{ install?: boolean }} options `install`: fetch Debian's package where that is allowed
 * @returns {Promise<string>} path of the program
 * @throws Error saying how to get it
 */
export async function libreoffice({ install = false } = {}) {
  const given = process.env.LINDEN_LIBREOFFICE
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`LINDEN_LIBREOFFICE is ${given}, where there is no program.`)
  }
  const found = find()
  if (found) return found
  if (install && process.getuid?.() === 0 && onPath('apt-get')) {
    installDebian()
    const installed = find()
    if (installed) return installed
  }
  throw new Error(
    'The tests of workbooks need LibreOffice. Install it (Debian, Ubuntu: apt-get install libreoffice-calc-nogui) or let LINDEN_LIBREOFFICE name the program.',
  )
}

const find = () => names.map(onPath).find(Boolean) ?? places.find((place) => existsSync(place))

function onPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
}

function installDebian() {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 400_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  try {
    execFileSync('apt-get', ['update', '-q'], options)
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'libreoffice-calc-nogui'], options)
  } catch (error) {
    throw new Error(`LibreOffice is missing and apt-get could not install it: ${error.message}`)
  }
}
