import type { Marks } from './marks.ts'

/** A record with nothing but what is given. */
export const marks = (name: string, more: Partial<Marks> = {}): Marks => ({
  name,
  phones: [],
  emails: [],
  documents: [],
  ...more,
})

/** Two spellings of one name, as records of four countries have them: letter by letter the same. */
export const spellings: readonly (readonly [string, string])[] = [
  // resolution no. 55 of 27 January 2010
  ['Гриценко Наталя Іванівна', 'Natalia Hrytsenko'],
  ['Згурський Юрій', 'Yurii Zghurskyi'],
  ['Ґалаґан Знаменська Євгенія', 'Yevheniia Galagan Znamenska'],
  ['Щербакова Їжакевич Юлія', 'Yuliia Shcherbakova Yizhakevych'],
  ['Харченко В’ячеслав', 'Viacheslav Kharchenko'],
  ['Короп’є Соломія', 'Solomiia Koropie'],
  ['Жадан Яків', 'Yakiv Zhadan'],
  // other countries' spellings of the same
  ['Шевченко Олександр', 'Oleksandr Schewtschenko'],
  ['Шевченко Олександр', 'Sjevtjenko, Oleksandr'],
  ['Шевченко Олександр', 'Szewczenko Ołeksandr'],
  ['Гриценко Наталія', 'Nataliya Gritsenko'],
  ['Гриценко Наталія', 'Hryzenko, Natalija'],
  ['Зеленський Євген', 'Jewhen Selenskyj'],
  ['Хоменко Ігор', 'Ihor Chomenko'],
  ['Цимбал Ольга', 'Olga Zymbal'],
  ['Чорний Сергій', 'Serhij Tschornyj'],
  ['Юрченко Юлія', 'Julija Jurtschenko'],
  // letters of Germany and Denmark
  ['Jürgen Müller', 'Juergen Mueller'],
  ['Jürgen Müller', 'JURGEN MULLER'],
  ['Käthe Groß', 'Kaethe Gross'],
  ['Sørensen-Møller, Åse', 'Aase Soerensen-Moeller'],
  ['Søren Kjær', 'Soren Kjaer'],
  ['Bjørn Østergård', 'Bjoern Oestergaard'],
  ['Мюллер Юрген', 'Jürgen Müller'],
  ['Frau Dr. Renate Weiß', 'Weiss, Renate'],
  ['Ludwig van der Berg', 'Berg, Ludwig'],
]

/** Two names that one person has: forms, halves, slips. */
export const sameNames: readonly (readonly [string, string])[] = [
  // Russian forms
  ['Мельник Микола Сергійович', 'Мельник Николай Сергеевич'],
  ['Коваленко Олена', 'Elena Kovalenko'],
  ['Шевченко Олександр', 'Alexander Schewtschenko'],
  ['Пилипенко Дмитро', 'Пилипенко Дмитрий'],
  ['Ковальов Андрій', 'Andrey Kovalyov'],
  // short forms
  ['Бондар Наталія Петрівна', 'Бондар Ната'],
  ['Ткаченко Олександр', 'Sasha Tkachenko'],
  ['Лисенко Марія', 'Лисенко Марійка'],
  ['Hans-Peter Weber', 'Peter Weber'],
  ['Christina Holm', 'Stine Holm'],
  ['Elisabeth Wagner', 'Lisa Wagner'],
  ['Bob Miller', 'Robert Miller'],
  // half of a double name
  ['Renate Müller-Lüdenscheidt', 'Renate Müller'],
  ['Anne Nielsen Holm', 'Anne Holm'],
  // slips
  ['Гриценко Наталя', 'Гирценко Наталя'],
  ['Lüdenscheidt Renate', 'Ludenscheid Renate'],
  ['Christensen Mette', 'Christesen Mette'],
]

/** Two people whose names resemble each other. */
export const otherNames: readonly (readonly [string, string])[] = [
  ['Коваль Марія', 'Коваль Марина'],
  ['Коваль Іван Петрович', 'Коваленко Іван Сергійович'],
  ['Шевченко Артем', 'Шевченко Артур'],
  ['Hans Müller', 'Heinz Müller'],
  ['Leonie Martin', 'Maria Martin'],
  ['Mette Hansen', 'Metha Jensen'],
  ['Lasse Friis', 'Friis Anders'],
  ['Mads Hansen Bjørn', 'Pia Hansen Bjørn'],
  ['Шевченко Олександр Іванович', 'Шевченко Олександра Іванівна'],
  ['Werner-Müller, Bernd', 'Werner-Müller, Oliver'],
]
