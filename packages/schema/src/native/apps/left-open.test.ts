import type { JsonObject } from '@plumbline/core';
import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkLimitRange } from '../core/limit-range.ts';
import { checkResourceQuota } from '../core/quota.ts';
import type { Judgement } from '../judgement.ts';
import { checkIngress } from '../network/ingress.ts';
import { checkService } from '../network/service.ts';
import { checkAutoscaler } from './autoscaler.ts';
import { checkCronJob } from './cron-job.ts';
import { checkDaemonSet } from './daemon-set.ts';
import { checkDeployment } from './deployment.ts';
import { checkJob } from './job.ts';
import { checkDisruptionBudget } from './small.ts';

type Check = (object: JsonObject, judgement: Judgement) => void;
const TEMPLATE = 'template: {metadata: {labels: {a: b}}}';

describe('a build that was not run may still add or change fields', () => {
  test.each<[Check, string, ...string[]]>([
    [checkDeployment, `{spec: {${TEMPLATE}}}`, 'schema/missing-required skipped'],
    [checkDeployment, `{spec: {selector: {matchLabels: {a: c}}, ${TEMPLATE}}}`, 'wl/selector-mismatch skipped'],
    [
      checkDeployment,
      `{spec: {selector: {matchLabels: {a: b}}, ${TEMPLATE}, strategy: {type: Recreate, rollingUpdate: {}}}}`,
      'schema/invalid skipped',
    ],
    [
      checkDaemonSet,
      `{spec: {selector: {matchLabels: {a: b}}, ${TEMPLATE}, updateStrategy: {rollingUpdate: {maxSurge: 1}}}}`,
      'ha/strategy skipped',
    ],
    [checkJob, '{spec: {selector: {matchLabels: {a: b}}}}', 'wl/selector-mismatch skipped'],
    [checkDisruptionBudget, '{spec: {minAvailable: 1, maxUnavailable: 1}}', 'ha/pdb-policy skipped'],
    [checkAutoscaler, '{spec: {minReplicas: 3, maxReplicas: 2}}', 'ha/hpa-max skipped'],
    [checkService, '{spec: {selector: {a: b}}}', 'schema/missing-required skipped'],
    [checkService, '{spec: {type: NodePort, clusterIP: None, ports: [{port: 80}]}}', 'schema/invalid skipped'],
    [checkService, '{spec: {ipFamilies: [IPv4, IPv6], ports: [{port: 80}]}}'],
    [checkIngress, '{spec: {}}', 'schema/invalid skipped'],
    [checkLimitRange, '{spec: {limits: [{type: Container, max: {cpu: 1}, min: {cpu: 2}}]}}', 'schema/invalid skipped'],
    [checkResourceQuota, '{spec: {scopes: [Terminating, NotTerminating]}}', 'schema/invalid skipped'],
    // What is wrong by itself stays wrong.
    [checkDeployment, `{spec: {selector: {matchLabels: {a: b}}, ${TEMPLATE}, replicas: -1}}`, 'schema/invalid spec.replicas'],
  ])('%o %s', (check, text, ...lines) => {
    expect(saidOf(check, text, { mayGainFields: true })).toEqual(lines);
  });
});

describe('a variable is filled in later', () => {
  test.each<[Check, string, ...string[]]>([
    [checkDeployment, `{spec: {selector: {matchLabels: {a: "<X>"}}, ${TEMPLATE}}}`, 'wl/selector-mismatch skipped'],
    [checkDeployment, `{spec: {selector: {matchLabels: {a: b}}, ${TEMPLATE}, minReadySeconds: 700, progressDeadlineSeconds: "<X>"}}`],
    [
      checkDeployment,
      `{spec: {selector: {matchLabels: {a: b}}, ${TEMPLATE}, strategy: {rollingUpdate: {maxSurge: "<X>"}}}}`,
      'schema/invalid skipped',
    ],
    [checkJob, '{metadata: {name: "<X>"}, spec: {template: {metadata: {labels: {job-name: a}}}}}', 'wl/selector-mismatch skipped'],
    [checkCronJob, '{spec: {schedule: "<X>", timeZone: "<Y>"}}', 'wl/cronjob-schedule skipped'],
    [checkAutoscaler, '{spec: {scaleTargetRef: {kind: "<X>", name: a}, minReplicas: "<Y>", maxReplicas: 2}}'],
    [checkService, '{spec: {type: "<X>", clusterIP: None, ports: [{port: 80, nodePort: 30000}]}}', 'schema/invalid skipped'],
    [checkService, '{spec: {clusterIP: "<X>"}}'],
    [checkService, '{spec: {ports: [{port: 80, targetPort: "<X>"}]}}', 'schema/invalid skipped'],
    [
      checkIngress,
      '{spec: {rules: [{host: "<X>", http: {paths: [{pathType: "<Y>", backend: {service: {name: "<Z>", port: {name: http}}}}]}}]}}',
      'schema/invalid skipped',
    ],
    [checkLimitRange, '{spec: {limits: [{type: "<X>", max: {cpu: "<Y>"}, min: {cpu: 2}}]}}', 'schema/invalid skipped'],
  ])('%o %s', (check, text, ...lines) => {
    expect(
      saidOf(
        check,
        text.replaceAll(/<(\w)>/g, (_, name: string) => `$\{${name}}`),
        { isFilledIn: true },
      ),
    ).toEqual(lines);
  });
});
