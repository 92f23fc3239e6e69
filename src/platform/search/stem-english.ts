import { newStemmer } from 'snowball-stemmers'
import { foldLetters } from './tokens.ts'

const snowball = newStemmer('english')

/** Forms that no rule reaches, and spellings of the two sides of the Atlantic that differ in the middle of the word. */
const irregular = new Map(
  Object.entries({
    children: 'child',
    childs: 'child',
    people: 'person',
    peoples: 'person',
    persons: 'person',
    men: 'man',
    mens: 'man',
    women: 'woman',
    womens: 'woman',
    feet: 'foot',
    teeth: 'tooth',
    wives: 'wife',
    lives: 'life',
    living: 'live',
    mice: 'mouse',
    parents: 'parent',
    families: 'family',
    bodies: 'body',
    taught: 'teach',
    elderly: 'elder',
    shelves: 'shelf',
    halves: 'half',
    selves: 'self',
    themselves: 'self',
    yourself: 'self',
    centre: 'center',
    centres: 'center',
    centers: 'center',
    programme: 'program',
    programmes: 'program',
    cheque: 'check',
    licence: 'license',
    licences: 'license',
    mum: 'mother',
    mums: 'mother',
    mom: 'mother',
    moms: 'mother',
    dad: 'father',
    dads: 'father',
    homeless: 'homeless',
    homelessness: 'homeless',
    kid: 'child',
    kids: 'child',
    bought: 'buy',
    lost: 'lose',
    fled: 'flee',
    ill: 'ill',
    illness: 'ill',
    news: 'news',
    counsellor: 'counsel',
    counsellors: 'counsel',
    counselor: 'counsel',
    counselors: 'counsel',
  }),
)

/** One English spelling: organise is organize, behaviour is behavior, counselling is counseling. Takes plain letters. */
export function spellEnglish(word: string): string {
  return word
    .replace(/(?<=[a-z]{3})is(e|es|ed|er|ers|ing|ation|ations|ational)$/, (whole, ending: string) =>
      /^(e|es|ed|er|ers|ing)$/.test(ending) ? whole : `iz${ending}`,
    )
    .replace(/^(organ|special|real|hospital|recogn|priorit|victim|social|subsid|apolog)is(?=e|i)/, '$1iz')
    .replace(/our(?=$|s$|ed$|ing$|al$|ly$|hood$|hoods$|ers?$)/, (our, place: number) => (place >= 3 ? 'or' : our))
    .replace(/ll(?=(?:ing|ed|ors?|ers?)$)/, (twice, place: number) => (place >= 5 ? 'l' : twice))
    .replace(/paed/, 'ped')
}

/** The stem under which the forms of an English word meet, British and American spelling alike (DIR-5). */
export function stemEnglish(word: string): string {
  const plain = foldLetters(word)
  return snowball.stem(spellEnglish(irregular.get(plain) ?? plain))
}
