import type { Locale } from '../i18n/text.ts'
import { normalise } from './tokens.ts'

function set(list: string): ReadonlySet<string> {
  return new Set(normalise(list).split(/\s+/).filter(Boolean))
}

/** Words without content, too frequent to find anything. Short on purpose: a word missing here costs little, one too many hides services. */
export const stopWords: Readonly<Record<Locale, ReadonlySet<string>>> = {
  en: set(`a an and any are as at be been but by can could do does for from had has have how i if in into is it its
    me my need no not of on or our shall should so some that the their them then there these they this those to us was
    we were what when where which who whom why will with would get find want looking you your`),
  uk: set(`а або але б би був була були було бути в вам вас ваш ваша ваші весь ви від він вона вони воно все всі всіх
    де до для є ж за з зі із і й його її їх їхній як яка який яке які якщо коли куди між мене мені ми мій моя мої на над
    нам нас наш наша наші не ні о об по під при про та так також там те ти тим тих то той тому тут у усі хто це цей ця ці
    цього цих через чи чим що щоб я ще вже себе треба можна шукаю хочу потрібен потрібна потрібно потрібні отримати знайти`),
  da: set(`af alle andet at blev blive bliver da de dem den denne der deres det dette dig din dine disse dit dog du
    efter eller en end er et for fra får få ham han hans har havde hende hendes her hos hvad hvem hver hvis hvor hvordan
    hvornår i ikke ind jeg jer jeres jo kan kunne man med meget men mig min mine mit må nogle noget nogen nu når og også
    om op os over på sig sin sine sit skal skulle som så til ud under var ved vi vil ville være været brug søger finde`),
  de: set(`aber alle allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da damit dann
    das dass dazu dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch
    ein eine einem einen einer eines er es etwas euch euer eure für hab habe haben hat hatte hatten hier hin ich ihm ihn ihnen ihr
    ihre ihrem ihren ihrer im in ist ja jede jedem jeden jeder jedes kann kannst können man mein meine meinem meinen
    meiner mich mir mit muss müssen nach nicht noch nur ob oder ohne sehr sein seine seinem seinen seiner sich sie sind
    so soll sollen sonst über um und uns unser unsere unter vom von vor war waren was wenn wer werden wie will wir wird
    wo wollen zu zum zur zwischen innen brauche brauchen suche bekomme bekommen finde finden`),
}
