"""Invented exports in the languages of twenty countries: headers by table, each in the order of its fields."""

# ruff: noqa: E501 - one line of headers a table reads best whole

FIELDS = {
    "orders": "number day customer article quantity price net tax",
    "invoices": "number day due account_id net tax gross paid",
    "deals": "name customer stage value owner created closed reason source",
    "customers": "account_id name industry employees country city since relation revenue",
}
# words for won, lost and open; for a customer and a prospect
WORDS = {
    "German": "Gewonnen|Verloren|Offen|Kunde|Interessent",
    "French": "Gagné|Perdu|En cours|Client|Prospect",
    "Spanish": "Ganada|Perdida|Abierta|Cliente|Cliente potencial",
    "Portuguese": "Ganho|Perdido|Em andamento|Cliente|Potencial cliente",
    "Italian": "Vinta|Persa|Aperta|Cliente|Potenziale cliente",
    "Dutch": "Gewonnen|Verloren|Lopend|Klant|Prospect",
    "Polish": "Wygrana|Przegrana|W toku|Klient|Potencjalny klient",
    "Czech": "Vyhráno|Prohráno|Otevřeno|Zákazník|Potenciální zákazník",
    "Swedish": "Vunnen|Förlorad|Öppen|Kund|Prospekt",
    "Danish": "Vundet|Tabt|Åben|Kunde|Kundeemne",
    "Norwegian": "Vunnet|Tapt|Åpen|Kunde|Potensiell kunde",
    "Finnish": "Voitettu|Hävitty|Avoin|Asiakas|Liidi",
    "Turkish": "Kazanıldı|Kaybedildi|Devam ediyor|Müşteri|Potansiyel müşteri",
    "Russian": "Выиграна|Проиграна|В работе|Клиент|Потенциальный клиент",
    "Ukrainian": "Виграно|Програно|В роботі|Клієнт|Потенційний клієнт",
    "Romanian": "Câștigat|Pierdut|Deschis|Client|Client potențial",
    "Hungarian": "Megnyert|Elvesztett|Nyitott|Ügyfél|Érdeklődő",
    "Japanese": "受注|失注|商談中|顧客|見込客",
    "Chinese": "赢单|输单|进行中|客户|潜在客户",
    "Korean": "수주|실주|진행중|고객|잠재고객",
}
HEADERS = {
    "German": (
        "Bestellnr.|Bestelldatum|Kundenname|Artikelbezeichnung|Anzahl|Preis pro Stück|Nettobetrag|MwSt.-Betrag",
        "Rechnungsnr.|Rechnungsdatum|Fällig am|Debitorennr.|Netto|USt.|Brutto|Bezahlt am",
        "Bezeichnung der Verkaufschance|Firma|Verkaufsphase|Auftragswert|Zuständiger Mitarbeiter|Angelegt am|Abschluss am|Grund der Absage|Herkunft des Leads",
        "Kundennr.|Firmenname|Branche|Anzahl der Mitarbeiter|Land|Ort|Kunde seit|Kundenart|Jahresumsatz",
    ),
    "French": (
        "N° de cde|Date de la commande|Nom du client|Désignation de l'article|Quantité commandée|P.U. HT|Total HT|Montant TVA",
        "N° facture|Date de facture|Date d'échéance|Code client|Montant HT|TVA|Montant TTC|Date de règlement",
        "Nom de l'affaire|Société|Étape|Montant de l'affaire|Commercial|Date d'ouverture|Date de clôture|Motif de la perte|Origine du prospect",
        "N° client|Raison sociale|Secteur d'activité|Nombre de salariés|Pays|Ville|Client depuis|Type de client|Chiffre d'affaires annuel",
    ),
    "Spanish": (
        "Número de pedido|Fecha del pedido|Nombre del cliente|Descripción del artículo|Uds.|Precio unidad|Importe neto|Importe IVA",
        "Nº de factura|Fecha de factura|Fecha de vencimiento|Cód. cliente|Base imponible|IVA|Total con IVA|Fecha de cobro",
        "Nombre de la oportunidad|Empresa|Etapa de la oportunidad|Valor de la oportunidad|Ejecutivo|Fecha de alta|Fecha de cierre|Motivo de la pérdida|Origen del cliente",
        "Código de cliente|Razón social|Sector|Número de empleados|País|Ciudad|Cliente desde|Tipo de cliente|Ingresos anuales",
    ),
    "Portuguese": (
        "Código do pedido|Data da encomenda|Nome do cliente|Descrição do produto|Quantidade|Preço unitário|Valor líquido|Valor do IVA",
        "Nº da fatura|Data de emissão|Data de vencimento|Cód. Cliente|Total líquido|IVA|Total bruto|Data de pagamento",
        "Nome da oportunidade|Empresa|Etapa do funil|Valor do negócio|Vendedor responsável|Data de abertura|Data de fechamento|Motivo da perda|Origem do lead",
        "Código do cliente|Razão social|Setor|Número de funcionários|País|Cidade|Cliente desde|Tipo de cliente|Faturamento anual",
    ),
    "Italian": (
        "Numero ordine|Data dell'ordine|Ragione sociale cliente|Descrizione articolo|Q.tà|Prezzo unitario|Importo netto|Importo IVA",
        "N. fattura|Data fattura|Data scadenza|Codice cliente|Imponibile|IVA|Totale lordo|Data pagamento",
        "Nome trattativa|Azienda|Fase di vendita|Valore trattativa|Agente|Data di apertura|Data di chiusura|Motivo della perdita|Fonte del contatto",
        "Cod. cliente|Ragione sociale|Settore|Numero di dipendenti|Paese|Città|Cliente dal|Tipo cliente|Fatturato annuo",
    ),
    "Dutch": (
        "Bestelnummer|Besteldatum|Klantnaam|Artikelomschrijving|Hoeveelheid|Prijs per stuk|Nettobedrag|Btw-bedrag",
        "Factuurnr.|Factuurdatum|Vervaldatum|Debiteurnr.|Bedrag excl. btw|Btw|Bedrag incl. btw|Betaald op",
        "Naam van de deal|Bedrijf|Verkoopfase|Dealwaarde|Accountmanager|Aanmaakdatum|Sluitingsdatum|Reden van verlies|Bron van de lead",
        "Klantnr|Bedrijfsnaam|Branche|Aantal medewerkers|Land|Vestigingsplaats|Klant sinds|Type klant|Jaaromzet",
    ),
    "Polish": (
        "Numer zamówienia|Data złożenia zamówienia|Nazwa kontrahenta|Nazwa towaru|Liczba sztuk|Cena jedn. netto|Wartość netto|Kwota VAT",
        "Nr faktury|Data wystawienia faktury|Termin płatności|Kod kontrahenta|Netto|VAT|Brutto|Data zapłaty",
        "Nazwa szansy|Firma|Etap sprzedaży|Wartość szansy|Handlowiec|Data utworzenia|Data zamknięcia|Powód utraty|Źródło leada",
        "Nr klienta|Nazwa firmy|Branża|Liczba pracowników|Kraj|Miasto|Klient od|Typ klienta|Roczny przychód",
    ),
    "Czech": (
        "Č. objednávky|Datum objednání zboží|Odběratel|Název zboží|Počet kusů|Cena za kus|Celkem bez DPH|Částka DPH",
        "Číslo faktury|Datum vystavení|Datum splatnosti|Číslo odběratele|Základ daně|DPH|Celkem s DPH|Datum úhrady",
        "Název obchodu|Společnost|Fáze obchodu|Hodnota obchodu|Obchodní zástupce|Datum vytvoření|Datum uzavření|Důvod prohry|Zdroj poptávky",
        "Kód zákazníka|Název firmy|Odvětví|Počet zaměstnanců|Země|Město|Zákazník od|Typ zákazníka|Roční obrat",
    ),
    "Swedish": (
        "Beställningsnr|Beställningsdatum|Kundnamn|Artikelbenämning|Kvantitet|Enhetspris|Nettobelopp|Momsbelopp",
        "Fakturanr|Fakturadatum|Förfallodatum|Kundnr|Belopp exkl. moms|Moms|Belopp inkl. moms|Betaldatum",
        "Affärens namn|Företag|Affärsfas|Affärsvärde|Säljare|Skapad datum|Avslutsdatum|Förlustorsak|Leadkälla",
        "Kundnummer|Företagsnamn|Bransch|Antal anställda|Land|Postort|Kund sedan|Kundtyp|Årsomsättning",
    ),
    "Danish": (
        "Ordrenr.|Ordredato|Kundenavn|Varebeskrivelse|Mængde|Stk. pris|Nettobeløb|Momsbeløb",
        "Fakturanummer|Fakturadato|Forfaldsdato|Debitornr.|Beløb ekskl. moms|Moms|Beløb inkl. moms|Betalingsdato",
        "Navn på salgsmulighed|Virksomhed|Salgsfase|Salgsmulighedens værdi|Sælger|Oprettelsesdato|Lukkedato|Tabsårsag|Leadkilde",
        "Kundenr.|Virksomhedsnavn|Branche|Antal ansatte|Land|By|Kunde siden|Kundetype|Årlig omsætning",
    ),
    "Norwegian": (
        "Ordrenummer|Bestillingsdato|Kundens navn|Varenavn|Antall|Enhetspris|Nettobeløp|Mva-beløp",
        "Fakturanr.|Fakturadato|Forfallsdato|Kundenr.|Beløp eks. mva|Mva|Beløp inkl. mva|Betalt dato",
        "Navn på salgsmulighet|Bedrift|Salgsfase|Avtaleverdi|Selger|Opprettet dato|Avsluttet dato|Årsak til tap|Kilde til lead",
        "Kundenummer|Firmanavn|Bransje|Antall ansatte|Land|Poststed|Kunde siden|Kundetype|Årsomsetning",
    ),
    "Finnish": (
        "Tilausnumero|Tilauspäivä|Asiakkaan nimi|Tuotteen nimi|Kpl|Yksikköhinta|Veroton summa|Alv-summa",
        "Laskun numero|Laskun päivämäärä|Eräpäivä|Asiakasnro|Summa ilman alv|Alv|Verollinen summa|Maksupäivä",
        "Kaupan nimi|Yritys|Myyntivaihe|Kaupan arvo|Vastuuhenkilö|Luontipäivä|Päättymispäivä|Häviämisen syy|Liidin lähde",
        "Asiakasnumero|Yrityksen nimi|Toimiala|Henkilöstön määrä|Maa|Paikkakunta|Asiakas alkaen|Asiakastyyppi|Liikevaihto",
    ),
    "Turkish": (
        "Sipariş Numarası|Sipariş Tarihi|Müşteri Adı|Ürün Adı|Adet|Birim Fiyatı|Net Tutar|KDV Tutarı",
        "Fatura No|Fatura Tarihi|Vade Tarihi|Cari Kodu|KDV Hariç Tutar|KDV|KDV Dahil Tutar|Ödeme Tarihi",
        "Fırsat Adı|Şirket|Fırsat Aşaması|Fırsat Tutarı|Satış Temsilcisi|Oluşturma Tarihi|Kapanış Tarihi|Kaybetme Nedeni|Aday Kaynağı",
        "Müşteri No|Firma Unvanı|Sektör|Çalışan Sayısı|Ülke|Şehir|Müşteri Başlangıç Tarihi|Müşteri Tipi|Yıllık Ciro",
    ),
    "Russian": (
        "№ заказа|Дата оформления заказа|Наименование контрагента|Номенклатура|Кол-во|Цена за единицу|Сумма без НДС|Сумма НДС",
        "Номер счета|Дата счета|Срок оплаты|Код контрагента|Всего без НДС|НДС|Всего с НДС|Дата оплаты",
        "Название сделки|Компания|Стадия сделки|Сумма сделки|Ответственный|Дата создания|Дата закрытия|Причина отказа|Источник лида",
        "Код клиента|Название компании|Отрасль|Количество сотрудников|Страна|Город|Клиент с|Тип клиента|Годовой оборот",
    ),
    "Ukrainian": (
        "№ замовлення|Дата замовлення|Назва клієнта|Найменування товару|Кількість|Ціна за одиницю|Сума без ПДВ|Сума ПДВ",
        "Номер рахунку|Дата рахунку|Термін оплати|Код покупця|Разом без ПДВ|ПДВ|Разом з ПДВ|Дата оплати",
        "Назва угоди|Компанія|Стадія угоди|Сума угоди|Відповідальний|Дата створення|Дата закриття|Причина відмови|Джерело ліда",
        "Код клієнта|Назва компанії|Галузь|Кількість співробітників|Країна|Місто|Клієнт з|Тип клієнта|Річний оборот",
    ),
    "Romanian": (
        "Nr. comandă|Data comenzii|Nume client|Denumire produs|Cantitate|Preț unitar|Valoare netă|Valoare TVA",
        "Număr factură|Data facturii|Data scadenței|Cod client|Total fără TVA|TVA|Total cu TVA|Data plății",
        "Numele oportunității|Companie|Etapa oportunității|Valoarea oportunității|Agent vânzări|Data creării|Data închiderii|Motivul pierderii|Sursa leadului",
        "Codul clientului|Denumire firmă|Domeniu de activitate|Număr de angajați|Țara|Localitate|Client din|Tip client|Cifra de afaceri anuală",
    ),
    "Hungarian": (
        "Rendelésszám|Rendelés dátuma|Vevő neve|Termék megnevezése|Mennyiség|Egységár|Nettó érték|ÁFA összege",
        "Számlaszám|Számla kelte|Fizetési határidő|Vevőkód|Nettó összeg|ÁFA|Bruttó összeg|Kiegyenlítés dátuma",
        "Üzlet neve|Cég|Értékesítési szakasz|Üzlet értéke|Értékesítő|Létrehozás dátuma|Lezárás dátuma|Elvesztés oka|Érdeklődő forrása",
        "Ügyfélazonosító|Cégnév|Iparág|Alkalmazottak száma|Ország|Város|Ügyfél kezdete|Ügyfél típusa|Éves árbevétel",
    ),
    "Japanese": (
        "受注番号|受注日|得意先名|商品名|個数|単価|税抜金額|消費税額",
        "請求書番号|請求日|支払期限|得意先コード|税抜合計|消費税|税込合計|入金日",
        "案件名|会社名|フェーズ|案件金額|営業担当|作成日|完了日|失注理由|リードソース",
        "顧客番号|企業名|業種|従業員数|国|都市|顧客開始日|顧客区分|年間売上高",
    ),
    "Chinese": (
        "订单编号|订单日期|客户名称|产品名称|数量|单价|不含税金额|税额",
        "发票号码|开票日期|到期日|客户编号|不含税金额|增值税|含税金额|付款日期",
        "商机名称|公司名称|销售阶段|商机金额|负责人|创建时间|关闭日期|输单原因|线索来源",
        "客户编码|企业名称|所属行业|员工人数|国家|城市|客户开始日期|客户类型|年收入",
    ),
    "Korean": (
        "주문번호|주문일자|고객명|상품명|수량|단가|공급가액|부가세액",
        "청구서번호|발행일|만기일|거래처코드|공급가|부가세|총액|입금일",
        "영업기회명|회사명|영업단계|거래금액|영업담당자|생성일|종료일|실주사유|리드 출처",
        "고객번호|회사명|업종|직원수|국가|도시|고객 시작일|고객 유형|연간 매출액",
    ),
}
