import { convergence } from './convergence/convergence';

convergence(3);
