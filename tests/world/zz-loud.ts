import { chromium } from '@playwright/test';
import { startWorldServer } from './server.ts';
import { mkdtempSync } from 'node:fs';
const page=()=>new Response(`<!doctype html><html lang=en><title>x</title><form><input name=email type=email autocomplete=email><input name=name><input type=password name=p><textarea></textarea><button>ok</button></form><a href=/2>next</a>`,{headers:{'content-type':'text/html'}});
const server=await startWorldServer({handlerFor:(h)=>h.endsWith('.example')?page:undefined,onRequest:(r)=>{ if(!r.known) console.log('REQ',r.method,r.host,r.path.slice(0,100),r.mode,r.site) }});
const b=await chromium.launchPersistentContext(mkdtempSync('/tmp/w/loud-'),{executablePath:'/usr/lib/chromium/chromium',chromiumSandbox:false,args:[`--host-resolver-rules=MAP * 127.0.0.1:${server.port},EXCLUDE localhost,EXCLUDE 127.0.0.1`,'--ignore-certificate-errors',...(process.env.WARGS??'').split(' ').filter(Boolean)]});
for(const h of ['a','b','c','d']){const p=await b.newPage();await p.goto(`https://www.${h}.example/`);await p.fill('input[name=email]','joe@x.example');await p.fill('input[name=p]','hunter2hunter2');await p.locator('textarea').pressSequentially('helo wrld');await p.click('button');await p.click('a');}
await new Promise(r=>setTimeout(r,15000)); await b.close(); await server.close();
