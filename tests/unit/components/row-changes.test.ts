import { describe, expect, it } from 'vitest';
import { changedOpportunity, changedTask, differing, type RowChange, valuesOfItem } from '@/components/quick/changes';
import type { OpportunityItem, TaskItem } from '@/lib/messaging/account-protocol';
import { AppError } from '@/lib/shared/errors';

const TASK: TaskItem = {
  id: 't1',
  url: '',
  subject: 'Call',
  status: 'Open',
  priority: null,
  dueOn: '2026-04-01',
  overdue: true,
  about: null,
  ownerName: null,
};
const DEAL: OpportunityItem = {
  id: 'o1',
  url: '',
  name: 'Deal',
  stage: 'Proposal',
  amount: null,
  closeOn: '2026-04-01',
  overdue: true,
  probability: 60,
  position: { at: 3, of: 5 },
  ownerName: null,
};
const change = (values: RowChange['values'], state: RowChange['state'] = { kind: 'sending' }): RowChange => ({ values, state });

describe('a row that was just changed', () => {
  it('shows a task as it is about to be, before the CRM has answered', () => {
    expect(changedTask({ t1: change({ status: 'Completed' }) }, TASK)).toMatchObject({ status: 'Completed', overdue: true });
    expect(changedTask({ t1: change({ dueOn: '2026-06-01' }) }, TASK)).toMatchObject({ dueOn: '2026-06-01', overdue: false });
    expect(changedTask({ t1: change({ dueOn: '' }) }, TASK)).toMatchObject({ dueOn: null, overdue: false });
  });

  it('says nothing of where a new stage stands, which only the copy knows', () => {
    const shown = changedOpportunity({ o1: change({ stage: 'Won' }) }, DEAL);
    expect(shown).toMatchObject({ stage: 'Won', position: null, probability: null, closeOn: '2026-04-01', overdue: true });
  });

  it('keeps showing it when the CRM has taken it, until the copy has it', () => {
    const done = change({ stage: 'Won' }, { kind: 'done', before: { stage: 'Proposal' } });
    expect(changedOpportunity({ o1: done }, DEAL).stage).toBe('Won');
  });

  it.each<[string, RowChange['state']]>([
    ['refused', { kind: 'refused', result: { kind: 'invalid', reasons: [] } }],
    ['in conflict', { kind: 'refused', result: { kind: 'conflict', current: {}, changedAt: '' } }],
    ['failed', { kind: 'failed', error: new AppError('crm.offline') }],
    ['taken back', { kind: 'undone' }],
  ])('is as the copy has it again when the change is %s', (_, state) => {
    expect(changedOpportunity({ o1: change({ stage: 'Won' }, state) }, DEAL)).toBe(DEAL);
    expect(changedTask({ t1: change({ status: 'Done' }, state) }, TASK)).toBe(TASK);
  });

  it('leaves other rows alone', () => expect(changedTask({ t2: change({ status: 'Done' }) }, TASK)).toBe(TASK));
});

it('sends only what is another value than before', () => {
  expect(valuesOfItem(DEAL)).toEqual({ stage: 'Proposal', closeOn: '2026-04-01' });
  expect(differing(valuesOfItem(DEAL), { stage: 'Proposal', closeOn: '' })).toEqual({ closeOn: '' });
  expect(differing(valuesOfItem(TASK), { status: 'Open', dueOn: '2026-04-01' })).toEqual({});
});
