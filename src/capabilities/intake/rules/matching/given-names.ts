import { skeletons } from './skeleton.ts'

/*
 * Given names that one person may bear in turn: the Ukrainian and the Russian form, the form of other languages, short forms.
 * One person a line; the first name stands for the line in the blocking keys (keys.ts), so it must not change.
 * A short form that many share (Саша, Женя) stands in each line.
 */
const families = `
Олександр Александр Александер Alexander Alexandre Олександер Олесь Сашко Саша Саня Шура Олекса Alex Aleks Sander Sandro Lex Алік
Олександра Александра Alexandra Леся Саша Шура Сандра Alessandra Олеся
Олексій Алексей Алексий Олекса Льоша Леша Альоша Алеша Alexis Alex Aleks
Олена Елена Алена Альона Єлена Лена Оленка Helena Helene Elena Olena Lena Lene Leni Helen Ellen Yelena Elin Eleni
Анатолій Анатолий Толя Толік Anatol
Андрій Андрей Андрійко Andreas Andrew Andre Andrea Anders Andrzej
Анна Ганна Аня Анюта Ганнуся Галя Нюра Anne Hannah Anni Annika Anja Anke Ann Annette Anny Hanne Hanna
Анастасія Анастасия Настя Настуся Стася Нася Anastasia Asya Ася
Ангеліна Ангелина Ліна Angelina Lina Геля Angela
Антон Антоній Антоша Тоша Anton Antonio Antonius Toni Tony Antoni
Антоніна Антонина Тоня Antonia Toni
Аліна Алина Аля Alina Alyona
Алла Алочка Аля Alla
Аліса Алиса Alice Алісія Alisa Alicia
Артем Артём Тьома Artjom Artyom Artem Артемій
Артур Arthur Artur
Арсен Арсеній Арсений Сеня Arsen
Богдан Данко Бодя Bohdan Bogdan
Богдана Дана Bohdana
Борис Боря Boris Borys
Вадим Вадік Вадя Wadim
Валентин Валя Валік Valentin Valentino
Валентина Валя Валюша Valentina Tina
Валерій Валерий Валера Valery Valeri
Валерія Валерия Лера Валерка Valeria Valerie
Варвара Варя Barbara Bärbel Babara Barbro
Василь Василий Вася Василько Васьо Basil Wassili Vasyl
Василина Vasylyna Вася Lina
Вероніка Вероника Ніка Вера Veronica Veronika Vroni
Вікторія Виктория Віка Вика Victoria Viktoria Vicky Tori Вікуся
Віктор Виктор Вітя Витя Victor Viktor
Віра Вера Вірочка Vera Wera Віруня
Віталій Виталий Віталік Виталик Vitali
Віталія Vitalia Віта Vita
Владислав Влад Владік Слава Vladyslav Vladislav Wladislaw
Владислава Влада Слава
Володимир Владимир Вова Володя Вовка Vladimir Waldemar Волода
В’ячеслав Вячеслав Славко Слава Viacheslav
Геннадій Геннадий Гена Gennady Хенадій
Георгій Георгий Юрій Жора Гоша Georg George Jørgen Jürgen Юра Yurii Юрий Jörg Jurek Юрко
Галина Галя Галинка Galina Halina Halyna
Григорій Григорий Гриша Гриць Грицько Gregor Gregory Gregers
Данило Данил Даниил Данія Даня Daniel Dan Danny Danilo Даниїл
Даніела Daniela Daniella Danielle Dani
Дарина Даряна Daryna Даша Дарія Дарья Дарія Daria Dasha Darja Даринка
Денис Дионисий Денисик Dennis Denis Діонісій
Діана Диана Diana Діна
Дмитро Дмитрий Дмитрій Діма Дима Митя Dima Дмитрик Dimitri Mitja
Едуард Эдуард Едік Edward Eduard Eddie Edvard
Емілія Эмилия Emilia Emilie Emily Міля Emmi
Ельвіра Эльвира Elvira Еля
Єва Ева Eva Eve Evi Ewa
Євген Евгений Женя Євгеній Eugen Eugene Geka Жека
Євгенія Евгения Женя Eugenia Eugenie
Єгор Егор Yegor Гоша
Єлизавета Елизавета Ліза Лиза Elisabeth Elizabeth Elisabet Lisa Elise Else Elsa Lisbeth Lise Betty Bettina Elsbeth Liesel Sissi Liza Елізабет
Захар Zakhar Zacharias Zach
Зінаїда Зинаида Зіна Зина Zina
Зоя Zoya Zoia Zoe
Зоряна Zoriana Зоря
Іван Иван Ваня Івась Іванко Johannes Johann Johan John Hans Jan Jens Jon Juan Ян Jannik Hannes Ivan Iwan Янек Giovanni Jean
Іванна Иванна Яна Johanna Johanne Joanna Hanna Ivanna Jana Jane Janina Jeanne
Ігор Игорь Ігорко Гарік Igor Гоша
Ілля Илья Ілько Іля Elias Ilja Ilya Ilia
Інна Инна Інночка Inna Inne
Інга Инга Inga Inge Inger Ingeborg Ingrid
Ірина Ирина Іра Ира Ярина Іринка Irene Iryna Irina Irena Iren
Йосип Иосиф Осип Юзик Josef Joseph Josip Yosyp Joe Sepp Jozef
Каміла Камилла Camilla Kamilla Kamila Мила
Карина Karina Carina Karin Karen Каріна
Катерина Екатерина Катя Катруся Катріна Катерінка Katharina Catherine Kathrine Katrine Katarina Karen Käthe Kathe Cathrine Kate Katja Kathrin Trine Katrin Kati
Кирило Кирилл Киря Kyrylo Kirill Cyril
Кіра Кира Kira
Клавдія Клавдия Клава Claudia
Клаус Klaus Claus Nikolaus Niklas Nicklas Миколаус
Костянтин Константин Костя Костик Konstantin Constantin
Крістіна Кристина Христина Христя Christina Kristina Christine Kirsten Kristine Stine Christa Tina Krista Krystyna Chrissi
Крістіан Кристиан Christian Kristian Chris Christen Karsten Carsten Krzysztof
Христофер Christoph Christopher Christoffer Kristoffer Chris Stoffer Kristof
Ксенія Ксения Оксана Аксенія Ксеня Ксюша Xenia Xena Oxana Oksana Ксана
Лариса Лора Лара Larisa Laryssa Larissa
Лев Лева Левко Льова Leo Leon Leonhard
Леонід Леонид Льоня Леня Leonid Leo
Лідія Лидия Ліда Лида Lydia Lidia
Лілія Лилия Ліля Lily Lilia Lilli Lilian
Любов Любовь Люба Lyubov Liubov
Людмила Люда Люся Міла Мила Ludmilla Ljudmila Ludmila
Лука Luka Lukas Lucas Luke Луцій Luca
Максим Макс Maxim Max Maximilian Maks Maxime
Маргарита Рита Margarete Margarita Margarethe Margrethe Grete Greta Gretel Margit Margaret Gitte Merete Rita Grethe Meta Марго
Марина Марінка Marina Marine
Марія Мария Маша Маруся Марійка Марічка Maria Marie Mary Mariia Maren Mia Marija Mie Ria Mariechen Mimi
Маріанна Марьяна Мар’яна Marianne Marianna Mariana Маріана
Марк Марко Marcus Markus Marc Mark
Мартін Мартин Martin Morten Marten Martinus
Марта Марфа Marta Martha Marthe
Матвій Матвей Матвійко Matthias Mathias Matthew Mads Mats Mattias Matthäus Matteo Мотя
Микита Никита Нікіта Нікітос Nikita Mykyta
Микола Николай Коля Миколка Nikolai Nicolas Nikolaj Nicholas Nikolas Nick Нік Niels Nils Nicolai Klaus
Михайло Михаил Миша Міша Мишко Michael Mikkel Mikael Michel Michal Mike Mischa Mikhail Mykhailo Mick
Михайлина Michaela Mikaela Michaele
Мирослав Мирко Miroslav Слава Miroslaw
Мирослава Мира Слава Miroslava Міра
Надія Надежда Надя Надійка Nadia Nadja Nadine Nadeschda
Назар Назарій Nazar Назарко
Наталія Наталя Наталья Ната Наташа Наталка Natalie Natalia Nathalie Natascha Natasja Тата
Нестор Nestor
Ніна Нина Nina
Ольга Оля Олька Olha Olga Helga Helle Ольгуня
Олег Oleh Oleg Олежик Holger Helge
Орест Orest
Остап Ostap
Павло Павел Паша Павлик Paul Poul Pavel Pavlo Paulus Pawel Pablo Palle
Павлина Полина Поліна Поля Paulina Pauline Paula Полінка
Петро Пётр Петр Петя Петрик Peter Peder Petrus Per Pierre Pete Petri Piotr
Платон Platon
Раїса Раиса Рая Raisa Raissa
Роман Рома Ромко Roman Ромчик
Романа Romana Рома
Ростислав Ростик Rostyslav Слава
Руслан Русік Ruslan
Руслана Ruslana
Світлана Светлана Світа Света Svitlana Svetlana Swetlana Свєта Lana
Святослав Слава Святік Svyatoslav
Семен Семён Сеня Simon Semen Semyon Søren Severin Симон
Сергій Сергей Серьожа Сережа Сергійко Serge Sergio Сірьога Serhii Sergej Серёжа
Соломія Соля Solomiia Salome
Софія София Соня Софійка Sophia Sophie Sofie Sonja Sonya Sofia
Станіслав Станислав Стас Stanislav Слава Stanislaw
Степан Степа Стефан Stefan Stephan Steffen Steven Stephen Steve Stepan Stefano Штефан
Стефанія Stefanie Stephanie Steffi Stefania Fanny
Тамара Тома Tamara
Тарас Тарасик Taras
Тетяна Татьяна Таня Тетянка Tatiana Tatjana Tanja Tanya Tetiana Тата
Тимофій Тимофей Тимоша Timo Timothy Tim Тіма Timotheus
Тимур Timur Тіма
Томас Thomas Tomas Tom Tommy Хома Фома
Уляна Ульяна Уля Julianna Uliana Juliane Juliana
Федір Федор Фёдор Федя Theodor Fedir Fedor Fyodor Theo Teodor
Філіп Филипп Пилип Philipp Philip Filip Phil
Юлія Юлия Юля Юлька Julia Julie Juliane Jule Юлечка Juliet
Юліан Юлиан Julian Julius Юлій
Яна Янка Jana Jane Iana
Яків Яков Яша Jakob Jacob James Якуб Jakub Jack Jeppe Ib
Ярослав Слава Ярко Ярик Яр Yaroslav Jaroslaw
Ярослава Слава Yaroslava
Agnes Agnete Agneta
Albert Albrecht Adalbert Bert Al
Alfred Fred Alf Freddy Fredi
Amalie Amalia Mali Malle Amelia Amélie
Astrid Asta Estrid
Bernhard Bernd Bernt Bent Bernard Bernhardt Bjarne
Birgit Birgitte Brigitte Gitte Birgitta Britta Gitta Birthe Berit Britt
Bjørn Björn Bjarne
Christiane Christiana Kristiane Jane
Cornelia Conny Nelly Corinna
Dieter Dietrich Detlef Didi Tjark
Dorothea Dorothee Dorthe Dorte Dörte Thea Dora Doris Дороті
Edith Edit Edda
Emma Emmi Erma Irma
Erik Eric Erich Erick Jerik
Ernst Ernest Erni
Esther Ester Еster
Frank Francis Franz Frans Franziskus Franco
Franziska Franzi Frances Franka Sissi Fransiska
Friedrich Frederik Fritz Fred Frederick Fredrik Friedel Freddy
Friederike Frederikke Rike Frida Frieda Rikke
Gabriele Gabi Gabriela Gaby Gabrielle
Gerhard Gerd Gert Gerhardt Gert-Jan
Gertrud Gerda Trude Gertrude Traudel
Gisela Gisa Gisele Gila
Günter Günther Gunter Gunnar
Gustav Gustaf Gösta
Hartmut Harm Hartwig
Heike Heidi Adelheid Hedwig Hedi Heidrun
Heinrich Heinz Henrik Henry Henri Hinrich Heiner Harry Henning Hendrik Heiko
Henriette Jette Henrike Rikke Henny
Hermann Herman Armin Harm
Horst Horsti
Hubert Bert Hugo
Ida Ide Itta
Ilse Elsa Else Ilsa
Jacqueline Jaqueline Jacky
Jasmin Yasmin Jasmine Yasemin
Jennifer Jenny Jenni
Jonas Jona Jonathan Jon Joonas
Joachim Achim Jochen Jochim Jokum
Jørn Jörn
Jutta Jytte Judith
Karl Carl Karlheinz Charles Carlo Kalle Carsten
Karoline Caroline Carolin Line Karolina Carola Karla Carla Lina
Klara Clara Claire Klaire
Konrad Kurt Conrad Kort Conny
Kasper Casper Kaspar Jasper Jesper
Laura Lara Laurine
Laurits Lorenz Lars Lauritz Laurenz Laust Lasse
Leif Leiv
Louise Luise Lovise Luisa Lulu Louisa
Ludwig Louis Ludvig Lutz
Magdalena Magdalene Lena Malene Magda Madeleine Malena Lene Leni
Magnus Mogens Mons
Manfred Manni Fred
Michelle Michele
Monika Monica Moni Mona
Mette Mathilde Matilde Mathilda Matilda
Nadin Nadine
Oliver Ole Olli Olav Olaf Oluf Oliwer
Otto Otte Udo
Patrick Pat Patrik
Petra Peti
Pia Piet
Rasmus Erasmus
Regina Regine Gina
Renate Rena Renata Nate
Richard Rick Ricky Rikard Rico
Robert Rob Bob Robbie Robin Rupert
Rolf Rudolf Rudi Rudolph Roluf Ralf Ralph
Rosa Rosi Rose Rosemarie Rosalie
Sabine Bine Sabrina
Sebastian Basti Bastian Sebi
Siegfried Sigi Sigurd Sigfred
Sigrid Siri Sigi
Silke Cäcilie Cecilie Cecilia Silje Sille Сесілія
Silvia Sylvia Sylvie Silvie Сільвія
Susanne Susanna Sanne Susi Susan Suzanne Zuzanna Sus
Søren Soren Severin
Svend Sven Svenne Swen
Svenja Svea
Tobias Tobi Tobi
Torben Thorbjørn Torbjörn
Trygve Tryggve
Ulrich Uli Ulrik Utz Ullrich
Ulrike Ulla Uli Rike Ulrikke
Ursula Uschi Ulla Ursel Uschka
Uwe Ove Uve
Vibeke Wiebke Vibe
Walter Walther Valdemar Walti
Werner Verner Varner
Wilhelm Willi Willy William Vilhelm Helmut Wim Villy Will Bill
Wilhelmine Minna Mina Vilhelmine Helma Wilma
Wolfgang Wolf Wolfi
Muhammad Mohammed Mohamed Muhammed Mehmet Mohammad Mahomet
Ahmad Ahmed Ahmet
Ali Aly
Fatima Fatma Fatme Fatemeh
Aisha Ayse Aischa Aysha Aicha
Yusuf Youssef Yousef Jusuf
Mustafa Moustafa Mustapha
Hussein Hüseyin Husain Hussain
Khadija Hatice Khadijah
Ibrahim Abraham Ibrahem
Omar Umar Ömer
Zeynep Zainab Zeinab Zaynab
`

/** Frequent names that have no forms of their own: that they are known tells one person from another. */
const others = `
Орися Одарка Злата Мілана Вікторина Домініка Роксолана Ярина Неля Нонна Жанна Регіна Тереза Фаїна Майя Ада Арина Кароліна Мілена Снежана
Гліб Семенко Мирон Мар’ян Омелян Еміль Зіновій Лук’ян Любомир Всеволод Герман Давид Ельдар Рустам Радислав Устим Юхим Яким Кузьма Макар Адам Демид Добриня
Leonie Leoni Mia Lea Lia Lina Marlene Nina Nora Sara Sarah Selma Stella Tabea Tanja Theresa Vanessa Yvonne Zoe Amelie Anouk Carlotta Charlotte Elif Finja Greta Hilde
Hildegard Ines Isabella Isabel Jolanda Judith Lilly Lotte Luzie Manuela Marion Marlies Martina Melanie Melina Merle Mila Nele Nicole Olivia Ronja Rosalie Ruth Sandra Simone
Tamara Ute Waltraud Angelika Annemarie Anneliese Bettina Bianca Christel Dagmar Doris Elke Elfriede Erika Gudrun Helga Ilona Irmgard Jessica Jana Karola Katja Kerstin Liselotte
Benjamin Ben Bruno Dominik Elias Emil Fabian Felix Finn Florian Frederik Gabriel Hannes Jannis Julius Kai Kevin Kilian Lennard Levin Linus Louis Malte Marcel Marius Marvin Mattis
Maximilian Moritz Nico Noah Norbert Oskar Pascal Paul Philipp Rainer Reinhard Reinhold René Roland Samuel Silas Simon Stefan Theodor Till Timo Torsten Thorsten Valentin Vincent Volker Xaver Herbert Günter
Aase Alberte Alma Amalie Asta Bente Bodil Clara Ditte Ella Ellen Freja Frida Gry Hedvig Helene Ingelise Isabella Josefine Karla Kaja Laila Liv Lone Lotte Maja Malou Merete Nanna
Naja Natasja Nora Olivia Pernille Randi Ronja Sanne Signe Smilla Solveig Thea Tilde Tove Trine Viola Winnie Yrsa Åse Ane Lis Line Lærke Luna
Aage Aksel Allan Anker Arne Asger Asbjørn August Bo Brian Børge Dan Ejner Emil Esben Finn Flemming Frode Gunnar Gorm Hugo Ivar Jannik Jarl Johnny Kaj Keld Kenneth Kim Knud Kåre Lauge Malthe Marius Nikolaj
Noah Oscar Per Poul Preben Regner Rune Silas Steen Storm Sune Tage Teis Troels Ulf Valdemar Verner Viggo Villads Vagn Åge Ejvind Elmer
Amina Amira Amir Bilal Emre Emine Farid Hamza Hasan Hassan Jamal Karim Khaled Laila Leyla Malik Maryam Mariam Mahmoud Mehdi Nadir Noor Nour Osman Rania Samir Selim Zahra Zara Yasin
`

const skeletonsOf = (name: string) => skeletons(name.toLowerCase().replace(/[’-]/g, ''))
const lines = families
  .trim()
  .split('\n')
  .map((line) => line.split(' ').map(skeletonsOf))
const linesOf = new Map<string, Set<string>>()
const alone = others.match(/\p{L}[\p{L}’]*/gu) ?? []
for (const name of alone) {
  const own = skeletonsOf(name)
  // what stands in a line above is a form of another name
  if (!own.some((skeleton) => lines.flat(2).includes(skeleton))) lines.push([own])
}
for (const line of lines) {
  const canonical = line[0]?.[0] ?? ''
  for (const skeleton of line.flat()) linesOf.set(skeleton, (linesOf.get(skeleton) ?? new Set()).add(canonical))
}

/** The names, as skeletons, that a given name may stand for: none for a name that the list does not know, several for Саша. */
export function standsFor(readings: readonly string[]): readonly string[] {
  return [...new Set(readings.flatMap((skeleton) => [...(linesOf.get(skeleton) ?? [])]))]
}
