import type { Locale } from '../i18n/text.ts'

/** What people type, a slash, and words of a card (separated by commas) that must be found by it. */
const meeting: Readonly<Record<Locale, string>> = {
  uk: `
    притулку / притулок, притулки, притулків, притулках, притулком
    притулок / притулку, притулкам
    дитина / діти, дітей, дітям, дітьми, дітях, дитини, дитині, дитиною
    дітей / дитина, дитину
    людина / люди, людьми, людей, людям, людиною
    людьми / людина
    дім / дому, домі, домів, домами, домом
    око / очі, очей, очима, ока
    послуга / послуги, послуг, послузі, послугами, послугою
    допомога / допомоги, допомозі, допомогу, допомогою
    безпека / безпеці, безпеки
    школа / школи, шкіл, школі, школах
    жінка / жінки, жінок, жінці, жінкам, жінками
    переселенець / переселенці, переселенця, переселенців, переселенцям
    біженці / біженець, біженців, біженцям
    інвалідність / інвалідності, інвалідністю
    сім’я / сім'ї, сім'ю, сім'єю, сімей, сім'ям, сімʼями
    лікарня / лікарні, лікарню, лікарень, лікарнях
    лікар / лікаря, лікарі, лікарів, лікарем, лікареві
    соціальний / соціальна, соціальне, соціального, соціальної, соціальними, соціальних
    правова / правовий, правові, правової, право
    житло / житла, житлом, житловий, житлова
    консультація / консультації, консультацій, консультаціями
    консультування / консультуванням, консультуванню
    кімната / кімнати, кімнат, кімнаті, кімнатами
    програма / програми, програм, програмою, програмах
    проблема / проблем, проблеми, проблемами
    система / системи, систем, системою
    пенсіонер / пенсіонери, пенсіонерів, пенсіонерам
    батьки / батьків, батькам, батько, батькові
    мати / матері, матерів, матерям, мама
    родина / родини, родин, родиною, родинам
    сирота / сироти, сиріт, сиротам
    ветеран / ветерани, ветеранів, ветеранам
    догляд / догляду, доглядом, догляді
    надання / наданню, наданням, наданні
    насильство / насильства, насильству, насильством
    робота / роботи, робіт, роботу, роботою
    навчання / навчанню, навчанням, навчанні
    працівник / працівники, працівників, працівниця, працівниці
    заява / заяви, заяв, заяву, заявою
    довідка / довідки, довідок, довідці, довідкою
    документ / документи, документів, документами
    паспорт / паспорта, паспорти, паспортів
    рік / року, роки, років, роках
    день / дня, дні, днів, днями
    тиждень / тижня, тижні, тижнів
    місто / міста, місті, містах, містом
    район / району, районі, райони, районів
    область / області, областей, областю
    громада / громади, громад, громаді, громадою
    військовий / військові, військових, військовим
    поранений / поранені, поранених, пораненим
    гроші / грошей, грошима, грошам
    виплата / виплати, виплат, виплату
    субсидія / субсидії, субсидій, субсидію
    здоров'я / здоров’ю, здоровʼям
    адвокат / адвоката, адвокати, адвокатів
    музей / музею, музеї, музеїв
    вечеря / вечері, вечерю
    ґанок / ганок
    ніч / ночі, ночей
    психолог / психолога, психологи, психологів, психологічна
    діагноз / діагнози, діагнозу
    вагітна / вагітні, вагітних, вагітної
    дружина / дружини, дружин, дружині
    хлопець / хлопця, хлопці, хлопців
    дівчина / дівчини, дівчині
    вчитель / вчителя, вчителі, вчителів
    прийом / прийому, прийоми
    будинок / будинку, будинки, будинків
    осінь / осені
    стіл / стола, столу, столи
    подруга / подруги, подрузі
    соціально-психологічна / соціально-психологічної, соціально-психологічний`,
  da: `
    børnene / børn, barn, barnet, børns
    barn / børn, børnenes
    kommunen / kommune, kommuner, kommunerne, kommunal
    kommune / kommunens, kommunalt
    krisecenter / krisecentre, krisecentret, krisecentrene, krisecenteret
    center / centre, centret
    mand / mænd, mænds, mændene
    kvinde / kvinder, kvindens, kvinderne
    hjemløs / hjemløse, hjemløshed, hjemløses
    hjælp / hjælpe, hjælpen, hjemmehjælp, retshjælp
    hjemmehjælp / hjemmehjælpen
    bolig / boliger, boligen, boligerne, ungdomsbolig
    rådgivning / rådgivningen, gældsrådgivning, raadgivning
    gæld / gælden, gældsrådgivning
    vold / volden, voldsramt
    voldsramt / voldsramte
    forælder / forældre, forældrene, forældres
    forældre / forælder
    ældre / ældres, ældrecenter
    bror / brødre, broren
    søster / søstre, søsteren
    datter / døtre, datteren
    mor / moren, mødre
    far / faren, fædre
    tand / tænder, tandlæge
    bog / bøger, bogen
    nat / nætter, natcafé
    hånd / hænder
    søn / sønner, sønnen
    ven / venner
    menneske / mennesker, menneskets, menneskene
    handicap / handicappet, handicappede
    misbrug / misbruget, misbrugsbehandling
    behandling / behandlinger, behandlingen, misbrugsbehandling
    støtte / støtten, støtter, bostøtte
    bosted / bosteder, bostedet
    tilbud / tilbuddet, tilbuddene, botilbud
    plejehjem / plejehjemmet, plejehjemmene
    pleje / plejen, plejehjem, sygepleje
    flygtning / flygtninge, flygtningen, flygtningene
    ung / unge, unges
    skole / skoler, skolen, skolerne
    læge / læger, lægen, tandlæge
    psykolog / psykologer, psykologen
    sygdom / sygdomme, sygdommen
    penge / pengene, dagpenge
    ansøgning / ansøgninger, ansøgningen
    borger / borgere, borgeren, borgerne
    pårørende / paaroerende
    værested / væresteder, værestedet
    herberg / herberger, herberget
    forsorgshjem / forsorgshjemmet
    selvmord / selvmordet
    tolk / tolke, tolken, tolkebistand
    familie / familier, familien, familierne
    angst / angsten
    ydelse / ydelser, ydelsen
    kontanthjælp / kontanthjælpen
    samtale / samtaler, samtalen
    sorg / sorgen, sorggruppe
    gruppe / grupper, gruppen, sorggruppe
    frivillig / frivillige, frivilligt
    Aarhus / Århus
    Århus / Aarhus
    pension / pensionen, førtidspension
    arbejde / arbejdet, arbejder
    jobcenter / jobcentret, jobcentre
    værksted / værksteder, værkstedet
    plejebarn / plejebørn, plejebørnene`,
  de: `
    Wohnungslose / Wohnungslosenhilfe, wohnungslos, Wohnungsloser
    Wohnungslosen / Wohnungslosenhilfe
    Hilfe / Wohnungslosenhilfe, Hilfen, Jugendhilfe, Nachbarschaftshilfe
    Haus / Häuser, Häusern, Frauenhaus, Frauenhäuser, Hauses
    Haeuser / Häuser, Haus
    Frauenhaus / Frauenhäuser, Frauenhäusern
    Kind / Kinder, Kindern, Kindes
    Kinder / Kindergarten, Kinder- und Jugendhilfe
    Frau / Frauen, Frauenberatung
    Mann / Männer, Männern, Männerberatung
    Mutter / Mütter, Müttern
    Vater / Väter, Vätern
    Arzt / Ärzte, Ärztin, Ärztinnen, Arztes
    Aerzte / Arzt, Ärzte
    Amt / Ämter, Jugendamt, Sozialamt
    Beratung / Beratungen, Schuldnerberatung, Sozialberatung
    Berater / Beraterin, Beraterinnen, Berater:innen, Berater*in
    Schuldner / Schuldnerin, Schuldnerberatung
    Schulden / Schuld, Schuldenberatung
    Pflege / Pflegeheim, Pflegedienst, Pflegen
    Pflegeheim / Pflegeheime, Pflegeheimen, Pflegeheims
    Heim / Heime, Heimen, Pflegeheim, Altersheim, Wohnheim
    Straße / Strasse, Straßen
    Strasse / Straße
    Wohnung / Wohnungen, Wohnungsnot
    Unterkunft / Unterkünfte, Notunterkunft
    Notunterkunft / Notunterkünfte
    Geflüchtete / Geflüchteten, Geflüchteter
    Gefluechtete / Geflüchtete
    Flüchtling / Flüchtlinge, Flüchtlingen, Flüchtlingsheim
    Behinderung / Behinderungen
    Mensch / Menschen
    Familie / Familien, Familienhilfe
    Jugend / Jugendamt, Jugendhilfe
    Jugendliche / Jugendlichen, Jugendlicher
    Senioren / Seniorinnen, Senior
    Rente / Renten, Rentenberatung
    Antrag / Anträge, Anträgen, Antrags
    Krankheit / Krankheiten
    krank / kranke, kranken, kranker
    psychisch / psychische, psychischen
    Sucht / Suchtberatung, Suchthilfe
    Gewalt / Gewaltschutz
    Krise / Krisen, Krisendienst
    Notfall / Notfälle, Notfällen
    Zentrum / Zentren, Familienzentrum
    Tochter / Töchter
    Zahn / Zähne, Zahnarzt
    Schule / Schulen, Schulamt
    Sprache / Sprachen, Sprachkurs
    Kurs / Kurse, Sprachkurs, Kursen
    Ausweis / Ausweise, Ausweises
    Gespräch / Gespräche, Gesprächen
    Obdachlose / obdachlos, Obdachlosen, Obdachlosenheim
    Alkohol / Alkoholsucht, Alkohols
    Tafel / Tafeln
    Essen / Mittagessen
    Kleidung / Kleidungen
    Geld / Gelder, Kindergeld, Wohngeld
    Stadt / Städte, Städten, Stadtteil
    Gehörlose / Gehörlosen, gehörlos
    Angehörige / Angehörigen, Angehöriger
    Bahnhof / Bahnhofs, Bahnhofsmission
    Dolmetscher / Dolmetscherin, Dolmetschern
    Behörde / Behörden
    kostenlos / kostenlose, kostenlosen
    Überschuldung / Ueberschuldung
    Hospiz / Hospize, Hospizdienst
    Trauer / Trauergruppe
    Gruppe / Gruppen, Trauergruppe`,
  en: `
    child / children, child's, childs, kids
    children / child
    person / people, persons, people's
    people / person
    woman / women, women's
    man / men, men's
    shelter / shelters, sheltered, sheltering
    home / homes
    homeless / homelessness
    family / families, family's
    disability / disabilities
    carer / carers, carer's
    service / services
    centre / center, centres, centers
    center / centre
    counselling / counseling, counsellor, counselor
    organisation / organization, organisations, organizations
    organization / organisation
    behaviour / behavior, behaviours
    neighbour / neighbor, neighbours, neighbourhood
    programme / program, programmes
    labour / labor
    foot / feet
    tooth / teeth
    wife / wives
    life / lives
    pension / pensions
    pregnant / pregnant
    pregnancy / pregnancies
    debt / debts
    violence / violence
    victim / victims, victim's
    refugee / refugees
    housing / housing, house
    house / houses, housing
    advice / advice
    adviser / advisers
    worker / workers
    training / trainings, train
    meal / meals
    clothes / clothes
    addiction / addictions
    illness / illnesses
    hospital / hospitals, hospitalisation, hospitalization
    doctor / doctors, doctor’s
    parent / parents, parent's, parenting
    baby / babies
    lady / ladies
    elderly / elderly
    benefit / benefits
    application / applications
    apply / applying, applies, applied
    rent / rents, rented
    city / cities
    support / supported, supporting, supports
    help / helps, helped, helping
    study / studies, studying
    visit / visits, visited, visiting
    school / schools
    teacher / teachers
    veteran / veterans
    interpreter / interpreters
    legal / legally
    emergency / emergencies
    café / cafe, cafes
    recognise / recognize, recognised
    specialised / specialized
    mother / mum, mothers
    e-mail / email`,
}

/** Pairs that look alike and mean something else: the first must not find the second. */
const parting: Readonly<Record<Locale, string>> = {
  uk: `
    притулок / прилад
    дитина / диван
    людина / лютий
    дім / дими
    око / окремий
    школа / шкода
    лікар / ліки
    місто / місяць
    рік / рука
    день / диня
    послуга / послідовність
    мати / матеріал
    матеріал / матерів
    батьки / багато
    пенсія / пенал
    гроші / горіх
    сім’я / сіль
    сімя / семестр
    кімната / кіно
    житло / життя
    осінь / основа
    ніч / ніж
    догляд / догма
    дочка / точка
    син / синтез
    хліб / хлопець
    карта / картопля
    жінка / жито
    громада / грім
    паспорт / спорт
    вчитель / читач
    район / рай
    область / обличчя`,
  da: `
    kommune / kommunikation
    kommunen / kommunikationen
    barn / barre
    barn / barsel
    børn / bøn
    mand / mandag
    mænd / mængde
    hjem / hjelm
    hjælp / hjelm
    gæld / gave
    bolig / bold
    nat / natur
    mor / humor
    mor / morgen
    far / fart
    tand / tang
    søn / søndag
    søster / sø
    skole / skulder
    læge / lager
    ung / ungarsk
    ældre / ælling
    råd / rad
    hus / husk
    sorg / sort
    køn / kunne
    penge / pendul
    pleje / pladser
    center / cent
    familie / fame
    kvinde / kvittering
    tolk / told`,
  de: `
    Hilfe / Hilde
    Haus / Haut
    Kind / Kinn
    Kinder / Kino
    Amt / Gesamt
    Rat / Heirat
    Not / Note
    Arzt / Art
    Alter / Alternative
    Alter / alternativ
    Pflege / Pflicht
    Pflege / Pflaster
    Heim / Heimat
    Schuld / Schulter
    Schule / Schulter
    Frau / Frage
    Mann / Mangel
    Mutter / Muster
    Vater / Vatikan
    Zahn / Zahl
    Rente / Rettung
    Krise / Kreis
    Kurs / kurz
    Geld / gelb
    Essen / Esel
    Stadt / Staat
    Sucht / Suche
    Wohnung / Wolle
    Tafel / Tal
    krank / Kran
    Bank / Bahn
    Mensch / Mensa
    Gewalt / Gewicht
    Traum / Trauer
    Ausweis / Ausland`,
  en: `
    child / chill
    carer / career
    care / car
    man / manual
    men / menu
    woman / wool
    home / homonym
    house / hour
    people / pepper
    foot / food
    tooth / tool
    wife / wifi
    life / lift
    debt / debate
    meal / metal
    help / helm
    school / scholar
    refuge / refund
    benefit / beneath
    advice / advance
    train / trail
    shelter / shell
    city / citation
    doctor / doctrine
    baby / babel
    family / famine
    visit / visa
    legal / legend
    worker / worry
    centre / century
    pension / pencil
    news / new
    universal / unity`,
}

export interface Pair {
  query: string
  text: string
}

function pairs(table: string): Pair[] {
  return table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [query = '', texts = ''] = line.split(' / ')
      return texts.split(',').map((text) => ({ query: query.trim(), text: text.trim() }))
    })
}

/** Pairs of a query and a text that it must find. */
export function mustMeet(locale: Locale): Pair[] {
  return pairs(meeting[locale])
}

/** Pairs of a query and a text that it must not find. */
export function mustNotMeet(locale: Locale): Pair[] {
  return pairs(parting[locale])
}
