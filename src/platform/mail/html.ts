import type { Locale } from '../i18n/text.ts'

/** Escapes a text for use between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replaceAll(/[&<>"']/g, (sign) => names[sign] ?? sign)
}

/** Addresses of the web in a text; a full stop or bracket after one is not part of it. */
export const links = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g

/** The HTML part of a letter: paragraphs and links of its text, nothing from elsewhere. */
export function htmlOf(subject: string, text: string, locale: Locale): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${linked(paragraph).replaceAll('\n', '<br>')}</p>`)
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head><body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em">${paragraphs.join('\n')}</body></html>`
}

function linked(text: string): string {
  let html = ''
  let end = 0
  for (const { 0: link, index } of text.matchAll(links)) {
    html += `${escapeHtml(text.slice(end, index))}<a href="${escapeHtml(link)}">${escapeHtml(link)}</a>`
    end = index + link.length
  }
  return html + escapeHtml(text.slice(end))
}
