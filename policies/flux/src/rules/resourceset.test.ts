import { testRule } from '@plumbline/testing';
import { rule } from './resourceset.ts';

const set = (inputs: string, name: string): string => `
  apiVersion: fluxcd.controlplane.io/v1
  kind: ResourceSet
  metadata: {name: tenants, namespace: flux-system}
  spec:
    ${inputs}
    resources:
      - apiVersion: v1
        kind: Namespace
        metadata:
          name: ${name}
`;

testRule(rule, {
  valid: {
    'inputs of each entry, and what stands in for a missing one': [
      set('inputs: [{tenant: a, tier: gold}, {tenant: b, tier: gold}]', '"<< inputs.tenant >>-<< inputs.tier | lower >>"'),
      set('inputs: [{tenant: a}]', '"<< get inputs.team \\"x\\" | default inputs.tenant >>"'),
      set('inputs: [{tenant: a}]', '"<< inputs.id >>"'),
    ].join('  ---'),
    'inputs of elsewhere': set('inputsFrom: [{kind: ResourceSetInputProvider, name: a}]', '<< inputs.anything >>'),
  },
  invalid: {
    'one that the second entry lacks': {
      yaml: set('inputs: [{tenant: a, tier: gold}, {tenant: b}]', '<< inputs.tenant >>-<< inputs.tier >> # <-'),
      problems: [{ message: 'not every entry of spec.inputs has "tier"', path: '/spec/resources/0/metadata/name' }],
    },
    'a slip in a text': {
      yaml: set('inputs: [{tenant: a}]\n    resourcesTemplate: "<< inputs.tenat >>" # <-', 'a'),
      problems: [{ message: 'not every entry of spec.inputs has "tenat"; did you mean "tenant"?' }],
    },
    'a tag that is not closed': {
      yaml: set('inputs: [{tenant: a}]', '"<< inputs.tenant > >" # <-'),
      problems: [{ message: 'a tag "<<" of the template is not closed' }],
    },
  },
});
