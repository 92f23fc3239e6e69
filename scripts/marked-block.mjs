/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->`, each on a line of its own.
 * @throws Error where the marks are missing
 */
export function replaceBlock(text, name, content) {
  const [opening, closing] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`]
  const start = text.indexOf(opening)
  const end = text.indexOf(closing, start)
  if (start < 0 || end < 0) throw new Error(`The marks <!-- ${name} --> and <!-- /${name} --> are missing.`)
  return `${text.slice(0, start + opening.length)}${content.trimEnd()}\n${text.slice(end)}`
}
