/** Kind keys of Argo's objects. */
export const APPLICATION = 'argoproj.io/Application';
export const APPLICATION_SET = 'argoproj.io/ApplicationSet';
export const APP_PROJECT = 'argoproj.io/AppProject';
export const ROLLOUT = 'argoproj.io/Rollout';
export const WORKFLOWS = [
  'argoproj.io/Workflow',
  'argoproj.io/CronWorkflow',
  'argoproj.io/WorkflowTemplate',
  'argoproj.io/ClusterWorkflowTemplate',
];
