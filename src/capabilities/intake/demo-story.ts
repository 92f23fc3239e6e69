import type { Locale, Text } from '../../platform/i18n/text.ts'
import type { DangerSign, EnteredBy, Particulars, RequestKind, SafeContact } from './types.ts'

/** What the office does with a request of the demo. */
export type DemoDeed = { daysAgo: number } & (
  | { does: 'take' }
  | { does: 'assess'; note: string }
  | { does: 'see-papers' }
  | { does: 'ask-for-papers'; note: string }
  | { does: 'body-agrees'; body: string; matter: string; title: Text }
  | {
      does: 'decide'
      outcome: 'accepted' | 'refused' | 'redirected'
      ground?: string
      facts?: string
      words?: string
      human?: string
      alternatives?: readonly string[]
      placeFree?: boolean
      redirect?: string
      agreed?: string
    }
  | { does: 'withdraw'; reason: string }
)

/** Somebody invented who asks. */
export interface DemoRequest {
  daysAgo: number
  /** demo account; nobody where it is not said */
  by?: string
  kind?: RequestKind
  service?: string
  particulars?: Particulars
  situation: { words: string; dangers?: DangerSign[]; wish?: string; household?: string }
  contact: Partial<SafeContact>
  enteredBy?: EnteredBy
  /** begun and not sent */
  draft?: true
  deeds?: readonly DemoDeed[]
}

interface DemoStory {
  pack: string
  town: string
  language: Locale
  /** slug of the office that answers */
  office: string
  requests: readonly DemoRequest[]
}

const kharkiv: DemoStory = {
  pack: 'ua-kharkiv',
  town: 'kharkiv',
  language: 'uk',
  office: 'dovira',
  requests: [
    {
      daysAgo: 1,
      by: 'resident.kharkiv@example.org',
      service: 'konsultuvannia',
      particulars: { name: 'Наталя Гриценко', birthDate: '1988-04-12', area: 'UA63120270010096107' },
      situation: { words: 'Після переїзду не можу зрозуміти, які виплати нам належать.', wish: 'Поради без черг.' },
      contact: { ways: ['phone', 'email'], phone: '+380 50 000 00 01', email: 'resident.kharkiv@example.org' },
    },
    {
      daysAgo: 0,
      service: 'kryzove-ta-ekstrene-vtruchannia',
      particulars: { name: 'Марина' },
      situation: {
        words: 'Він повернувся п’яний і бив мене. Діти це бачили. Ми зараз у сусідки.',
        dangers: ['violence', 'child'],
        household: 'Двоє дітей, 5 і 8 років.',
      },
      contact: {
        ways: ['phone'],
        phone: '+380 50 000 00 02',
        discreet: true,
        times: 'Лише між 9 і 12, коли його немає вдома.',
        emailReadByOthers: true,
      },
    },
    {
      daysAgo: 9,
      service: 'nadannia-prytulku',
      particulars: { name: 'Григорій Сидоренко', birthDate: '1961-10-02' },
      situation: { words: 'Будинок зруйновано. Ночую на вокзалі.' },
      contact: { ways: ['in-person', 'through'], through: { name: 'Отець Михайло' } },
      deeds: [
        { does: 'take', daysAgo: 8 },
        { does: 'assess', daysAgo: 7, note: 'Поговорили в центрі. Потрібен дах і допомога з документами.' },
        { does: 'see-papers', daysAgo: 7 },
        { does: 'decide', daysAgo: 6, outcome: 'accepted', words: 'Щойно звільниться місце, подзвонимо отцю Михайлу.' },
      ],
    },
    {
      daysAgo: 12,
      service: 'nadannia-prytulku',
      particulars: { name: 'Тетяна Левченко', birthDate: '1979-01-30' },
      situation: { words: 'Орендодавець попросив звільнити квартиру до кінця тижня.' },
      contact: { ways: ['phone'], phone: '+380 50 000 00 03' },
      deeds: [
        { does: 'take', daysAgo: 11 },
        { does: 'see-papers', daysAgo: 10 },
        { does: 'assess', daysAgo: 10, note: 'Є робота, немає житла.' },
        { does: 'decide', daysAgo: 9, outcome: 'accepted' },
      ],
    },
    {
      daysAgo: 16,
      service: 'vlashtuvannia-do-simeinykh-form-vykhovannia',
      particulars: { name: 'Павло й Олеся Романенки', birthDate: '1984-06-21' },
      situation: { words: 'Хочемо стати прийомними батьками.' },
      contact: { ways: ['email'], email: 'romanenky@example.org' },
      deeds: [
        { does: 'take', daysAgo: 15 },
        { does: 'ask-for-papers', daysAgo: 14, note: 'Принесіть, будь ласка, коли зможете. Ми вже почали.' },
      ],
    },
    {
      daysAgo: 40,
      service: 'vlashtuvannia-do-simeinykh-form-vykhovannia',
      particulars: { name: 'Ганна Федорчук', birthDate: '1975-11-08' },
      situation: { words: 'Беру під опіку онука сестри.' },
      contact: { ways: ['phone'], phone: '+380 50 000 00 04' },
      deeds: [
        { does: 'take', daysAgo: 39 },
        { does: 'see-papers', daysAgo: 35 },
        {
          does: 'body-agrees',
          daysAgo: 20,
          body: 'vykonavchyi-komitet',
          matter: 'vlashtuvannia-dytyny',
          title: { uk: 'Приклад: влаштування дитини в сім’ю' },
        },
        { does: 'decide', daysAgo: 19, outcome: 'accepted' },
      ],
    },
    {
      daysAgo: 30,
      service: 'sotsialnyi-suprovid',
      particulars: { name: 'Оксана Шевчук', birthDate: '1992-03-03' },
      situation: { words: 'Сама з трьома дітьми, борги за комунальні послуги.', household: 'Троє дітей.' },
      contact: { ways: ['phone'], phone: '+380 50 000 00 05' },
      deeds: [
        { does: 'take', daysAgo: 29 },
        { does: 'assess', daysAgo: 27, note: 'Були вдома. Сильна сторона: уся сім’я тримається разом.' },
        { does: 'see-papers', daysAgo: 26 },
        {
          does: 'body-agrees',
          daysAgo: 22,
          body: 'robocha-hrupa-sotsialnoho-suprovodu',
          matter: 'pochatok-suprovodu',
          title: { uk: 'Приклад: взяти сім’ю під супровід' },
        },
        { does: 'decide', daysAgo: 21, outcome: 'accepted', words: 'Договір підпишемо разом.' },
      ],
    },
    {
      daysAgo: 14,
      service: 'sotsialna-adaptatsiia',
      particulars: { name: 'Ігор Ткаченко', birthDate: '1990-09-19' },
      situation: { words: 'Звільнився торік. Без роботи й реєстрації нікуди не беруть.' },
      contact: { ways: ['in-person'] },
      deeds: [
        { does: 'take', daysAgo: 13 },
        { does: 'assess', daysAgo: 12, note: 'Спершу документи, потім робота.' },
        { does: 'decide', daysAgo: 11, outcome: 'accepted' },
      ],
    },
    {
      daysAgo: 3,
      service: 'sotsialna-profilaktyka',
      situation: { words: 'Чи є у вас група для підлітків?' },
      contact: { ways: [] },
      deeds: [
        { does: 'take', daysAgo: 2 },
        { does: 'decide', daysAgo: 2, outcome: 'accepted', words: 'Група збирається щосереди.' },
      ],
    },
    {
      daysAgo: 8,
      service: 'predstavnytstvo-interesiv',
      particulars: { name: 'Галина Марченко', birthDate: '1953-02-14' },
      situation: { words: 'Згоріли всі документи.' },
      contact: { ways: ['through'], through: { name: 'Надія Павлівна, сусідка', phone: '+380 50 000 00 06' } },
      enteredBy: {
        name: 'Надія Павлівна Бойко',
        relation: 'neighbour',
        phone: '+380 50 000 00 06',
        consent: 'given',
      },
      deeds: [{ does: 'take', daysAgo: 7 }],
    },
    {
      daysAgo: 6,
      service: 'poserednytstvo-mediatsiia',
      particulars: { name: 'Віталій Кузьменко', birthDate: '1986-12-01' },
      situation: { words: 'Ми розлучаємося і не можемо домовитися, з ким житиме донька.' },
      contact: { ways: ['email'], email: 'kuzmenko@example.org' },
      deeds: [{ does: 'withdraw', daysAgo: 4, reason: 'Ми домовилися самі.' }],
    },
    {
      daysAgo: 10,
      service: 'sotsialna-reabilitatsiia',
      particulars: { name: 'Роман Пилипенко', birthDate: '1995-07-07' },
      situation: { words: 'Повернувся з фронту. Важко бути серед людей.' },
      contact: { ways: ['phone'], phone: '+380 50 000 00 07' },
      deeds: [
        { does: 'take', daysAgo: 9 },
        { does: 'assess', daysAgo: 8, note: 'Хоче займатися з людьми, які це теж пережили.' },
        { does: 'see-papers', daysAgo: 8 },
      ],
    },
    {
      daysAgo: 18,
      service: 'sotsialna-intehratsiia-ta-reintehratsiia',
      particulars: { name: 'Світлана Довженко', birthDate: '1982-05-25' },
      situation: { words: 'Приїхали з Вовчанська, нікого тут не знаємо.' },
      contact: { ways: ['phone'], phone: '+380 50 000 00 08' },
      deeds: [
        { does: 'take', daysAgo: 17 },
        { does: 'see-papers', daysAgo: 16 },
        { does: 'decide', daysAgo: 15, outcome: 'accepted' },
      ],
    },
    {
      daysAgo: 20,
      service: 'pidtrymane-prozhyvannia',
      particulars: { name: 'Даніїл Гончар', birthDate: '2007-08-30' },
      situation: { words: 'Мені вісімнадцять, виходжу з дитячого будинку.' },
      contact: { ways: ['phone'], phone: '+380 50 000 00 09' },
      deeds: [
        { does: 'take', daysAgo: 19 },
        { does: 'see-papers', daysAgo: 18 },
        {
          does: 'decide',
          daysAgo: 17,
          outcome: 'redirected',
          redirect: 'sotsialna-adaptatsiia',
          agreed: 'У розмові в центрі: спершу навчання й робота, житло є в тітки.',
        },
      ],
    },
    {
      daysAgo: 2,
      kind: 'notice',
      situation: { words: 'У квартирі навпроти щодня плаче мала дитина, дорослих не видно.', dangers: ['child'] },
      service: 'kryzove-ta-ekstrene-vtruchannia',
      contact: { ways: [] },
      enteredBy: {
        name: 'Сусід',
        relation: 'neighbour',
        consent: 'missing',
        consentMissing: 'Двері ніхто не відчиняє.',
      },
    },
    {
      daysAgo: 2,
      service: 'konsultuvannia',
      particulars: { name: 'Hrytsenko Natalia', birthDate: '1988-12-04', area: 'UA63120270010096107' },
      situation: { words: 'Хочу порадитися про виплати.' },
      contact: { ways: ['phone'], phone: '0500000001' },
    },
    {
      daysAgo: 1,
      service: 'nadannia-prytulku',
      situation: { words: 'Чи можна прийти з собакою?' },
      contact: { ways: ['email'], email: 'nova.adresa@example.org' },
      draft: true,
    },
  ],
}

const viborg: DemoStory = {
  pack: 'dk-midtjylland',
  town: 'viborg',
  language: 'da',
  office: 'viborg-kommune',
  requests: [
    {
      daysAgo: 2,
      by: 'resident.viborg@example.org',
      service: 'viborg-bostoette-hjemme',
      particulars: { name: 'Sofie Nørskov', birthDate: '1990-02-11', area: 'DK-0791' },
      situation: { words: 'Jeg kan ikke få hverdagen til at hænge sammen efter indlæggelsen.' },
      contact: { ways: ['email'], email: 'resident.viborg@example.org' },
    },
    {
      daysAgo: 5,
      service: 'viborg-stoette-fordrevne-fra-ukraine',
      particulars: { name: 'Олена Кравчук', birthDate: '1985-06-30', area: 'DK-0791', language: 'uk' },
      situation: { words: 'Я приїхала з Харкова з донькою. Не знаю, з чого почати.', household: 'Донька, 9 років.' },
      contact: { ways: ['phone'], phone: '+45 00 00 00 01', times: 'Efter klokken 15' },
      deeds: [{ does: 'take', daysAgo: 4 }],
    },
    {
      daysAgo: 20,
      service: 'viborg-midlertidig-bolig-fordrevne',
      particulars: { name: 'Olena Kravtjuk', birthDate: '1985-06-30', area: 'DK-0791', language: 'uk' },
      situation: { words: 'Vi bor hos bekendte og skal ud inden jul.' },
      contact: { ways: ['phone'], phone: '+45 00000001' },
      deeds: [
        { does: 'take', daysAgo: 19 },
        { does: 'see-papers', daysAgo: 18 },
        { does: 'assess', daysAgo: 18, note: 'Samtale med tolk.' },
      ],
    },
    {
      daysAgo: 33,
      service: 'viborg-bostoette-hjemme',
      particulars: {
        name: 'Poul Erik Sørensen',
        birthDate: '1958-08-15',
        area: 'DK-0791',
        address: 'Eksempelvej 1, 8800 Viborg',
      },
      situation: { words: 'Min kone plejer at hjælpe mig. Nu er hun selv syg.' },
      contact: { ways: ['post'] },
      enteredBy: { name: 'Kirsten Sørensen', relation: 'relative', consent: 'given' },
      deeds: [{ does: 'take', daysAgo: 32 }],
    },
  ],
}
const stuttgart: DemoStory = {
  pack: 'de-stuttgart',
  town: 'stuttgart',
  language: 'de',
  office: 'sozialamt',
  requests: [
    {
      daysAgo: 1,
      by: 'resident.stuttgart@example.org',
      service: 'gesamtplan-eingliederungshilfe',
      particulars: { name: 'Ilse Baumgärtner', birthDate: '1949-03-22', area: 'DE-08111' },
      situation: { words: 'Seit dem Schlaganfall brauche ich Hilfe, um allein wohnen zu bleiben.' },
      contact: { ways: ['email', 'phone'], email: 'resident.stuttgart@example.org', phone: '+49 711 0000001' },
    },
    {
      daysAgo: 6,
      service: 'fachstelle-wohnungsnotfaelle',
      particulars: { name: 'Jörg Weiß', birthDate: '1970-01-05', area: 'DE-08111' },
      situation: { words: 'Die Räumung ist für den 15. angesetzt.' },
      contact: { ways: ['phone'], phone: '+49 711 0000002' },
      deeds: [{ does: 'take', daysAgo: 5 }],
    },
    {
      daysAgo: 25,
      service: 'fachstelle-wohnungsnotfaelle',
      particulars: { name: 'Juergen Weiss', birthDate: '1970-05-01', area: 'DE-08111' },
      situation: { words: 'Ich habe Mietschulden und schlafe bei Freunden.' },
      contact: { ways: ['in-person'] },
      deeds: [
        { does: 'take', daysAgo: 24 },
        {
          does: 'ask-for-papers',
          daysAgo: 23,
          note: 'Bringen Sie sie mit, wenn Sie können. Wir haben schon angefangen.',
        },
      ],
    },
    {
      daysAgo: 3,
      service: 'gesamtplan-eingliederungshilfe',
      particulars: { name: 'Mehmet Yılmaz', birthDate: '2001-10-10', area: 'DE-08111' },
      situation: { words: 'Mein Nachbar möchte nach der Werkstatt in eine eigene Wohnung.' },
      contact: { ways: ['through'], through: { name: 'Helga Brandt', phone: '+49 711 0000003' } },
      enteredBy: { name: 'Helga Brandt', relation: 'neighbour', phone: '+49 711 0000003', consent: 'given' },
    },
  ],
}

/** The requests of the demo, region by region. All people are invented; their telephone numbers cannot be dialled. */
export const stories: readonly DemoStory[] = [kharkiv, viborg, stuttgart]
