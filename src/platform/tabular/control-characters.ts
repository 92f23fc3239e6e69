/** The control characters that no table may hold: all of C0 but tab and line ends. Global: for `replace` and `matchAll`. */
export const controlCharacters = /(?![\t\n\r])[^ -\u{10ffff}]/gu
