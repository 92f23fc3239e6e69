import { newStemmer } from 'snowball-stemmers'
import { foldLetters } from './tokens.ts'

const snowball = newStemmer('german')

/** Forms that neither the umlaut nor the ending explains; and pairs that the stemmer would mix up (Kur, Kurs); the first word of each line is the base form. */
const irregularTable = `
arzt arztes ärzte ärzten ärztin ärztinnen
mensch menschen
kind kinder kindern kindes kinds
haus häuser häusern hauses hause
mann männer männern mannes manns
frau frauen
mutter mütter müttern mama
vater väter vätern vaters papa
tochter töchter töchtern
sohn söhne söhnen sohnes
zahn zähne zähnen
hand hände händen
amt ämter ämtern amtes amts
rat räte räten rates rats
bad bäder bädern
schuld schulden
museum museen
zentrum zentren zentrums
visum visa
praxis praxen
firma firmen
konto konten kontos
datum daten
krise krisen
eltern elternteil elternteile
geld gelder geldern geldes
wohnung wohnungen
obdachlos obdachlose obdachlosen obdachloser obdachloses
pflege pflegen pflegend pflegende pflegenden pflegender
note noten
care
helfen hilft helft helfe half geholfen
not nöte nöten
kur kuren
kurs kurse kursen kurses
tafel tafeln
gesetz gesetze gesetzen gesetzes
stadt städte städten
angebot angebote angeboten angebots angebotes
`

const irregular = new Map<string, string>()
for (const line of irregularTable.trim().split('\n')) {
  const [base, ...forms] = line.split(' ')
  if (base) for (const form of [base, ...forms]) irregular.set(form, base)
}

/** One German spelling: ae, oe, ue are umlauts where no vowel or q stands before them (Haeuser, but neue, Quelle), ß is ss. */
export function spellGerman(word: string): string {
  return word
    .replaceAll('ß', 'ss')
    .replace(/(?<![aeiouäöüq])([aou])e/g, (_, letter: string) => ({ a: 'ä', o: 'ö', u: 'ü' })[letter] ?? letter)
    .replace(/[^a-zäöü0-9]/g, (letter) => foldLetters(letter))
}

/** How a German word is stored: umlauts without their dots. */
export function storeGerman(word: string): string {
  return foldLetters(word)
}

/** Beraterinnen and Beraterin meet Berater: job titles are one word for whoever searches. */
function withoutGender(word: string): string {
  return word.length >= 7 ? word.replace(/(?<=er|ist|ent|ant|or|og|eut|at)in(?:nen)?$/, '') : word
}

/** The stem under which the forms of a German word meet, in plain letters (DIR-5). */
export function stemGerman(word: string): string {
  const spelled = spellGerman(word)
  const known = irregular.get(spelled)
  return storeGerman(known ?? snowball.stem(withoutGender(spelled)))
}
