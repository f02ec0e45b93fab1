/** Per country: its name, cities, currency, dialling code and the family of names its invented people get. */
import type { NameFamily } from './people.ts';

export interface Country {
  name: string;
  cities: readonly [string, ...string[]];
  currency: string;
  dial: string;
  names: NameFamily;
}

const c = (name: string, dial: string, names: NameFamily, currency: string, ...cities: [string, ...string[]]): Country => ({
  name,
  cities,
  currency,
  dial,
  names,
});

const COUNTRIES: Readonly<Record<string, Country>> = {
  US: c('United States', '1', 'english', 'USD', 'New York', 'Chicago', 'Austin', 'Seattle', 'Boston', 'Denver', 'Atlanta'),
  DE: c('Germany', '49', 'german', 'EUR', 'Berlin', 'Hamburg', 'München', 'Köln', 'Stuttgart', 'Leipzig'),
  JP: c('Japan', '81', 'japanese', 'JPY', 'Tokyo', 'Osaka', 'Nagoya', 'Sapporo'),
  GB: c('United Kingdom', '44', 'english', 'GBP', 'London', 'Manchester', 'Leeds', 'Bristol', 'Glasgow'),
  IN: c('India', '91', 'indian', 'INR', 'Mumbai', 'Bengaluru', 'Chennai', 'Pune', 'Hyderabad'),
  BR: c('Brazil', '55', 'iberian', 'BRL', 'São Paulo', 'Rio de Janeiro', 'Curitiba', 'Recife'),
  BE: c('Belgium', '32', 'french', 'EUR', 'Brussels', 'Antwerp', 'Ghent', 'Liège'),
  IT: c('Italy', '39', 'italian', 'EUR', 'Milano', 'Roma', 'Torino', 'Bologna'),
  UA: c('Ukraine', '380', 'slavic', 'EUR', 'Kyiv', 'Lviv', 'Odesa'),
  HK: c('Hong Kong', '852', 'chinese', 'USD', 'Hong Kong'),
  TR: c('Türkiye', '90', 'turkish', 'EUR', 'İstanbul', 'Ankara', 'İzmir'),
  TH: c('Thailand', '66', 'international', 'USD', 'Bangkok', 'Chiang Mai'),
  SE: c('Sweden', '46', 'nordic', 'SEK', 'Stockholm', 'Göteborg', 'Malmö'),
  CA: c('Canada', '1', 'english', 'CAD', 'Toronto', 'Vancouver', 'Montréal', 'Calgary'),
  DK: c('Denmark', '45', 'nordic', 'DKK', 'København', 'Aarhus', 'Odense'),
  AU: c('Australia', '61', 'english', 'AUD', 'Sydney', 'Melbourne', 'Brisbane', 'Perth'),
  GR: c('Greece', '30', 'greek', 'EUR', 'Athens', 'Thessaloniki', 'Patras'),
  CH: c('Switzerland', '41', 'german', 'CHF', 'Zürich', 'Basel', 'Genève', 'Bern'),
  PL: c('Poland', '48', 'slavic', 'PLN', 'Warszawa', 'Kraków', 'Gdańsk', 'Wrocław'),
  BG: c('Bulgaria', '359', 'slavic', 'EUR', 'Sofia', 'Plovdiv', 'Varna'),
  FR: c('France', '33', 'french', 'EUR', 'Paris', 'Lyon', 'Marseille', 'Nantes', 'Lille'),
  FI: c('Finland', '358', 'nordic', 'EUR', 'Helsinki', 'Tampere', 'Turku'),
  KR: c('South Korea', '82', 'korean', 'USD', 'Seoul', 'Busan', 'Incheon'),
  TW: c('Taiwan', '886', 'chinese', 'USD', 'Taipei', 'Taichung', 'Kaohsiung'),
  NZ: c('New Zealand', '64', 'english', 'AUD', 'Auckland', 'Wellington', 'Christchurch'),
  NO: c('Norway', '47', 'nordic', 'NOK', 'Oslo', 'Bergen', 'Trondheim'),
  RU: c('Russia', '7', 'slavic', 'EUR', 'Moscow', 'Saint Petersburg', 'Kazan'),
  ES: c('Spain', '34', 'iberian', 'EUR', 'Madrid', 'Barcelona', 'Valencia', 'Bilbao'),
  ZA: c('South Africa', '27', 'english', 'USD', 'Johannesburg', 'Cape Town', 'Durban'),
  ID: c('Indonesia', '62', 'international', 'USD', 'Jakarta', 'Surabaya', 'Bandung'),
  IL: c('Israel', '972', 'international', 'USD', 'Tel Aviv', 'Haifa', 'Jerusalem'),
  CN: c('China', '86', 'chinese', 'USD', 'Shanghai', 'Beijing', 'Shenzhen', 'Chengdu'),
  NL: c('Netherlands', '31', 'dutch', 'EUR', 'Amsterdam', 'Rotterdam', 'Utrecht', 'Eindhoven'),
  SG: c('Singapore', '65', 'chinese', 'USD', 'Singapore'),
  GE: c('Georgia', '995', 'international', 'EUR', 'Tbilisi', 'Batumi'),
  CL: c('Chile', '56', 'iberian', 'USD', 'Santiago', 'Valparaíso'),
  SA: c('Saudi Arabia', '966', 'arabic', 'USD', 'Riyadh', 'Jeddah', 'Dammam'),
  AT: c('Austria', '43', 'german', 'EUR', 'Wien', 'Graz', 'Linz', 'Salzburg'),
  IE: c('Ireland', '353', 'english', 'EUR', 'Dublin', 'Cork', 'Galway'),
  MX: c('Mexico', '52', 'iberian', 'USD', 'Ciudad de México', 'Guadalajara', 'Monterrey'),
  SK: c('Slovakia', '421', 'slavic', 'EUR', 'Bratislava', 'Košice'),
  PH: c('Philippines', '63', 'iberian', 'USD', 'Manila', 'Cebu City'),
  AR: c('Argentina', '54', 'iberian', 'USD', 'Buenos Aires', 'Córdoba', 'Rosario'),
  MY: c('Malaysia', '60', 'international', 'USD', 'Kuala Lumpur', 'Penang'),
  CZ: c('Czechia', '420', 'slavic', 'EUR', 'Praha', 'Brno', 'Ostrava'),
  PT: c('Portugal', '351', 'iberian', 'EUR', 'Lisboa', 'Porto', 'Braga'),
  LU: c('Luxembourg', '352', 'french', 'EUR', 'Luxembourg'),
  RS: c('Serbia', '381', 'slavic', 'EUR', 'Beograd', 'Novi Sad'),
  KY: c('Cayman Islands', '1345', 'english', 'USD', 'George Town'),
  BY: c('Belarus', '375', 'slavic', 'EUR', 'Minsk', 'Brest'),
  QA: c('Qatar', '974', 'arabic', 'USD', 'Doha'),
  LT: c('Lithuania', '370', 'slavic', 'EUR', 'Vilnius', 'Kaunas'),
  AM: c('Armenia', '374', 'international', 'EUR', 'Yerevan'),
  RO: c('Romania', '40', 'italian', 'EUR', 'București', 'Cluj-Napoca'),
  BM: c('Bermuda', '1441', 'english', 'USD', 'Hamilton'),
  VN: c('Vietnam', '84', 'international', 'USD', 'Ho Chi Minh City', 'Hanoi'),
  IR: c('Iran', '98', 'arabic', 'EUR', 'Tehran', 'Isfahan'),
  HR: c('Croatia', '385', 'slavic', 'EUR', 'Zagreb', 'Split'),
  CO: c('Colombia', '57', 'iberian', 'USD', 'Bogotá', 'Medellín'),
  IS: c('Iceland', '354', 'nordic', 'EUR', 'Reykjavík', 'Akureyri'),
};

const ELSEWHERE = c('United States', '1', 'international', 'USD', 'New York');

export const countryOf = (code: string): Country => COUNTRIES[code] ?? ELSEWHERE;
