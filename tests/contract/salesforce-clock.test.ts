import { describe, expect, it } from 'vitest';
import { DAY, expectEqual, HOUR, rowOf, type Scene, salesforceScene, SMALL, storedOf, whole } from './salesforce-scene';

/** A copy that was made while the CRM's clock was so far off; it is right again now. */
async function copiedAt(offset: number): Promise<Scene> {
  const scene = await salesforceScene(SMALL);
  const { clock } = scene.crm.sandbox.org;
  clock.advance(offset);
  await whole(scene.sync());
  clock.advance(-offset);
  clock.advance(HOUR);
  return scene;
}

describe('a clock of Salesforce that was wrong', () => {
  it.each([
    ['a month ahead', 30 * DAY],
    ['three hours ahead', 3 * HOUR],
    ['a month behind', -30 * DAY],
  ])('costs no change and no deletion, once it is right again: %s', async (_, offset) => {
    const scene = await copiedAt(offset);
    const { org } = scene.crm.sandbox;
    org.update('Contact', rowOf(scene, 'contact').Id, { Title: 'Changed since' });
    org.insert('Lead', { LastName: 'New', Company: 'New' });
    const deal = rowOf(scene, 'opportunity');
    org.remove('Opportunity', deal.Id);
    org.clock.advance(HOUR);
    await whole(scene.sync());
    await expectEqual(scene);
    expect(await scene.store.get('opportunity', deal.Id)).toBeNull();
  });

  it('is what a run goes by, whatever our own says', async () => {
    const scene = await salesforceScene(SMALL);
    const ours = { now: () => Date.parse('2031-01-01T00:00:00Z') };
    // How old a Task may be is counted from our own day.
    scene.selection.leaveOut.closedTaskDays = null;
    await whole(scene.sync({ clock: ours }));
    expect((await storedOf(scene, 'contact')).checkpoint.deletedUntil).toBe('2026-06-01T09:00:00.000Z');
    scene.crm.sandbox.org.update('Contact', rowOf(scene, 'contact').Id, { Title: 'Changed since' });
    scene.crm.sandbox.org.clock.advance(HOUR);
    await whole(scene.sync({ clock: ours }));
    await expectEqual(scene);
  });
});
