import type { ComponentProps } from 'react';
import { SearchBox } from './SearchBox';

/** Without a connection there is nothing to search. */
export function Searchable({ isOn, ...search }: ComponentProps<typeof SearchBox> & { isOn: boolean }) {
  return isOn ? <SearchBox {...search} /> : search.children;
}
