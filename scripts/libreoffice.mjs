import { outsideProgram } from './outside-program.mjs'

const wanted = {
  variable: 'LINDEN_LIBREOFFICE',
  names: ['soffice', 'libreoffice'],
  places: [
    '/Applications/LibreOffice.app/Contents/MacOS/soffice',
    'C:\\Program Files\\LibreOffice\\program\\soffice.exe',
  ],
  debian: 'libreoffice-calc-nogui',
  missing: 'The tests of workbooks need LibreOffice.',
}

/** Finds LibreOffice, which recomputes our workbooks in tests (`outsideProgram`). */
export const libreoffice = async (options) => outsideProgram(wanted, options)
