import type { Locale } from '../i18n/text.ts'

/*
 * Words of social work from which German and Danish build their compounds, as they stand inside one.
 * They split Wohnungslosenhilfe and krisecenter before any vocabulary of a database exists.
 */
export const fieldWords: Readonly<Partial<Record<Locale, string>>> = {
  de: `abhängigkeit alkohol alltag alten alter altersarmut amt angebot angehörige angst anlauf anlaufstelle ansprechpartner anspruch
    antrag arbeit arbeitslos arbeitslosigkeit armut arzt assistenz asyl aufnahme ausbildung ausländer ausweis bahnhof
    bedarf befreiung begegnung begleitung behandlung behinderung beihilfe beitrag beratung beruf betreuung betroffene
    bezirk bildung blinden bürger café caritas demenz diakonie dienst drogen einbürgerung eingliederung einkommen einrichtung
    eltern energie entgiftung entlastung erholung ernährung erziehung essen ehe fahrdienst fahrt familie familien ferien
    flucht flüchtling förderung frauen freiwillige freizeit freund früh frühförderung garten gebärdensprache geburt
    gefängnis gehörlosen geld gemeinde gemeinschaft gericht geschwister gespräch gesundheit gewalt gruppe haft hauptamt
    haus haushalt heim herberge hilfe hospiz information inklusion integration jobcenter job jugend junge
    kasse kinder kind kirche kita kleider kleidung klinik konflikt konto kranken krankheit krankenkasse krise krisen
    kultur kur kurs laden lebens lebenslage leistung lern lotse männer mädchen medizin migration migranten mieter miet miete
    mittag mobil mobilität mutter mütter nachbarn nachbarschaft nachhilfe nacht not notfall notruf notschlafstelle
    obdachlos obdachlose opfer partner paten patenschaft patienten pflege plan platz praxis projekt psychiatrie psycho
    quartier rat recht rechts rente renten rehabilitation schlaf schuld schulden schuldner schule schul schutz schwangere schwangerschaft
    seelsorge selbst selbsthilfe senioren service sexual siedlung sozial sozialarbeit sozialhilfe spenden spiel sport
    sprache sprach stadt stadtteil station stelle sterbe stiftung straße straffälligen student sucht suppe
    suppenküche küche tafel tages tagesstätte stätte tag teil teilhabe telefon therapie tier trauer trauma treff treffpunkt überbrückung
    übergang übernachtung umzug unfall unterhalt unterkunft unterstützung urlaub vater väter verein verfahren vermittlung
    versicherung versorgung verwaltung vormund vorsorge wache waisen wärme wäsche wege weiterbildung werkstatt witwen wohn
    wohnen wohngeld wohngruppe wohnheim wohnraum wohnung wohnungslos wohnungslose wohnungslosigkeit wohnungsnot zahn zeit zentrum zimmer zuflucht zuschuss
    zuwanderer geflüchtete asylbewerber analphabeten grundsicherung sicherung prävention gesetz buch urkunde karte pass`,
  da: `adfærd afdeling afklaring aflastning aften aktivering aktivitet alder alkohol ambulant anbringelse angst ansøgning
    arbejde arbejds arbejdsløshed assistance asyl autisme barn barsel behandling beboer befordring bistand bedste beskæftigelse
    besøg bevilling bibliotek bil bo bolig bosted bostøtte botilbud brug bruger bruger café ramt brændt børn børne center central dag
    dagpenge dagtilbud demens depression dom døgn døv døve efterværn enlig ernæring erstatning familie ferie
    fertilitet flygtninge folke forening forebyggelse forsorg forsorgshjem forsikring forsøg forældre fritid fritids frivillig frivilligcenter fællesskab
    fødsel fogeds førtids gade genoptræning gravid gruppe gruppe gæld gælds hal handicap hjem hjemløs hjemløse hjemløshed hjemme hjælp hjælpe
    hjælpemiddel herberg herberge hospice hospital hus husly hverdag høre indsats indkomst indvandrer institution integration job jobcenter
    jura kontakt kommune kommunal kontanthjælp kort krise krisecenter krop kræft kultur kurs kvinde kvinder kvarter ledig ledsage
    ledsager ledsagelse leje lov læge lærer læring løn mad mand mande mennesker mentor middel middag misbrug misbrugs mobil mor mødre motion
    nabo natcafé nat nattevagt natte nød nødherberg offer omsorg ophold opholds opsøgende orlov overfald overgreb overgang patient penge
    pension pensionist person personlig pleje plejehjem plejeorlov pårørende psykiatri psykolog råd rådgiver rådgivning rehabilitering
    rejse ret rets retshjælp risiko samtale samtale samvær selvhjælp selvmord seksuel senior service sikring
    skade skilsmisse skole skyld social sogn sorg specialundervisning sprog sted stue stof stofmisbrug støtte støttekontakt
    studie sundhed sundheds sygdom syge sygehus sygepleje sygeplejerske tand tandlæge tegn tegnsprog telefon terapi tilbud tilskud
    tolk tolkning traume trivsel træning ung unge ungdom ungdoms undervisning uddannelse udsat udsatte udslusning varme veteran vejledning
    venner vold volds voldsramt voksen voksne vuggestue værested værksted varmestue ydelse ældre ældrecenter økonomi øre øjen`,
}
