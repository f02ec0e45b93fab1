/** People that nobody is: a usual first name, and a last name that says so. */
const FIRST =
  'Ada Bruno Clara Dario Elif Finn Greta Hugo Ines Jakob Kira Luis Maren Nadia Oskar Paula Quirin Rosa Samir Tilda Umut Vera Wim Yara'.split(
    ' ',
  );
const LAST =
  'Sampleton Mockford Exampleson Placeholm Dummyfield Fictiva Inventova Madeupski Musterling Testwell Nonesuch Imagino Pretendham Notrealy Makebelieve Standinsky Demosthen'.split(
    ' ',
  );

const TITLES = [
  ['Chief Executive Officer', 'Management'],
  ['Head of Procurement', 'Procurement'],
  ['Chief Information Officer', 'IT'],
  ['Plant Manager', 'Operations'],
  ['Purchasing Manager', 'Procurement'],
  ['Head of Digital', 'IT'],
  ['Controller', 'Finance'],
  ['Assistant to the Board', 'Management'],
  ['Sustainability Lead', 'Operations'],
] as const;

export interface Person {
  first: string;
  last: string;
  title: string;
  department: string;
}

/** The person with this number; the first four hundred have names of their own. */
export function person(number: number): Person {
  const [title = '', department = ''] = TITLES[number % TITLES.length] ?? [];
  const round = Math.floor(number / FIRST.length);
  return {
    first: FIRST[number % FIRST.length] ?? '',
    last: LAST[(number * 5 + round) % LAST.length] ?? '',
    title,
    department,
  };
}

/** A number out of those that are given to nobody (NANP 555-0100 to 0199). */
export const phoneNumber = (number: number): string => `+1 202-555-01${String(number % 100).padStart(2, '0')}`;
