"""Exports of before Unicode are read in the encoding of their language, few names or many."""

import pytest

from icp_engine.intake.reading.encoding import to_utf8
from icp_engine.intake.reading.legacy_encodings import guess_legacy

NAMES = {
    "german": "Firma,Stadt\nMüller & Söhne,Köln\nJäger GmbH,München\nGroßhandel Weiß,Düsseldorf\n",
    "french": "Société,Ville\nBoulangerie Léon,Orléans\nCafé de la Forêt,Besançon\nHôtel Étoile,Nîmes\n",
    "spanish": "Compañía,Ciudad\nPeña y Núñez,Málaga\nJamón Ibérico,Cádiz\nLeón Muñoz,A Coruña\n",
    "portuguese": "Razão,Cidade\nPadaria São João,São Paulo\nConstrução Irmãos,Goiânia\n",
    "danish": "Firma,By\nSørensen Smede,Århus\nBæk & Søn,Næstved\nGrøn Energi,Rødovre\n",
    "polish": "Nazwa,Miasto\nŁódzka Spółka,Łódź\nDąbrowski i Wójcik,Częstochowa\nŻółw,Gdańsk\nŚwięty,Poznań\n",
    "czech": "Název,Město\nPekařství Dvořák,Plzeň\nŽižkov s.r.o.,Děčín\nČeské sklo,Třebíč\nŠťastný,Ústí\n",
    "hungarian": "Név,Város\nSütőipari Kft,Győr\nErdő és Mező,Kőszeg\nFűszer Bt,Hódmezővásárhely\n",
    "turkish": "Şirket,Şehir\nYıldız İnşaat,Eskişehir\nÇağlar Gıda,İzmir\nGüneş Işık,Muğla\n",
    "russian": "Компания,Город\nООО Ромашка,Москва\nТорговый дом Восток,Екатеринбург\nЗАО «Прогресс»,Казань\n",
    "greek": "Εταιρεία,Πόλη\nΑφοί Παπαδόπουλοι,Αθήνα\nΕλληνικά Τρόφιμα,Θεσσαλονίκη\nΚαφές Νίκος,Πάτρα\n",
    "arabic": "الشركة,المدينة\nشركة النور للتجارة,الرياض\nمؤسسة الخليج,دبي\nمصنع الشرق,القاهرة\n",
    "hebrew": "חברה,עיר\nמאפיית השלום,תל אביב\nבניה ופיתוח,ירושלים\nאלקטרוניקה בעמ,חיפה\n",
    "japanese": "会社名,市\n高橋商事㈱,大阪市\n株式会社山田製作所,東京都\nサクラ電機,名古屋市\n",
    "chinese": "客户名称,城市\n上海华信科技有限公司,上海\n广州东方贸易公司,广州\n深圳新能源股份,深圳\n",
    "traditional": "客戶名稱,城市\n台灣電子股份有限公司,台北市\n華新貿易公司,高雄市\n東方科技,新竹市\n",
    "romanian": "Firmă,Oraş\nPâinea Bună,Braşov\nConstrucţii Moţ,Constanţa\nÎnvăţătura,Piteşti\n",
    "bulgarian": "Фирма,Град\nХлебозавод Изгрев,Пловдив\nСтроител ООД,Стара Загора\nЛъч,Бургас\n",
    "finnish": "Yritys,Kaupunki\nMäkelä Oy,Jyväskylä\nHämeen Sähkö,Hyvinkää\n",
    "korean": "회사명,도시\n주식회사 한빛,서울\n대한전자,부산\n미래소프트,대구\n",
}
CASES = [
    *[(name, "cp1252") for name in ("german", "french", "spanish", "portuguese", "danish")],
    *[(name, "mac_roman") for name in ("german", "french", "spanish", "portuguese")],
    *[
        (name, code)
        for name in ("polish", "czech", "hungarian")
        for code in ("cp1250", "iso8859_2")
    ],
    *[("romanian", "cp1250"), ("bulgarian", "cp1251"), ("finnish", "cp1252")],
    *[("turkish", "cp1254"), ("turkish", "iso8859_9")],
    *[("russian", code) for code in ("cp1251", "koi8_r", "cp866", "mac_cyrillic")],
    *[("greek", "cp1253"), ("greek", "iso8859_7"), ("hebrew", "cp1255"), ("hebrew", "iso8859_8")],
    *[("arabic", "cp1256"), ("arabic", "iso8859_6")],
    *[("japanese", "cp932"), ("japanese", "euc_jp")],
    *[("chinese", "gb18030"), ("traditional", "big5"), ("korean", "cp949")],
]


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_a_text_comes_back_as_it_was_written(language, encoding):
    text = NAMES[language]
    content = text.encode(encoding, "ignore")
    read, found = to_utf8(content)
    assert read.decode() == content.decode(encoding), found


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_two_lines_of_it_are_enough(language, encoding):
    text = "\n".join(NAMES[language].splitlines()[1:3]).replace("㈱", "")
    content = text.encode(encoding, "ignore")
    read, found = to_utf8(content)
    assert read.decode() == content.decode(encoding), found


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15"])
def test_many_amounts_with_a_euro_sign_are_no_letters(encoding):
    rows = [f"Größe;{n}.100,00 €;Löschen" for n in range(60)]
    content = "\n".join(rows).encode(encoding)
    assert content.decode(guess_legacy(content)).splitlines() == rows


@pytest.mark.parametrize("sign", ["€", "£", "¥", "±"])
@pytest.mark.parametrize("header", ["Geschätzter Umsatz", "Montant estimé", "Försäljning"])
def test_a_sign_behind_every_number_is_no_letter_however_often_it_comes(header, sign):
    text = f"{header};Typ\n" + "".join(f"{n}.{100 + n},00 {sign};A\n" for n in range(200))
    content = text.encode("cp1252")
    assert to_utf8(content)[0].decode() == text


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "cp1251"])
@pytest.mark.parametrize("every", [2, 3])
def test_lines_of_two_encodings_are_each_read_by_their_own(encoding, every):
    words = {
        "cp1252": "Müßig & Söhne, Größe",
        "cp1250": "Łódź Żółw, Kraków",
        "cp1251": "Торговля, Москва",
    }
    lines = [f"{number},{words[encoding]}\n" for number in range(30)]
    parts = [
        line.encode("utf-8" if number % every else encoding) for number, line in enumerate(lines)
    ]
    read, found = to_utf8(b"".join(parts))
    assert read.decode() == "".join(lines)
    assert found.startswith("utf-8 and ")


@pytest.mark.parametrize("encoding", ["gb18030", "cp932", "big5", "cp949"])
def test_two_bytes_a_sign_that_pass_for_utf_8_do_not_split_a_file(encoding):
    language = {"gb18030": "chinese", "cp932": "japanese", "big5": "traditional", "cp949": "korean"}
    text = NAMES[language[encoding]]
    by_chance = bytes.fromhex("c5ae2c310a") * 9  # as GB 18030 one word, as UTF-8 another
    read, found = to_utf8(text.encode(encoding, "ignore") + b"\n" + by_chance)
    assert not found.startswith("utf-8")
    assert text.splitlines()[0] in read.decode()
