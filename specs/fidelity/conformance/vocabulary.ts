/**
 * The words a case of one subject may use, as README.md lists them. A word of `given` with `[]` takes a list; where any
 * other one is given a list, the case holds for each of its values.
 */
export interface SubjectWords {
  readonly given: readonly string[];
  /** The words in `when`, or in each `when` of a sequence. */
  readonly when: readonly string[];
  /** The words in `then`, or in each `then` of a sequence. */
  readonly answer: readonly string[];
}

function words(given: string, when: string, answer: string): SubjectWords {
  const split = (text: string) => (text === '' ? [] : text.split(' '));
  return { given: split(given), when: split(when), answer: split(answer) };
}

const CONDITION = 'message reason status';
const STATUSES = 'containerStatuses containers[] initContainerStatuses initContainers[] phase';
const PORTS = words('port ports[]', '', 'error port');
const VALIDITY = 'errors valid';

export const SUBJECTS: Readonly<Record<string, SubjectWords>> = {
  backoff: words('initial max', 'advance at do repeat since', 'entry get inBackOff'),
  'container.argv': words('container image', '', 'argv'),
  'exec.captureOutput': words('command[] limitBytes runError stdout', '', 'error executed output outputBytes'),
  'kubelet.conditions.allContainersRestarting': words('containers[] phase previousCondition runtime', '', CONDITION),
  'kubelet.conditions.containersReady': words(STATUSES, '', CONDITION),
  'kubelet.conditions.initialized': words(STATUSES, '', 'reason status'),
  'kubelet.conditions.podReady': words(
    'containerStatuses containers[] phase podConditions readinessGates[]',
    '',
    CONDITION,
  ),
  'kubelet.conditions.podReadyToStartContainers': words('sandbox', '', 'status'),
  'kubelet.convertContainerStatuses': words(
    'cachedStatus containers[] deletionTimestamp restartPolicy runtime',
    '',
    'statuses',
  ),
  'kubelet.generateAPIPodStatus': words(
    'apiStatus cachedStatus containers[] deletionTimestamp podIsTerminal prober restartPolicy runtime sandbox',
    '',
    'conditions message phase reason statuses',
  ),
  'kubelet.getPhase': words('containers[] initContainers[] podIsTerminal restartPolicy statuses', '', 'phase'),
  'kubelet.shouldContainerBeRestarted': words('deleted restartPolicy statuses[]', '', 'restart'),
  'kuberuntime.computePodActions': words(
    'allInitContainersRestartable containers initContainers initProbes restartPolicy sandbox',
    '',
    'createSandbox killContainers killPod sandboxAttempt startContainers startInitContainers',
  ),
  'kuberuntime.killContainer': words('container pod terminationGracePeriodSeconds', '', 'error hookInvoked'),
  'kuberuntime.killGracePeriod': words('container pod reason', '', 'gracePeriodSeconds'),
  'kuberuntime.restartCountByLogDir': words('files[]', '', 'restartCount'),
  'kuberuntime.startContainer': words('container pod', '', 'hookInvoked'),
  'lifecycle.http.request': words('httpGet podIP ports[] version', '', 'headers url'),
  'lifecycle.isHTTPResponseError': words('request server', '', 'value'),
  'lifecycle.resolvePort': PORTS,
  'lifecycle.run': words(
    'container deadline execResult handler httpResult pod podIP server',
    '',
    'error errorMessage event executed message metric receivedHeadersLack sentHeaders url',
  ),
  'printers.pod': words('pod wide', '', 'age ip node nominatedNode readinessGates ready restarts rowConditions status'),
  'probe.exec.run': words(
    'errorKind exit exitError featureGates message output runError',
    '',
    'error output outputBytes outputContains result',
  ),
  'probe.findPortByName': words('name ports[]', '', 'error port'),
  'probe.grpc.run': words(
    'host listenPort listening port server service status takes timeout',
    '',
    'error output result',
  ),
  'probe.http.formatURL': words('host path port scheme', '', 'url'),
  'probe.http.headers': words('httpHeaders[]', '', 'headers'),
  'probe.http.run': words(
    'env followNonLocalRedirects headers path paths respond timeout url',
    '',
    'error outputBytes outputContains proxyUsed result sentHeadersContain sentHeadersLack sentHost',
  ),
  'probe.http.target': words('httpGet podIP ports[]', '', 'error host path port'),
  'probe.resolvePort': PORTS,
  'probe.tcp.run': words('listening port timeout', '', 'error result'),
  'probe.tcp.target': words('podIP ports[] tcpSocket', '', 'error host port'),
  'prober.manager': words(
    'pods[]',
    'add cancelSync cleanup probe remove stopLivenessAndStartup stopWorker',
    'eventuallyContainerReady eventuallyResult workers',
  ),
  'prober.manager.updatePodStatus': words('apiStatus container featureGates results workers[]', '', 'ready started'),
  'prober.run': words('env[] handlerError handlerOutcome probe probeType', 'probeTypes', 'error executed result'),
  'prober.worker.tick': words(
    'deletionTimestamp initialResult podStatus probe probeDefaults probeType restartPolicy',
    'probe probeOutcome set stop',
    'continue onHold onHoldBefore result resultRun resultSet workerRegistered',
  ),
  'qos.collectContainers': words('pod', '', 'guaranteedLimits limits requests'),
  'qos.collectPodLevel': words('resources', '', 'guaranteedLimits limits requests'),
  'qos.compute': words('featureGates pod', '', 'qosClass'),
  'validation.containers': words(
    'containers[] featureGates podRestartPolicy terminationGracePeriodSeconds',
    '',
    VALIDITY,
  ),
  'validation.ephemeralContainers': words(
    'ephemeralContainers[] podRestartPolicy terminationGracePeriodSeconds',
    '',
    VALIDITY,
  ),
  'validation.handler': words('handler', '', VALIDITY),
  'validation.initContainers': words(
    'containers[] featureGates initContainers[] podRestartPolicy terminationGracePeriodSeconds',
    '',
    VALIDITY,
  ),
  'validation.podConditions': words('conditions[]', '', VALIDITY),
  'validation.podSpec': words('spec', '', VALIDITY),
  'validation.probe': words('path probe', '', VALIDITY),
  'validation.readinessGates': words('readinessGates[]', '', VALIDITY),
  'validation.restartPolicy': words('restartPolicy', '', VALIDITY),
  'validation.sleepAction': words('featureGates path sleep terminationGracePeriodSeconds', '', VALIDITY),
};
