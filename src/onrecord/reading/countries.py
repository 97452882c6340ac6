"""Countries with their demonyms and the capitals that stand for their governments.

The list is ours: states, and the territories and peoples that act as parties in the news, with the
adjectives and nouns that English uses for them. A capital (or a palace, a square) is a metonym: it
names the state only where it acts ("Moscow rejected"), which the caller decides.
"""

from __future__ import annotations

import re

_TABLE = """
Afghanistan: Afghan Afghans | Kabul
Albania: Albanian Albanians | Tirana
Algeria: Algerian Algerians | Algiers
Angola: Angolan Angolans | Luanda
Argentina: Argentine Argentinian | Buenos Aires
Armenia: Armenian Armenians | Yerevan
Australia: Australian Australians | Canberra
Austria: Austrian Austrians | Vienna
Azerbaijan: Azerbaijani Azeri Azerbaijanis | Baku
Bahrain: Bahraini Bahrainis | Manama
Bangladesh: Bangladeshi Bangladeshis | Dhaka
Belarus: Belarusian Belarussian | Minsk
Belgium: Belgian Belgians |
Bolivia: Bolivian Bolivians | La Paz
Bosnia: Bosnian Bosnians | Sarajevo
Brazil: Brazilian Brazilians | Brasilia
Bulgaria: Bulgarian Bulgarians | Sofia
Burkina Faso: Burkinabe | Ouagadougou
Burundi: Burundian Burundians | Bujumbura
Cambodia: Cambodian Cambodians | Phnom Penh
Cameroon: Cameroonian | Yaounde
Canada: Canadian Canadians | Ottawa
Central African Republic: | Bangui
Chad: Chadian Chadians | N'Djamena
Chile: Chilean Chileans | Santiago
China: Chinese | Beijing
Colombia: Colombian Colombians | Bogota
Congo: Congolese | Kinshasa
Croatia: Croatian Croat Croats | Zagreb
Cuba: Cuban Cubans | Havana
Cyprus: Cypriot Cypriots | Nicosia
Czech Republic: Czech Czechs | Prague
Denmark: Danish Danes | Copenhagen
Djibouti: Djiboutian |
East Timor: Timorese | Dili
Ecuador: Ecuadorian Ecuadorean | Quito
Egypt: Egyptian Egyptians | Cairo
El Salvador: Salvadoran | San Salvador
Eritrea: Eritrean Eritreans | Asmara
Estonia: Estonian Estonians | Tallinn
Ethiopia: Ethiopian Ethiopians | Addis Ababa
Fiji: Fijian Fijians | Suva
Finland: Finnish Finns | Helsinki
France: French | Paris
Gambia: Gambian Gambians | Banjul
Georgia: Georgian Georgians | Tbilisi
Germany: German Germans | Berlin
Ghana: Ghanaian Ghanaians | Accra
Greece: Greek Greeks | Athens
Guatemala: Guatemalan |
Guinea: Guinean Guineans | Conakry
Haiti: Haitian Haitians | Port-au-Prince
Honduras: Honduran Hondurans | Tegucigalpa
Hungary: Hungarian Hungarians | Budapest
India: Indian Indians | New Delhi
Indonesia: Indonesian Indonesians | Jakarta
Iran: Iranian Iranians | Tehran Teheran
Iraq: Iraqi Iraqis | Baghdad
Ireland: Irish | Dublin
Israel: Israeli Israelis | Jerusalem
Italy: Italian Italians | Rome
Ivory Coast: Ivorian Ivorians | Abidjan
Japan: Japanese | Tokyo
Jordan: Jordanian Jordanians | Amman
Kazakhstan: Kazakh Kazakhs | Astana
Kenya: Kenyan Kenyans | Nairobi
Kosovo: Kosovar Kosovars | Pristina
Kuwait: Kuwaiti Kuwaitis |
Kyrgyzstan: Kyrgyz | Bishkek
Laos: Lao Laotian | Vientiane
Latvia: Latvian Latvians | Riga
Lebanon: Lebanese | Beirut
Liberia: Liberian Liberians | Monrovia
Libya: Libyan Libyans | Tripoli
Lithuania: Lithuanian Lithuanians | Vilnius
Macedonia: Macedonian Macedonians | Skopje
Malaysia: Malaysian Malaysians | Kuala Lumpur
Mali: Malian Malians | Bamako
Mauritania: Mauritanian | Nouakchott
Mexico: Mexican Mexicans | Mexico City
Moldova: Moldovan Moldovans | Chisinau
Mongolia: Mongolian | Ulan Bator
Montenegro: Montenegrin | Podgorica
Morocco: Moroccan Moroccans | Rabat
Mozambique: Mozambican | Maputo
Myanmar: Burmese Burma | Naypyidaw Rangoon Yangon
Nepal: Nepalese Nepali | Kathmandu
Netherlands: Dutch | The Hague
New Zealand: | Wellington
Nicaragua: Nicaraguan | Managua
Niger: Nigerien | Niamey
Nigeria: Nigerian Nigerians | Abuja
North Korea: North Korean North Koreans DPRK | Pyongyang
Norway: Norwegian Norwegians | Oslo
Oman: Omani Omanis | Muscat
Pakistan: Pakistani Pakistanis | Islamabad
Palestinian Authority: | Ramallah
Panama: Panamanian |
Paraguay: Paraguayan | Asuncion
Peru: Peruvian Peruvians | Lima
Philippines: Philippine Filipino Filipinos | Manila
Poland: Polish Poles | Warsaw
Portugal: Portuguese | Lisbon
Qatar: Qatari Qataris | Doha
Romania: Romanian Romanians | Bucharest
Russia: Russian Russians | Moscow Kremlin
Rwanda: Rwandan Rwandans | Kigali
Saudi Arabia: Saudi Saudis | Riyadh
Senegal: Senegalese | Dakar
Serbia: Serbian Serb Serbs | Belgrade
Sierra Leone: | Freetown
Singapore: Singaporean |
Slovakia: Slovak Slovaks | Bratislava
Slovenia: Slovenian | Ljubljana
Somalia: Somali Somalis | Mogadishu
South Africa: South African South Africans | Pretoria
South Korea: South Korean South Koreans | Seoul
South Sudan: South Sudanese | Juba
Spain: Spanish Spaniards | Madrid
Sri Lanka: Sri Lankan Sri Lankans | Colombo
Sudan: Sudanese | Khartoum
Sweden: Swedish Swedes | Stockholm
Switzerland: Swiss | Bern
Syria: Syrian Syrians | Damascus
Taiwan: Taiwanese | Taipei
Tajikistan: Tajik Tajiks | Dushanbe
Tanzania: Tanzanian Tanzanians | Dodoma
Thailand: Thai Thais | Bangkok
Togo: Togolese | Lome
Tunisia: Tunisian Tunisians | Tunis
Turkey: Turkish Turks | Ankara
Turkmenistan: Turkmen | Ashgabat
Uganda: Ugandan Ugandans | Kampala
Ukraine: Ukrainian Ukrainians | Kyiv Kiev
United Arab Emirates: Emirati UAE Emiratis | Abu Dhabi
United Kingdom: British Britain UK U.K. Britons | London
United States: American Americans U.S. US U.S.A. USA America | Washington
Uruguay: Uruguayan | Montevideo
Uzbekistan: Uzbek Uzbeks | Tashkent
Vatican: | Holy See
Venezuela: Venezuelan Venezuelans | Caracas
Vietnam: Vietnamese | Hanoi
Yemen: Yemeni Yemenis | Sanaa Sana'a
Zambia: Zambian Zambians | Lusaka
Zimbabwe: Zimbabwean Zimbabweans | Harare
"""
_TWO_WORDS = (
    "Buenos Aires", "La Paz", "Phnom Penh", "San Salvador", "Addis Ababa", "New Delhi",
    "Kuala Lumpur", "Mexico City", "Ulan Bator", "The Hague", "North Korean", "North Koreans",
    "South African", "South Africans", "South Korean", "South Koreans", "South Sudanese",
    "Sri Lankan", "Sri Lankans", "Abu Dhabi", "Holy See",
)  # fmt: skip


def _words(listed: str) -> list[str]:
    two = [w for w in _TWO_WORDS if re.search(rf"\b{w}\b", listed)]
    for word in two:
        listed = re.sub(rf"\b{word}\b", "", listed)
    return two + listed.split()


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    countries: dict[str, str] = {}
    metonyms: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        name, rest = line.split(":", 1)
        demonyms, _, capitals = rest.partition("|")
        for word in (name, *_words(demonyms)):
            countries[word.lower()] = name
        for word in _words(capitals):
            metonyms[word.lower()] = name
    return countries, metonyms


COUNTRIES, METONYMS = _tables()
"""Lower-case names and demonyms, and capitals, to the country's name."""
_NAME = re.compile(
    r"(?<![\w.])("
    + "|".join(sorted(map(re.escape, COUNTRIES), key=len, reverse=True))
    + r")(?!\w)",
    re.IGNORECASE,
)


def country_in(text: str) -> str | None:
    """The country of the first name or demonym in ``text`` ("Israeli officials" gives Israel)."""
    found = _NAME.search(text)
    if not found or (found.group()[0].islower() and found.group().lower() != found.group().upper()):
        return None
    return COUNTRIES[found.group().lower()]


def country_of(name: str) -> str | None:
    """The country that ``name`` is, as a name, a demonym or a capital that stands for it."""
    plain = name.lower().removeprefix("the ")
    return COUNTRIES.get(plain) or METONYMS.get(plain)
