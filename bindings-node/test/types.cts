// The same door from CommonJS. Never run.
import staffgate = require('staffgate');
import testing = require('staffgate/testing');

async function main(): Promise<void> {
  const portal = await staffgate.Portal.open('portal.db');
  const skills: staffgate.SkillView[] = (await portal.asOperator('agency').skills.list()).items;
  const report: testing.Report = await testing.checkStore(new staffgate.MemoryStore());
  console.log(skills, report.cases);
}

void main();
