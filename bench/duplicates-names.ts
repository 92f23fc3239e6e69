/** Names of the bench's people: the common ones first. Not those of the matcher. */

const named = (line: string) => {
  const [name = '', russian, ...short] = line.split(' ')
  return { name, russian: russian === '-' ? undefined : russian, short }
}
const latin = (line: string) => {
  const [name = '', ...short] = line.split(':')
  return { name, short }
}

export const girls =
  `Олена Елена Лена Оленка|Тетяна Татьяна Таня|Наталія Наталья Наташа Наталя Ната|Ірина Ирина Іра|Світлана Светлана Світа|Оксана Оксана Ксюша|Ольга Ольга Оля|Людмила Людмила Люда Люся|Марія Мария Маша Марійка|Анна Анна Аня|Юлія Юлия Юля|Катерина Екатерина Катя|Вікторія Виктория Віка|Галина Галина Галя|Анастасія Анастасия Настя|Валентина Валентина Валя|Любов Любовь Люба|Надія Надежда Надя|Інна Инна|Алла Алла|Лариса Лариса Лора|Ніна Нина|Дарина - Даша|Марина Марина|Софія София Соня|Вероніка Вероника Ніка|Діана Диана|Лідія Лидия Ліда|Аліна Алина Аля|Яна Яна|Віра Вера|Зоряна -|Христина Кристина Христя|Олександра Александра Саша Леся|Поліна Полина Поля|Соломія - Соля|Мирослава Мирослава Мира|Раїса Раиса Рая|Зінаїда Зинаида Зіна|Тамара Тамара Тома|Вікторина -|Єлизавета Елизавета Ліза|Маргарита Маргарита Рита|Карина Карина|Уляна Ульяна|Валерія Валерия Лера|Руслана Руслана|Антоніна Антонина Тоня|Євгенія Евгения Женя|Мілана -|Злата -|Домініка -|Стефанія -|Орися -|Ганна Анна Галя`
    .split('|')
    .map(named)
export const boys =
  `Олександр Александр Саша Сашко|Сергій Сергей Серьожа|Володимир Владимир Вова Володя|Андрій Андрей Андрійко|Микола Николай Коля|Іван Иван Ваня|Олексій Алексей Льоша|Юрій Юрий Юра|Віктор Виктор Вітя|Василь Василий Вася|Михайло Михаил Міша|Дмитро Дмитрий Діма|Ігор Игорь|Анатолій Анатолий Толя|Петро Петр Петя|Максим Максим Макс|Олег Олег|Роман Роман Рома|Віталій Виталий Віталік|Євген Евгений Женя|Валерій Валерий Валера|Павло Павел Паша|Ярослав Ярослав Слава|Богдан Богдан Бодя|Артем Артем Тьома|Денис Денис|Григорій Григорий Гриша|Вадим Вадим|Руслан Руслан|Владислав Владислав Влад|Тарас Тарас|Костянтин Константин Костя|Леонід Леонид Льоня|Станіслав Станислав Стас|Степан Степан|Данило Даниил Даня|Микита Никита|Борис Борис Боря|Назар Назар|Антон Антон|Ілля Илья|Федір Федор Федя|Остап -|Тимофій Тимофей Тимко|Геннадій Геннадий Гена|Кирило Кирилл|Святослав Святослав|Матвій Матвей|Георгій Георгий Жора|Марко -|Орест -|Захар Захар|Лук’ян Лукьян|Зіновій -|Еміль Эмиль`
    .split('|')
    .map(named)

export const familyStems =
  'Коваль Шевч Бонд Ткач Крав Олій Ів Марч Петр Мельнич Кузьм Павл Савч Гриц Левч Мороз Лис Романь Клим Семен Захар Вас Яков Сидор Гаврил Тимош Пономар Рудь Харч Кравч Панас Демч Юрч Ст Мартин Данил Дмитр Фед Нестер Власе Сав Черн Карп Литвин Остап Приход Прокоп Антон Голов Білоус Зінч Гонч Швець Хом Назар Вербиц Яворов Зелен Пилип Ярош Москал Гайду Щерба Жуків Цимба Дзюб Чумач Ющ Євтуш Яремч Кириле Вовч Заєць Зубр Бой Козл Соловй Ганж Шульж Дорош Онищ Терещ Якимч Кульч Сорок Гук Скрипн Трохим Лаврен Корніє Самійл Рогов Гнат Юхим Удович Лук’ян Згур Ґалаґан Хижня Чайкі Шпак Щур Жданю Цебр Пащ Дяч Ляш Нечипор Обух Ржев Багр Верем Глущ Дробот Єресь Їжак'.split(
    ' ',
  )
export const familyEndings =
  'енко ук ко ський енко ченко чук ов ін ик ець ак ун ай уха ило ура ень івський ак’янц'.split(' ')

export const germanFamilies =
  'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Öztürk Yılmaz Demir Kaya Nguyen Hassan Al-Khatib Lüdenscheidt Wiśniewski Kowalski Großkopf Fröhlich Übelacker Ähren Strauß Hübner Löffler Dörr Kästner Bühler Rößler'.split(
    ' ',
  )
export const danishFamilies =
  'Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Jakobsen Jacobsen Mikkelsen Olesen Frederiksen Laursen Henriksen Lund Holm Schmidt Eriksen Kristiansen Clausen Simonsen Svendsen Andreasen Iversen Jeppesen Mogensen Jespersen Nissen Lauridsen Frandsen Østergaard Jepsen Kjær Carlsen Vestergaard Jessen Nørgaard Dahl Christoffersen Skov Søndergaard Bertelsen Bruun Lassen Bach Gregersen Friis Johnsen Steffensen Kjeldsen Bech Krogh Lauritsen Danielsen Mathiesen Andresen Brandt Winther Toft Ravn Mathiasen Dam Holst Nilsson Lind Berg Schou Overgaard Kristoffersen Schultz Klausen Karlsen Bak Ågård Åkjær Æbelø Bøgh Høgh Kjærgaard Ali Ahmed Nguyen Khan Yılmaz Bjørn Vinther Brix Dalgaard Fuglsang'.split(
    ' ',
  )

export const germanFirst = {
  women:
    'Maria Ursula Monika Petra Elisabeth:Lisa Sabine Renate Helga Karin Brigitte:Gitte Ingrid Erika Andrea Gisela Claudia Susanne:Susi Gabriele:Gabi Christa Christine:Tina Hildegard:Hilde Anna:Anni Birgit Barbara:Bärbel Gerda Martina:Tina Katharina:Kathi Angelika:Geli Stefanie:Steffi Julia Anja Heike Sandra Nicole Marion Silke Ute Jutta Margarete:Grete Irmgard:Irmi Elke Johanna:Hanna Laura Lena Sarah Lea Mia Leonie Hannah Sophie Franziska:Franzi Annegret Käthe Jessica Vanessa Melanie Daniela:Dani Manuela Bianca Katrin Ilse Edith Rosemarie:Rosi Anneliese:Anne Fatma Ayşe Elif Zeynep Olga Ewa'
      .split(' ')
      .map(latin),
  men: 'Peter Michael:Micha Thomas:Tom Andreas:Andi Wolfgang:Wolf Klaus Jürgen Günter Stefan Christian:Chris Uwe Werner Horst Frank Dieter Manfred:Manni Gerhard:Gerd Hans Bernd Thorsten Mathias Helmut Walter Heinz Martin Jörg Rolf Jens Sven Alexander:Alex Jan Rainer Holger Karl Dirk Joachim:Jochen Ralf Carsten Herbert Oliver:Olli Wilhelm:Willi Kurt Markus Heinrich:Heiner Paul Hermann Daniel:Dani Sebastian:Basti Tobias:Tobi Lukas Felix Maximilian:Max Jonas Leon Finn Hans-Peter:Peter:Hans Karl-Heinz:Heinz Florian:Flo Philipp Dennis Marcel Kevin Mehmet Mustafa Ahmet Ali Sergej Viktor Eugen Waldemar'
    .split(' ')
    .map(latin),
}
export const danishFirst = {
  women:
    'Anne Kirsten Hanne Mette Anna Helle Susanne:Sanne Maria Lene Marianne Inge Karen Lone Camilla Pia Louise Charlotte Bente Jette Tina Gitte Ida Emma Julie Birgit Inger Jytte Annette Tove Rikke Christina:Stine Heidi Sofie Katrine:Trine Cecilie Line Caroline Mathilde Birthe Dorte Ulla Elisabeth:Lisbeth Anja Sara Laura Freja Clara Ella Alma Åse Signe Maja Astrid Ane Kirstine:Stine Bodil Gerda Ruth Ellen Lis Nanna Pernille Trine Vibeke Winnie Fatima Aisha Amina Zahra Olena Iryna'
      .split(' ')
      .map(latin),
  men: 'Peter Michael Lars Jens Thomas Henrik Søren Christian:Chris Martin Jan Morten Jesper Anders Niels Rasmus Mads Per Hans Jørgen Ole Mikkel Erik Kim Kristian Claus Torben Bent Carsten Frederik Brian Daniel Svend John Emil Poul Allan Jonas Jacob Simon Lasse Finn Flemming Steen Leif Kurt Nikolaj Alexander:Alex Mathias Oliver William:Will Noah Lucas Oscar Victor Magnus Kaj Aage Børge Åge Bjørn Jeppe Troels Ejnar Preben Mohammed Ahmed Hassan Ali Yusuf Ibrahim Oleksandr Andrii'
    .split(' ')
    .map(latin),
}

export const streets = {
  uk: {
    names:
      'Сумська|Пушкінська|Шевченка|Лесі Українки|Гагаріна|Полтавський Шлях|Клочківська|Академіка Павлова|Героїв Праці|Гвардійців Широнінців|Валентинівська|Садовий Проїзд|Зелена|Центральна|Миру|Соборна|Незалежності|Молодіжна|Набережна Річки|Вишнева|Козацька|Франка|Грушевського|Холодногірська|Єлізарова|Олімпійська|Якіра|Байрона|Танкопія|Ньютона|Слобожанська|Європейська|Георгія Тарасенка|Мироносицька|Чернишевська|Багалія|Данилевського|Отакара Яроша|Космічна|Цілиноградська'.split(
        '|',
      ),
    places: ['Харків', 'Харків', 'Харків', 'Чугуїв', 'Лозова', 'Ізюм', 'Балаклія', 'Мерефа'],
  },
  de: {
    names:
      'Hauptstraße|Schulstraße|Gartenstraße|Bahnhofstraße|Dorfstraße|Bergstraße|Birkenweg|Lindenstraße|Kirchstraße|Waldstraße|Ringstraße|Schillerstraße|Goethestraße|Am Sportplatz|Wiesenweg|Beethovenweg|Breite Straße|Königsallee|Mühlenweg|Rosenweg|An der Höhe|Ahornweg|Jägerstraße|Friedhofstraße|Zum Steinbruch|Feldweg|Uhlandstraße|Größlingstraße|Parkallee|Seestraße'.split(
        '|',
      ),
    places: ['Altenstadt', 'Köln', 'Nürnberg', 'Lübeck', 'Görlitz', 'Hof', 'Münster'],
  },
  da: {
    names:
      'Nørregade|Søndergade|Vestergade|Østergade|Algade|Skolevej|Kirkevej|Møllevej|Engvej|Birkevej|Lærkevej|Bakkevej|Industrivej|Strandvejen|Skovvej|Parkvej|Tværvej|Ågade|Havnegade|Stationsvej|Åboulevarden|Jernbanegade|Elmevej|Drosselvej|Hovedgaden|Rosenvænget|Violvej|Markvej|Toften|Højvangen'.split(
        '|',
      ),
    places: ['Aarhus', 'Odense', 'Aalborg', 'Køge', 'Næstved', 'Vejle', 'Ærøskøbing'],
  },
}
