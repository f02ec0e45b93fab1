import { fork } from 'node:child_process';
import type { CrmPlace, CrmQuestion, CrmQuestions } from './crm-messages.ts';

/** A CRM in its own process, so that neither its time nor its memory is taken for the extension's. */
export interface Crm extends CrmPlace {
  ask<Q extends CrmQuestion>(question: Q, asked: CrmQuestions[Q]['in']): Promise<CrmQuestions[Q]['out']>;
  close(): void;
}

/** Starts one with so many records: of every kind, or Accounts alone. */
export async function startCrm(records: number, content: 'all' | 'accounts' = 'all'): Promise<Crm> {
  const child = fork(new URL('./crm-process.ts', import.meta.url), [String(records), content], {
    execArgv: [...process.execArgv, '--max-old-space-size=8192'],
  });
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  const { promise, resolve, reject } = Promise.withResolvers<CrmPlace>();
  child.on('exit', (code) => reject(new Error(`the CRM's process ended with ${code}`)));
  child.on('message', (message: { place: CrmPlace } | { id: number; answer: unknown }) => {
    if ('place' in message) resolve(message.place);
    else waiting.get(message.id)?.(message.answer);
  });
  const place = await promise;
  return {
    ...place,
    ask(question, content) {
      asked += 1;
      const id = asked;
      return new Promise((answered) => {
        waiting.set(id, (answer) => {
          waiting.delete(id);
          answered(answer as CrmQuestions[typeof question]['out']);
        });
        child.send({ id, question, asked: content });
      });
    },
    close: () => child.disconnect(),
  };
}
