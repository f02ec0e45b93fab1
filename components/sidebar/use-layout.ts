import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { request } from '@/lib/messaging/request';
import type { SidebarLayout } from '@/lib/messaging/protocol';
import { useRequest } from '../hooks/use-request';

const AS_SHIPPED: SidebarLayout = { order: [], closed: [] };

/** How the user has arranged the sidebar; undefined until it is known. A change is seen at once and remembered for every site. */
export function useLayout(): [SidebarLayout | undefined, (layout: SidebarLayout) => void] {
  const client = useQueryClient();
  const { data, error } = useRequest('sidebar.layout', {});
  // The cache tells its news a moment later, and two quick presses must not build on the same layout.
  const [own, setOwn] = useState<SidebarLayout>();
  const arrange = (layout: SidebarLayout) => {
    setOwn(layout);
    client.setQueryData(['sidebar.layout', {}], layout);
    // What cannot be kept still holds for this view.
    void request('sidebar.arrange', layout).catch(() => {});
  };
  return [own ?? (error ? (data ?? AS_SHIPPED) : data), arrange];
}
