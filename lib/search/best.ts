import { SEARCHED, type SearchedKind, type Standing } from './search-line';

/** A record that may be among the results. */
export interface Candidate extends Standing {
  object: SearchedKind;
  /** As `judge` gives it: lower is better. */
  score: number;
  mine: boolean;
}

/** As many as are kept while looking. */
const MOST_KEPT = 400;

/** What tells a record from all others of a connection. */
export const nameOf = ({ object, id }: { object: SearchedKind; id: string }) => `${object} ${id}`;

/** Better first: by score, then by kind, so that a company stands before what belongs to it. */
export const compareScores = (a: Candidate, b: Candidate) =>
  a.score - b.score || SEARCHED.indexOf(a.object) - SEARCHED.indexOf(b.object) || Number(b.matters) - Number(a.matters);

/** What breaks ties, as it does when matching: latest activity, the user's own. At last the id, so that chance decides nothing. */
export const compareStanding = (a: Candidate, b: Candidate) =>
  b.day - a.day || Number(b.mine) - Number(a.mine) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export interface Best {
  add(one: Candidate): void;
  /** Whether one with this score may be among the best. */
  takes(score: number): boolean;
  sorted(): Candidate[];
  /** Whether others were left out. */
  isCut(): boolean;
}

/** Keeps the best of many. */
export function createBest(): Best {
  let kept: Candidate[] = [];
  let worst = Number.POSITIVE_INFINITY;
  let cut = false;
  function sorted(): Candidate[] {
    kept.sort((a, b) => compareScores(a, b) || compareStanding(a, b));
    cut ||= kept.length > MOST_KEPT;
    kept = kept.slice(0, MOST_KEPT);
    if (cut) worst = kept.at(-1)?.score ?? worst;
    return kept;
  }
  return {
    add(one) {
      kept.push(one);
      if (kept.length >= 4 * MOST_KEPT) sorted();
    },
    takes: (score) => score <= worst,
    sorted,
    isCut: () => cut,
  };
}
