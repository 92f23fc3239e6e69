import type { Locale } from '../i18n/text.ts'

type Names = Readonly<Record<Locale, string>>

/** What the holidays of `holidays.json` are called, by the name that stands there. */
export const holidayNames: Readonly<Record<string, Names>> = {
  'New Year': { en: "New Year's Day", uk: 'Новий рік', da: 'Nytårsdag', de: 'Neujahr' },
  "New Year's Day": { en: "New Year's Day", uk: 'Новий рік', da: 'Nytårsdag', de: 'Neujahr' },
  Epiphany: { en: 'Epiphany', uk: 'Богоявлення', da: 'Helligtrekonger', de: 'Heilige Drei Könige' },
  'Orthodox Christmas': {
    en: 'Orthodox Christmas',
    uk: 'Різдво Христове',
    da: 'Ortodoks jul',
    de: 'Orthodoxes Weihnachtsfest',
  },
  "International Women's Day": {
    en: "International Women's Day",
    uk: 'Міжнародний жіночий день',
    da: 'Kvindernes internationale kampdag',
    de: 'Internationaler Frauentag',
  },
  'Maundy Thursday': { en: 'Maundy Thursday', uk: 'Великий четвер', da: 'Skærtorsdag', de: 'Gründonnerstag' },
  'Good Friday': { en: 'Good Friday', uk: 'Страсна пʼятниця', da: 'Langfredag', de: 'Karfreitag' },
  'Easter Sunday': { en: 'Easter Sunday', uk: 'Великдень', da: 'Påskedag', de: 'Ostersonntag' },
  'Easter Monday': { en: 'Easter Monday', uk: 'Великодній понеділок', da: '2. påskedag', de: 'Ostermontag' },
  'Orthodox Easter': { en: 'Orthodox Easter', uk: 'Великдень', da: 'Ortodoks påske', de: 'Orthodoxes Osterfest' },
  'Prayer Day': { en: 'Great Prayer Day', uk: 'Великий день молитви', da: 'Store bededag', de: 'Großer Bettag' },
  'Labour Day': { en: 'Labour Day', uk: 'День праці', da: 'Arbejdernes kampdag', de: 'Tag der Arbeit' },
  'Victory Day': {
    en: 'Day of Victory over Nazism',
    uk: 'День перемоги над нацизмом',
    da: 'Dagen for sejren over nazismen',
    de: 'Tag des Sieges über den Nationalsozialismus',
  },
  'Ascension Day': {
    en: 'Ascension Day',
    uk: 'Вознесіння Господнє',
    da: 'Kristi himmelfartsdag',
    de: 'Christi Himmelfahrt',
  },
  Pentecost: { en: 'Whit Sunday', uk: 'Трійця', da: 'Pinsedag', de: 'Pfingstsonntag' },
  'Whit Monday': { en: 'Whit Monday', uk: 'Понеділок після Трійці', da: '2. pinsedag', de: 'Pfingstmontag' },
  'Corpus Christi': {
    en: 'Corpus Christi',
    uk: 'Свято Тіла і Крові Христових',
    da: 'Kristi legemsfest',
    de: 'Fronleichnam',
  },
  'Constitution Day': {
    en: 'Constitution Day of Ukraine',
    uk: 'День Конституції України',
    da: 'Ukraines grundlovsdag',
    de: 'Tag der Verfassung der Ukraine',
  },
  'Statehood Day': {
    en: 'Ukrainian Statehood Day',
    uk: 'День Української Державності',
    da: 'Den ukrainske stats dag',
    de: 'Tag der ukrainischen Staatlichkeit',
  },
  Assumption: {
    en: 'Assumption Day',
    uk: 'Успіння Пресвятої Богородиці',
    da: 'Marias himmelfart',
    de: 'Mariä Himmelfahrt',
  },
  'Independence Day': {
    en: 'Independence Day of Ukraine',
    uk: 'День незалежності України',
    da: 'Ukraines uafhængighedsdag',
    de: 'Unabhängigkeitstag der Ukraine',
  },
  "International Children's Day": { en: "Children's Day", uk: 'День дітей', da: 'Børnenes dag', de: 'Weltkindertag' },
  'Defenders of Ukraine Day': {
    en: 'Day of the Defenders of Ukraine',
    uk: 'День захисників і захисниць України',
    da: 'Dagen for Ukraines forsvarere',
    de: 'Tag der Verteidigerinnen und Verteidiger der Ukraine',
  },
  'National Holiday': {
    en: 'Day of German Unity',
    uk: 'День німецької єдності',
    da: 'Tysklands genforeningsdag',
    de: 'Tag der Deutschen Einheit',
  },
  'Reformation Day': { en: 'Reformation Day', uk: 'День Реформації', da: 'Reformationsdag', de: 'Reformationstag' },
  "All Saints' Day": { en: "All Saints' Day", uk: 'День усіх святих', da: 'Allehelgensdag', de: 'Allerheiligen' },
  'Day of Prayer and Repentance': {
    en: 'Day of Repentance and Prayer',
    uk: 'День покаяння і молитви',
    da: 'Bods- og bededag',
    de: 'Buß- und Bettag',
  },
  'Liberation Day (75th Anniversary)': {
    en: 'Day of Liberation',
    uk: 'День визволення',
    da: 'Befrielsesdag',
    de: 'Tag der Befreiung',
  },
  'Liberation Day (80th Anniversary)': {
    en: 'Day of Liberation',
    uk: 'День визволення',
    da: 'Befrielsesdag',
    de: 'Tag der Befreiung',
  },
  '75th anniversary of the GDR uprising': {
    en: 'Anniversary of the uprising of 1953',
    uk: 'Річниця повстання 1953 року',
    da: 'Årsdag for opstanden i 1953',
    de: 'Jahrestag des Aufstandes von 1953',
  },
  'Christmas Day': { en: 'Christmas Day', uk: 'Різдво Христове', da: 'Juledag', de: 'Erster Weihnachtstag' },
  'Boxing Day': { en: 'Boxing Day', uk: 'Другий день Різдва', da: '2. juledag', de: 'Zweiter Weihnachtstag' },
}

/** How a day off is called that stands for a holiday at a weekend. */
export const movedNames: Readonly<Record<Locale, (name: string) => string>> = {
  en: (name) => `${name} (day off moved here)`,
  uk: (name) => `${name} (перенесений вихідний)`,
  da: (name) => `${name} (flyttet fridag)`,
  de: (name) => `${name} (verlegter freier Tag)`,
}
