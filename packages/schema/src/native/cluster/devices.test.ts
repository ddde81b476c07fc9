import { describe, expect, test } from 'vitest';
import { saidOf } from '../../../test/native-lines.ts';
import { checkResourceClaim, checkResourceClaimTemplate } from './device-claim.ts';
import { checkDeviceClass } from './device-class.ts';
import { checkDeviceTaintRule } from './device-taint-rule.ts';
import { checkResourceSlice } from './resource-slice.ts';

describe('claims', () => {
  const of = (devices: string): string[] =>
    saidOf(checkResourceClaim, `{spec: {devices: {${devices}}}}`).map((line) => line.replace('spec.devices.', ''));
  const request = (members: string): string => `requests: [{name: a, exactly: {deviceClassName: b, ${members}}}]`;

  test.each<[string, ...string[]]>([
    [request('')],
    [request('allocationMode: All')],
    [request('allocationMode: All, count: 1'), 'schema/invalid requests[0].exactly.count'],
    [request('allocationMode: all'), 'schema/enum-case requests[0].exactly.allocationMode'],
    [request('count: -1'), 'schema/invalid requests[0].exactly.count'],
    [request('tolerations: [{key: a, operator: Exists, value: b}]'), 'schema/invalid requests[0].exactly.tolerations[0].value'],
    [request('selectors: [{}]'), 'schema/missing-required requests[0].exactly.selectors[0].cel'],
    [request('selectors: [{cel: {expression: device.driver == "a"}}]')],
    [request('selectors: [{cel: {expression: device.attributes["a"].b}}]')],
    [request('selectors: [{cel: {expression: device.driver}}]'), 'api/cel-cost requests[0].exactly.selectors[0].cel.expression'],
    [request('selectors: [{cel: {expression: device.nope}}]'), 'api/cel-cost requests[0].exactly.selectors[0].cel.expression'],
    [
      request(
        'selectors: [{cel: {expression: "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, [1,2,3,4,5,6,7,8,9,10].all(f, device.driver == string(f)))))))"}}]',
      ),
      'api/cel-cost requests[0].exactly.selectors[0].cel.expression',
    ],
    ['requests: [{name: A, exactly: {deviceClassName: b}}]', 'schema/invalid requests[0].name'],
    ['requests: [{name: a}]', 'schema/missing-required requests[0]'],
    ['requests: [{name: a, exactly: {deviceClassName: b}, firstAvailable: [{name: c, deviceClassName: b}]}]', 'schema/invalid requests[0]'],
    [
      'requests: [{name: a, firstAvailable: [{name: c, deviceClassName: b}, {name: c, deviceClassName: b}]}]',
      'schema/list-map-duplicate requests[0].firstAvailable[1]',
    ],
    [`${request('').slice(0, -1)}, {name: a, exactly: {deviceClassName: b}}]`, 'schema/list-map-duplicate requests[1]'],
    [`${request('')}, constraints: [{requests: [a], matchAttribute: a.b/c}]`],
    [`${request('')}, constraints: [{requests: [b], matchAttribute: a.b/c}]`, 'schema/invalid constraints[0].requests[0]'],
    [`${request('')}, constraints: [{requests: [a], matchAttribute: c}]`, 'schema/invalid constraints[0].matchAttribute'],
    [`${request('')}, constraints: [{}]`, 'schema/missing-required constraints[0].matchAttribute'],
    [`${request('')}, config: [{opaque: {driver: a, parameters: {b: c}}}]`],
    [`${request('')}, config: [{}]`, 'schema/missing-required config[0].opaque'],
    [`${request('')}, config: [{opaque: {driver: a, parameters: []}}]`, 'schema/invalid config[0].opaque.parameters'],
  ])('%s', (devices, ...lines) => {
    expect(of(devices)).toEqual(lines);
  });

  test('a template gives labels and annotations, nothing else', () => {
    const of = (metadata: string): string[] => saidOf(checkResourceClaimTemplate, `{spec: {metadata: {${metadata}}, spec: {}}}`);
    expect(of('labels: {a: b}, annotations: {C: d}, creationTimestamp: null')).toEqual([]);
    expect(of('name: a, labels: {a: "b c"}')).toEqual(['schema/invalid spec.metadata.name', 'meta/label-invalid spec.metadata.labels.a']);
  });
});

test.each<[string, ...string[]]>([
  ['extendedResourceName: a.b/c'],
  ['extendedResourceName: c', 'schema/invalid spec.extendedResourceName'],
  ['selectors: [{cel: {expression: "1"}}]', 'api/cel-cost spec.selectors[0].cel.expression'],
])('a class with %s', (spec, ...lines) => {
  expect(saidOf(checkDeviceClass, `{spec: {${spec}}}`)).toEqual(lines);
});

test.each<[string, ...string[]]>([
  ['taint: {key: a, effect: None}, deviceSelector: {driver: a, pool: a/b, device: c}'],
  ['taint: {effect: NoSchedule}', 'schema/missing-required spec.taint.key'],
  ['taint: {key: a, effect: PreferNoSchedule}', 'schema/invalid spec.taint.effect'],
  ['taint: {key: a, effect: None}, deviceSelector: {pool: A}', 'schema/invalid spec.deviceSelector.pool'],
])('a taint rule with %s', (spec, ...lines) => {
  expect(saidOf(checkDeviceTaintRule, `{spec: {${spec}}}`)).toEqual(lines);
});

describe('slices', () => {
  const of = (spec: string): string[] =>
    saidOf(checkResourceSlice, `{spec: {driver: a, pool: {name: b, resourceSliceCount: 1}, ${spec}}}`).map((line) =>
      line.replace('spec.', ''),
    );
  const device = (members: string): string[] =>
    of(`allNodes: true, devices: [{name: a, ${members}}]`).map((line) => line.replace('devices[0].', ''));

  test.each<[string, ...string[]]>([
    ['nodeName: a'],
    ['', 'schema/missing-required nodeName'],
    ['allNodes: false', 'schema/invalid allNodes', 'schema/missing-required nodeName'],
    ['allNodes: true, nodeName: a', 'schema/invalid '],
    ['nodeSelector: {nodeSelectorTerms: []}', 'schema/missing-required nodeSelector.nodeSelectorTerms'],
    ['allNodes: true, sharedCounters: [{name: a, counters: {b: {value: "1"}}}]'],
    ['allNodes: true, sharedCounters: [{name: a}]', 'schema/missing-required sharedCounters[0].counters'],
    ['allNodes: true, sharedCounters: [], devices: []', 'schema/invalid sharedCounters'],
    ['allNodes: true, devices: [{name: a}, {name: a}]', 'schema/list-map-duplicate devices[1]'],
    ['perDeviceNodeSelection: true, devices: [{name: a, nodeName: b}]'],
    ['perDeviceNodeSelection: true, devices: [{name: a}]', 'schema/missing-required devices[0].nodeName'],
  ])('%s', (spec, ...lines) => {
    expect(of(spec).map((line) => line.replace('spec', ''))).toEqual(lines);
  });

  test.each<[string, ...string[]]>([
    ['attributes: {a: {int: 1}, a.b/c: {version: 1.2.3}}'],
    ['attributes: {a: {}}', 'schema/missing-required attributes.a'],
    ['attributes: {a: null}', 'schema/missing-required attributes.a'],
    ['attributes: {a: {int: 1, bool: true}}', 'schema/invalid attributes.a'],
    ['attributes: {a-b: {int: 1}}', 'schema/invalid attributes.a-b'],
    ['attributes: {a: {version: "1.2"}}', 'schema/invalid attributes.a.version'],
    ['nodeName: b', 'schema/invalid nodeName'],
    ['bindingConditions: [a]', 'schema/missing-required bindingFailureConditions'],
    ['bindingConditions: [a], bindingFailureConditions: [a]', 'schema/invalid bindingFailureConditions[0]'],
    ['consumesCounters: [{counterSet: a, counters: {B: {value: "1"}}}]', 'schema/invalid consumesCounters[0].counters.B'],
    ['taints: [{key: a}]', 'schema/missing-required taints[0].effect'],
  ])('a device with %s', (members, ...lines) => {
    expect(device(members)).toEqual(lines);
  });

  test.each<[string, ...string[]]>([
    ['validValues: ["1", "2"], default: "2"'],
    ['validValues: ["2", "1"], default: "2"', 'schema/invalid validValues[1]'],
    ['validValues: ["1", "1"], default: "1"', 'schema/list-map-duplicate validValues[1]'],
    ['validValues: ["1.5", "2"], default: "2"', 'schema/list-map-duplicate validValues[1]'],
    ['validValues: ["1"], default: "2"', 'schema/invalid validValues'],
    ['validValues: ["20"], default: "20"', 'schema/invalid validValues[0]'],
    ['validValues: ["1"]', 'schema/missing-required default'],
    ['validRange: {min: "1", max: "9", step: "2"}, default: "3"'],
    ['validRange: {min: "1", max: "9", step: "2"}, default: "4"', 'schema/invalid validRange.step'],
    ['validRange: {min: "1", max: "8", step: "2"}, default: "3"', 'schema/invalid validRange.step'],
    ['validRange: {min: "1", step: "0"}, default: "3"', 'schema/invalid validRange.step'],
    ['validRange: {min: "4"}, default: "3"', 'schema/invalid validRange.min'],
    ['validRange: {min: "1", max: "2"}, default: "3"', 'schema/invalid validRange.max'],
    ['validRange: {min: "1", max: "20"}, default: "3"', 'schema/invalid validRange.max'],
    ['validRange: {min: "1"}, validValues: ["1"], default: "1"', 'schema/invalid validRange'],
  ])('a capacity of 10 with %s', (policy, ...lines) => {
    const said = device(`allowMultipleAllocations: true, capacity: {a: {value: "10", requestPolicy: {${policy}}}}`);
    expect(said.map((line) => line.replace('capacity.a.requestPolicy.', ''))).toEqual(lines);
  });

  test('what came with 1.36 drops out before', () => {
    const text =
      '{spec: {driver: a, pool: {name: b, resourceSliceCount: 1}, allNodes: true, devices: [{name: a, taints: [{}], nodeName: b}]}}';
    expect(saidOf(checkResourceSlice, text, { minor: 35 })).toEqual([]);
    expect(saidOf(checkResourceSlice, text)).toHaveLength(3);
  });
});
