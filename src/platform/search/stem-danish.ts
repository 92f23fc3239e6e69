import { newStemmer } from 'snowball-stemmers'
import { foldLetters } from './tokens.ts'

const snowball = newStemmer('danish')

/** Plurals with another vowel, and words whose stem changes; the first word of each line is the base form. */
const irregularTable = `
barn barnet barnets børn børnene børnenes børns barns
mand manden mandens mænd mændene mændenes mænds
hånd hånden hænder hænderne
fod foden fødder fødderne
tand tanden tænder tænderne
bog bogen bøger bøgerne
nat natten nætter nætterne
far faren faderen fader fædre fædrene
mor moren moderen moder mødre mødrene
bror broren broder broderen brødre brødrene
søster søsteren søstre søstrene
datter datteren døtre døtrene
søn sønnen sønner sønnerne
ven vennen venner vennerne
ældre ældres gammel gamle
forælder forælderen forældre forældrene forældrenes forældres
center centeret centerets centret centrets centre centrene centrenes centers
menneske mennesket menneskets menneskene menneskenes mennesker menneskerne menneskenes menneskers
øje øjet øjne øjnene
by byen byer byerne byens
ung unge unges yngre
hjem hjemmet hjemmets hjemmene hjems
hus huset husets huse husene
nøgle nøglen nøgler nøglerne
lærer læreren lærere lærerne lærernes lærers
træ træet træer træerne
ko koen køer køerne
led leddet
alder alderen alderens aldre
aften aftenen aftener aftenerne
kommune kommunen kommunens kommuner kommunerne kommunernes kommunes kommunal kommunale kommunalt
onkel onklen onkler
handicap handicappet handicappede handicappets
sygdom sygdommen sygdomme sygdommene sygdoms
penge pengene penges
gæld gælden gælds
`

const irregular = new Map<string, string>()
for (const line of irregularTable.trim().split('\n')) {
  const [base, ...forms] = line.split(' ')
  if (base) for (const form of [base, ...forms]) irregular.set(form, base)
}
/** Short ones would be found at the end of words that they do not end (mor in humor). */
const shortestTail = 5
const longestIrregular = Math.max(...[...irregular.keys()].map((form) => form.length))

/** One Danish spelling: aa is å, ae and ä are æ, oe and ö are ø (Aarhus, Århus). */
export function spellDanish(word: string): string {
  return word
    .replace(
      /aa|ae|oe|[äöü]/g,
      (letters) => ({ aa: 'å', ae: 'æ', oe: 'ø', ä: 'æ', ö: 'ø', ü: 'y' })[letters] ?? letters,
    )
    .replace(/[^a-zæøå0-9]/g, (letter) => foldLetters(letter))
}

/** How a Danish word is stored: å as aa, æ as ae, ø as oe, so that the index holds plain letters. */
export function storeDanish(word: string): string {
  return foldLetters(word.replace(/[æøå]/g, (letter) => ({ æ: 'ae', ø: 'oe', å: 'aa' })[letter] ?? letter))
}

/** The base form of an irregular word, also at the end of a compound (plejebørn → plejebarn). */
function regular(word: string): string | undefined {
  const known = irregular.get(word)
  if (known) return known
  for (let length = Math.min(longestIrregular, word.length - 3); length >= shortestTail; length--) {
    const base = irregular.get(word.slice(-length))
    if (base) return word.slice(0, -length) + base
  }
  return word.length > 7 && word.endsWith('børn') ? `${word.slice(0, -4)}barn` : undefined
}

/** The stem under which the forms of a Danish word meet, in plain letters (DIR-5). */
export function stemDanish(word: string): string {
  const spelled = spellDanish(word)
  return storeDanish(regular(spelled) ?? snowball.stem(spelled))
}
