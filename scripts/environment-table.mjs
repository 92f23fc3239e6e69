/**
 * Writes the table of environment variables in README.md from src/platform/config/variables.ts.
 *
 *   node scripts/environment-table.mjs           writes it
 *   node scripts/environment-table.mjs --check   fails where it is not current
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { variables } from '../src/platform/config/variables.ts'
import { replaceBlock } from './marked-block.mjs'

const target = join(resolve(fileURLToPath(import.meta.url), '../..'), 'README.md')

/** @returns README.md with the table as it has to be */
function readme() {
  const rows = variables.map(({ name, default: standard, about, secret }) => {
    const value = standard === undefined ? '–' : /^[\w./:-]+$/.test(standard) ? `\`${standard}\`` : standard
    return `| \`${name}\` | ${value} | ${about.replaceAll('|', '\\|')}${secret ? ' *Secret.*' : ''} |`
  })
  const table = ['| Variable | Default | What it decides |', '| --- | --- | --- |', ...rows].join('\n')
  return replaceBlock(readFileSync(target, 'utf8'), 'environment', `\n${table}\n\n`.trimStart())
}

/** @returns what is wrong with the table, in words; undefined where it is current */
export function checkEnvironmentTable() {
  if (readFileSync(target, 'utf8') === readme()) return undefined
  return 'The table of environment variables in README.md is not current. Run: node scripts/environment-table.mjs'
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const wrong = checkEnvironmentTable()
    if (wrong) {
      console.error(wrong)
      process.exit(1)
    }
  } else writeFileSync(target, readme())
}
