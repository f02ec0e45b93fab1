import { expect } from '@playwright/test';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../../sandbox-crm/seed/random.ts';
import type { KillScene } from './kill-scene.ts';
import { changeALot, loadAgain } from './mass-changes.ts';

export interface Battery {
  seed: number;
  /** Kills that have to hit a run that is under way. */
  kills: number;
  /** The share of the CRM's answers that something happens to. */
  faults?: number;
  kinds: readonly Kind[];
}

/** Into an empty copy; after a day's changes; after a data load so large that a Bulk job brings it. */
type Kind = 'first' | 'changes' | 'load';

export interface BatteryReport {
  kills: number;
  /** Kills that hit no run: it had not begun yet, or was over. */
  misses: number;
  faults: number;
  rounds: string[];
  /** Kills by what the worker had asked the CRM last. */
  moments: Record<string, number>;
}

/**
 * Kills the worker at random moments of run after run until so many have hit; after each round copy and CRM are compared. The
 * first round of each kind is left alone and tells how long such a run takes from the asking on, which is what the moments are
 * spread over.
 */
export async function runBattery(scene: KillScene, battery: Battery): Promise<BatteryReport> {
  const random = createRandom(battery.seed);
  const lengths = new Map<Kind, number>();
  const report: BatteryReport = { kills: 0, misses: 0, faults: 0, rounds: [], moments: {} };
  for (let round = 0; report.kills < battery.kills; round += 1) {
    const kind = battery.kinds[round % battery.kinds.length] ?? 'first';
    const began = await begin(scene, kind, random);
    // Not while the user signs in, who would have to do it again.
    const trouble = scene.sandbox.faults.random({ seed: battery.seed + round, share: battery.faults ?? 0 });
    const length = lengths.get(kind);
    const before = report.kills;
    const started = Date.now();
    // A machine on which a run outlives its moments would spend all kills on one kind.
    const most = Math.min(battery.kills, before + Math.ceil(battery.kills / SHARES));
    const told = length === undefined ? 0 : await killUntilOver(scene, began, { random, length, most, report });
    await scene.endedAtLast(began);
    const endedIn = Date.now() - started;
    report.faults += trouble.hits;
    trouble.remove();
    await scene.expectSame();
    await scene.expectShown();
    if (report.kills > before) expect(await scene.killer.isAnother(), 'the worker is not the one that was killed').toBe(true);
    await expectHistory(scene, began, told);
    if (length === undefined) lengths.set(kind, endedIn);
    const line = `${kind}: ${report.kills - before} kills over ${Math.round(lengths.get(kind) ?? 0)} ms`;
    report.rounds.push(line);
    console.log(`round ${round}, ${line}, ${report.kills} of ${battery.kills} kills, ${report.faults} faults so far`);
  }
  return report;
}

/** Starts a run of this kind. Gives a time before it, as the extension's clock tells it. */
async function begin(scene: KillScene, kind: Kind, random: Random): Promise<string> {
  const { sandbox } = scene;
  if (kind === 'first' && (await scene.ask('connections.list', {})).length > 0) await scene.disconnect();
  if (kind === 'changes') changeALot(sandbox.org, random);
  if (kind === 'load') loadAgain(sandbox.org, random);
  sandbox.log.clear();
  const began = scene.now();
  if (kind === 'first') await scene.connect();
  else await scene.startSync();
  return began;
}

/** No round gets more than this part of the kills. */
const SHARES = 8;

/** A run that is never met is not one that these moments can hit. */
const MISSES_IN_A_ROW = 50;

/**
 * One life of the worker after the other, each of a random length, until the run is over or there were enough. Gives how many
 * of the killed runs stood in the history already.
 */
async function killUntilOver(
  scene: KillScene,
  began: string,
  { random, length, most, report }: { random: Random; length: number; most: number; report: BatteryReport },
): Promise<number> {
  const { killer, copy, sandbox } = scene;
  let lastRun = '';
  let told = 0;
  let inARow = 0;
  while (report.kills < most) {
    const lastCall = () => sandbox.log.requests.at(-1);
    // Chromium is in no hurry to start a worker that was stopped many times: most lives are counted from their own beginning.
    if (random.next() < 0.8) await killer.started();
    await pause(random.next() * length);
    const call = lastCall();
    const moment = call ? momentOf(call) : 'nothing yet';
    const isKilled = await killer.kill();
    const status = await copy.status();
    const isUnderWay = isKilled && status !== null && status.runStartedAt !== null && status.runStartedAt !== lastRun;
    if (isUnderWay) {
      lastRun = status.runStartedAt ?? '';
      inARow = 0;
      report.kills += 1;
      if ((await copy.history()).some(({ startedAt }) => startedAt === lastRun)) told += 1;
      report.moments[moment] = (report.moments[moment] ?? 0) + 1;
    } else {
      report.misses += 1;
      inARow += 1;
      if (inARow >= MISSES_IN_A_ROW) throw new Error(`${inARow} kills in a row hit no run: ${JSON.stringify(status)}`);
    }
    sandbox.log.clear();
    scene.wake();
    if (status && status.runStartedAt !== null) continue;
    if ((status?.lastSuccessAt ?? '') > began) return told;
    // Three kills that got nowhere, one before the run had begun, or the CRM's trouble: the run waits until the user asks.
    await scene.startSync();
  }
  return told;
}

/** What a call is about: `query Contact`, `part of a job`. */
function momentOf({ method, path, search }: { method: string; path: string; search: string }): string {
  const query = decodeURIComponent(search);
  const [, object] = /FROM (\w+)/.exec(query) ?? [];
  if (object) return `query ${object}`;
  if (path.endsWith('/composite')) return 'what has changed';
  if (path.endsWith('/results')) return 'a part of a job';
  if (path.includes('/jobs/query')) return `${method} job`;
  return path.includes('/query/') ? 'a further page' : (path.split('/').at(-1) ?? path);
}

/** Each run stands in the history once: the killed ones as interrupted, the last one as the one that ended well. */
async function expectHistory(scene: KillScene, began: string, told: number): Promise<void> {
  const history = (await scene.copy.history()).filter(({ startedAt }) => startedAt >= began);
  const [last] = history;
  expect(last?.outcome, 'how the last run ended').toBe('ok');
  const open = history.filter(({ endedAt }) => endedAt === null);
  expect(new Set(history.map(({ startedAt }) => startedAt)).size, 'runs that began at moments of their own').toBe(history.length);
  expect(open.every(({ outcome }) => outcome === 'interrupted')).toBe(true);
  expect(open.length, 'killed runs in the history').toBeGreaterThanOrEqual(Math.min(told, 49));
}
