import { mkdtempSync, writeFileSync, mkdirSync, cpSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { scanProfile, describeScan } from './profile-scan.ts';
import { compress } from 'snappyjs';
const dir=mkdtempSync('/tmp/w/bench-');
const needles=[];
const syl=['ac','me','glo','bex','ini','tech','um','bre','lla','stark','way','ne','ho','li','sirius','cyber','dyne','omni','corp','vand','elay'];
const w=(n:number)=>{let s='',x=n*2654435761>>>0;for(let i=0;i<4;i++){s+=syl[x%syl.length];x=(x*1103515245+12345+n)>>>0>>>1;}return s+n;};
for(let i=0;i<5661;i++){const c=w(i);needles.push({label:'name',value:c[0]!.toUpperCase()+c.slice(1)+' International Inc.'},{label:'domain',value:c+'.com'});for(let j=0;j<9;j++)needles.push({label:'email',value:`person${j}.${w(i*9+j)}@${c}.com`});}
console.log('needles',needles.length);
// 100MB noise, 60MB text-like html/json, 40MB UTF-16 text
const text=Buffer.from(Array.from({length:200000},(_,i)=>`{"email":"person${i%9}.${w(i+777777)}@example${i}.com","name":"International Holdings Inc. ${i}"}\n`).join(''));
mkdirSync(dir+'/Default');
for(let i=0;i<25;i++) writeFileSync(`${dir}/Default/blob${i}`,randomBytes(4<<20));
for(let i=0;i<4;i++) writeFileSync(`${dir}/Default/text${i}`,text);
const u=Buffer.from(text.toString('latin1').slice(0,10<<20),'utf16le');
for(let i=0;i<2;i++) writeFileSync(`${dir}/Default/u${i}`,u);
writeFileSync(`${dir}/Default/hit`,needles[30000]!.value);
let t=performance.now(); const s=scanProfile(dir,needles); console.log(Math.round(performance.now()-t),'ms',s.bytes/1e6,'MB', s.hits.length, Math.round(process.memoryUsage().rss/1e6),'MB rss'); console.log(describeScan(s,3));
rmSync(dir,{recursive:true});
