import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Finds a program that is no package of npm: the one that a variable names, one on the path, one where systems put it.
 * @param {{ variable: string, names: readonly string[], places: readonly string[], debian: string, missing: string }} wanted
 *   `debian`: its package there; `missing`: what cannot be done without it
 * @param {{ install?: boolean }} options `install`: fetch Debian's package where that is allowed
 * @returns {string} path of the program
 * @throws Error saying how to get it
 */
export function outsideProgram({ variable, names, places, debian, missing }, { install = false } = {}) {
  const given = process.env[variable]
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`${variable} is ${given}, where there is no program.`)
  }
  const find = () => names.map(onPath).find(Boolean) ?? places.find((place) => existsSync(place))
  const found = find()
  if (found) return found
  if (install && process.getuid?.() === 0 && onPath('apt-get')) {
    installDebian(debian)
    const installed = find()
    if (installed) return installed
  }
  throw new Error(
    `${missing} Install it (Debian, Ubuntu: apt-get install ${debian}) or let ${variable} name the program.`,
  )
}

function onPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file))
}

function installDebian(name) {
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 400_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  try {
    execFileSync('apt-get', ['update', '-q'], options)
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], options)
  } catch (error) {
    throw new Error(`${name} is missing and apt-get could not install it: ${error.message}`)
  }
}
