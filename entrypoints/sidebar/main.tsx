import '@/components/ui/theme.css';
import { mountView } from '@/components/ui/mount-view';
import { App } from './App';

mountView(<App token={new URLSearchParams(location.hash.slice(1)).get('t') ?? ''} />);
