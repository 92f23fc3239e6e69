import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'

const require = createRequire(import.meta.url)

interface PdfMake {
  setFonts(fonts: Record<string, Record<string, string>>): void
  setUrlAccessPolicy(policy: (url: string) => boolean): void
  setLocalAccessPolicy(policy: (path: string) => boolean): void
  createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Uint8Array> }
}

let ready: PdfMake | undefined

/** pdfmake with a font that knows all four alphabets of ours. It may read its fonts and nothing else. */
function pdfmake(): PdfMake {
  if (ready) return ready
  const made = require('pdfmake') as PdfMake
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf')
  made.setFonts({
    DejaVu: {
      normal: join(fonts, 'DejaVuSans.ttf'),
      bold: join(fonts, 'DejaVuSans-Bold.ttf'),
      italics: join(fonts, 'DejaVuSans-Oblique.ttf'),
      bolditalics: join(fonts, 'DejaVuSans-BoldOblique.ttf'),
    },
  })
  made.setUrlAccessPolicy(() => false)
  made.setLocalAccessPolicy((path) => path.startsWith(fonts))
  ready = made
  return made
}

/** Makes a tagged A4 document in the language it says. @param definition what pdfmake takes, without fonts */
export async function makePdf(definition: TDocumentDefinitions & { language: string }): Promise<Uint8Array> {
  return pdfmake()
    .createPdf({
      pageSize: 'A4',
      pageMargins: [48, 48, 48, 56],
      defaultStyle: { font: 'DejaVu', fontSize: 9.5, lineHeight: 1.25 },
      ...definition,
      ...({ tagged: true, displayTitle: true } as object),
    })
    .getBuffer()
}
