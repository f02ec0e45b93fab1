/** Invented people. First and last names are common ones, drawn separately: who carries such a name is chance. */
import type { Random } from './random.ts';

export type NameFamily =
  | 'english'
  | 'german'
  | 'french'
  | 'dutch'
  | 'nordic'
  | 'iberian'
  | 'italian'
  | 'slavic'
  | 'greek'
  | 'turkish'
  | 'arabic'
  | 'indian'
  | 'chinese'
  | 'japanese'
  | 'korean'
  | 'international';

export interface Person {
  first: string;
  last: string;
  salutation: 'Ms.' | 'Mr.' | null;
  /** `first.last`, in the letters an e-mail address has. */
  mailbox: string;
}

const list = (names: string) => names.split(' ');

const WOMEN: Readonly<Record<NameFamily, string[]>> = {
  english: list('Harriet Imogen Beatrice Felicity Naomi Josephine Clara Eleanor Margot Philippa'),
  german: list('Anneliese Friederike Henrike Wiebke Leonie Katharina Ulrike Svenja Mareike Lotte'),
  french: list('Clémence Mathilde Océane Solène Capucine Élodie Margaux Apolline Noémie Inès'),
  dutch: list('Anouk Femke Lieke Maartje Sanne Saskia Marijke Floor Roos Jet'),
  nordic: list('Astrid Ingrid Sigrid Freja Solveig Maja Tuva Aino Linnea Ragnhild'),
  iberian: list('Marisol Inés Catarina Beatriz Lucía Jimena Paloma Rocío Mariana Leonor'),
  italian: list('Chiara Ginevra Ludovica Beatrice Martina Ilaria Fiorella Arianna Ioana Elisa'),
  slavic: list('Zofia Milena Katarzyna Oksana Jelena Ludmila Agnieszka Iryna Vesna Danica'),
  greek: list('Eleni Ioanna Katerina Despina Sofia Danai Anastasia Chrysa'),
  turkish: list('Elif Zeynep Defne Aslı Nehir Ebru Derya Selin'),
  arabic: list('Layla Noura Mariam Rania Yasmin Huda Samira Dalia'),
  indian: list('Ananya Kavya Meera Priya Ishita Lakshmi Nandini Sunita'),
  chinese: list('Mei Xiulan Lihua Yun Jing Ting Hui Fang'),
  japanese: list('Haruka Yuki Aiko Sakura Natsuki Emi Kaori Mio'),
  korean: list('Ji-woo Seo-yeon Min-ji Ha-eun Soo-jin Ye-rin Da-hye Eun-bi'),
  international: list('Amara Selma Ines Noa Lian Tamar Anya Mira'),
};

const MEN: Readonly<Record<NameFamily, string[]>> = {
  english: list('Rupert Alistair Gareth Desmond Tobias Wesley Malcolm Quentin Elliot Barnaby'),
  german: list('Gottfried Lennart Matthias Thorsten Bastian Ruprecht Konrad Malte Jannik Ansgar'),
  french: list('Thibault Anatole Bastien Corentin Gaspard Loïc Maxence Rémi Yannick Théo'),
  dutch: list('Bram Daan Joost Sjoerd Ruben Thijs Wouter Pieter Koen Jasper'),
  nordic: list('Bjarne Eskil Halvard Leif Magnus Oskari Rasmus Sindre Torben Viljo'),
  iberian: list('Álvaro Joaquim Rodrigo Thiago Gonzalo Emilio Duarte Rafael Iker Nuno'),
  italian: list('Alessio Corrado Ettore Leandro Raffaele Tommaso Vittorio Enzo Radu Dario'),
  slavic: list('Bogdan Kazimierz Mirko Oleksandr Radovan Stanisław Taras Vojtěch Zoran Pavel'),
  greek: list('Nikos Stavros Giorgos Petros Lefteris Dimitris Yannis Kostas'),
  turkish: list('Emre Kerem Barış Onur Tolga Cem Murat Volkan'),
  arabic: list('Karim Tariq Faisal Yousef Omar Nabil Samir Ziad'),
  indian: list('Arjun Rohan Vikram Sanjay Nikhil Harish Devendra Anil'),
  chinese: list('Wei Jun Haoran Ming Jianguo Bo Peng Tao'),
  japanese: list('Takumi Haruto Kenji Daisuke Ryota Shin Naoki Hiroshi'),
  korean: list('Min-jun Do-yun Ji-ho Sung-min Hyun-woo Tae-yang Jae-won Dong-hyun'),
  international: list('Idris Malik Aram Levan Danh Budi Arif Noam'),
};

const FAMILIES: Readonly<Record<NameFamily, string[]>> = {
  english: list('Ashworth Penhallow Fairclough Thornbury Whitlock Marsden Hargrave Ellery Winslow Cartwright Holloway Stanhope'),
  german: list(
    'Adlersberg Brinkmeier Dornbusch Eichstedt Falkenrath Grünwald Hohlbein Lindemann Reiniger Steinbrück Vogelsang Weidner',
  ),
  french: list('Beaumarchand Charpentier Delacour Fontanelle Lachapelle Montfleury Rochebrune Tisserand Vaucresson Delorme'),
  dutch: list('Bakhuis Dekkersveld Hoekman Kuipers Meijerink Ruysdael Terhorst Veenendaal Zandstra Wolters'),
  nordic: list('Bergqvist Dalgaard Ekeblad Fjeldstad Halvorsen Järvelä Kirkeby Lindholt Nyström Skogsberg'),
  iberian: list('Albuquerque Belmonte Carvalhal Echeverri Figueroa Moncada Quintanilla Saldanha Valdivieso Zubiri'),
  italian: list('Bellandi Castelvecchio Durantini Fiorentini Lombardozzi Marchesani Pellegrini Rinaldini Santorelli Vernazza'),
  slavic: list('Bielawski Dobrowolny Horakov Jankovic Kovalchuk Lewicki Nemeth Petrovsky Sikorski Zelenko'),
  greek: list('Alexopoulos Dimitriadis Kalogeras Makridis Papadakis Stathakis Vasileiou Zervas'),
  turkish: list('Aksoylu Demirkan Erdemir Karabulut Özdemirci Sarıkaya Tunçel Yıldırım'),
  arabic: list('Haddadin Khalidi Mansouri Najjarine Qabbani Rahmani Saleem Zahrani'),
  indian: list('Bhattacharjee Chaudhari Deshmukhe Iyengar Kulkarni Menonda Raghunathan Venkatesan'),
  chinese: list('Chen Guo Huang Lin Luo Tang Xu Zhou'),
  japanese: list('Arakawa Fujimori Hayashida Kuramoto Minagawa Okazaki Takahara Yoshikawa'),
  korean: list('Baek Choi Hwang Jung Kwon Nam Seo Yoon'),
  international: list('Abadi Beridze Darmawan Hakobyan Levi Nguyen Rahman Suwan'),
};

/** A person whose name suits the family of names given. */
export function inventPerson(random: Random, family: NameFamily): Person {
  // A tenth of the people in any country's companies come from elsewhere.
  const names = random.chance(0.1) ? 'international' : family;
  const woman = random.chance(0.5);
  const first = random.pick((woman ? WOMEN : MEN)[names]) ?? 'Kim';
  const last = random.pick(FAMILIES[names]) ?? 'Sample';
  return {
    first,
    last,
    salutation: random.chance(0.7) ? (woman ? 'Ms.' : 'Mr.') : null,
    mailbox: `${ascii(first)}.${ascii(last)}`,
  };
}

const SPECIAL: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', ı: 'i', æ: 'ae', ð: 'd', þ: 'th' };

function ascii(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßøłıæðþ]/g, (letter) => SPECIAL[letter] ?? '')
    .replace(/[^a-z0-9-]/g, '');
}

const TITLES: readonly (readonly [title: string, department: string, weight: number])[] = [
  ['Chief Executive Officer', 'Executive', 4],
  ['Chief Financial Officer', 'Finance', 4],
  ['Chief Technology Officer', 'Technology', 3],
  ['VP Sales', 'Sales', 5],
  ['VP Operations', 'Operations', 4],
  ['Head of Procurement', 'Procurement', 8],
  ['Purchasing Manager', 'Procurement', 8],
  ['Marketing Director', 'Marketing', 6],
  ['Marketing Manager', 'Marketing', 7],
  ['IT Manager', 'Technology', 8],
  ['Data Protection Officer', 'Legal', 2],
  ['General Counsel', 'Legal', 2],
  ['HR Director', 'Human Resources', 4],
  ['Store Operations Lead', 'Operations', 5],
  ['Facilities Manager', 'Operations', 4],
  ['Office Manager', 'Administration', 7],
  ['Executive Assistant', 'Administration', 6],
  ['Account Payable Specialist', 'Finance', 5],
];

export function inventJob(random: Random): { title: string; department: string } {
  return random.weighted(TITLES.map(([title, department, weight]) => [{ title, department }, weight] as const));
}
