import { expect, test } from 'vitest'
import { makePdf } from '../src/platform/pdf/pdf.ts'
import { pdfText } from './pdf-text.ts'

test('the words of a document are read as they were written, ligatures too', async () => {
  const words = 'Np6flcu3W27 office affluent Lüdenscheid Ґалаґан ffi fi fl'
  const pdf = await makePdf({ language: 'en', content: [{ text: words }] })
  expect(pdfText(pdf)).toContain(words)
})
