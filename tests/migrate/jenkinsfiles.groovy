// Runs Jenkinsfiles against a recording language, all in one machine: prints `<path>: <what is wrong>`, a line each.
// Where the first argument is `--scripts`, it prints what is run by `sh` instead, in that order: `<path>: <Base64>`.
// Each file has a loader of its own that is closed behind it, so that the machine holds one file's classes at a time.
// What may stand in what is from jenkins.io/doc/book/pipeline/syntax; of the steps, those that migrations write.
// The package keeps the names of classes here out of the files, whose variables may have such names.
package recorder

class Rules {
    static final Map<String, Set<String>> INSIDE = [
        pipeline: ['agent', 'options', 'triggers', 'stages', 'environment', 'post', 'tools', 'parameters'] as Set,
        stages: ['stage'] as Set,
        parallel: ['stage'] as Set,
        stage: ['when', 'agent', 'options', 'environment', 'steps', 'stages', 'parallel', 'post', 'tools'] as Set,
        agent: ['docker', 'label'] as Set,
        docker: ['image', 'args', 'label', 'reuseNode'] as Set,
        options: ['timeout', 'skipDefaultCheckout'] as Set,
        triggers: ['cron'] as Set,
    ].asImmutable()
    static final Set<String> CONDITIONS = [
        'branch', 'buildingTag', 'changelog', 'changeRequest', 'environment', 'expression', 'tag', 'not', 'allOf',
        'anyOf', 'triggeredBy',
    ] as Set
    static final Set<String> COMBINE = ['when', 'not', 'allOf', 'anyOf'] as Set
    static final Set<String> STEPS = ['sh', 'catchError', 'script', 'stash', 'unstash'] as Set
    // Sections that need braces, and words that never have any.
    static final Set<String> BRACES = [
        'pipeline', 'stages', 'parallel', 'stage', 'options', 'environment', 'steps', 'triggers', 'docker', 'when',
        'not', 'allOf', 'anyOf', 'expression', 'catchError', 'script',
    ] as Set
    static final Set<String> ONCE = [
        'when', 'agent', 'options', 'environment', 'steps', 'stages', 'parallel', 'triggers', 'beforeAgent', 'image',
        'args', 'timeout',
    ] as Set
    static final Set<String> RESULTS = ['SUCCESS', 'UNSTABLE', 'FAILURE'] as Set
    static final Set<String> COMPARATORS = ['EQUALS', 'GLOB', 'REGEXP'] as Set

    // What the words take between their brackets; those that are not here take nothing.
    static boolean takes(String name, List args, String parent) {
        def map = args.size() == 1 && args[0] instanceof Map ? args[0] as Map : null
        def text = args.size() == 1 && args[0] instanceof CharSequence && args[0] ? args[0] as String : null
        switch (name) {
            case ['stage', 'sh', 'image', 'label', 'unstash', 'credentials', 'cron', 'changelog']:
                return text != null
            case ['args', 'triggeredBy']:
                return args.size() == 1 && args[0] instanceof CharSequence
            case 'agent':
                return !args || args in [['none'], ['any']]
            case ['beforeAgent', 'reuseNode']:
                return args.size() == 1 && args[0] instanceof Boolean
            case ['branch', 'tag']:
                return text != null || (map && map.pattern && compares(map, ['pattern']))
            case 'changeRequest':
                return !args || (map && compares(map, ['target', 'branch', 'fork', 'author', 'title', 'id']))
            case 'environment':
                return parent in COMBINE ? map && map.keySet() == (['name', 'value'] as Set) : !args
            case 'timeout':
                return map && map.time instanceof Integer && map.unit in ['SECONDS', 'MINUTES', 'HOURS'] && map.size() == 2
            case 'stash':
                return map && map.name && map.keySet() - (['name', 'includes', 'allowEmpty'] as Set) == ([] as Set)
            case 'catchError':
                return map && map.keySet() == (['buildResult', 'stageResult'] as Set) && map.values().every { it in RESULTS }
            default:
                return !args
        }
    }

    static boolean compares(Map given, List<String> keys) {
        def known = given.keySet() - (keys as Set)
        return known in [[] as Set, ['comparator'] as Set] && (!given.comparator || given.comparator in COMPARATORS)
    }
}

class Recorder {
    List<String> path = []
    List<String> problems = []
    List<String> scripts = []
    List<List<String>> seen = [[]]
    Set<String> stages = []
    Set<String> functions = []
    Script script

    def invokeMethod(String name, Object given) {
        def args = given as List
        def body = args && args[-1] instanceof Closure ? args.remove(args.size() - 1) as Closure : null
        check(name, args, body != null)
        if (name == 'sh' && args) { scripts << args[0].toString() }
        seen[-1] << (name == 'stage' && args ? "stage ${args[0]}".toString() : name)
        if (name in functions) { return called(name, args) }
        if (body == null || name == 'expression') { return null }
        return within(name, body)
    }

    def within(String name, Closure body, Object argument = null) {
        path << name
        seen << []
        body.delegate = this
        body.resolveStrategy = Closure.DELEGATE_FIRST
        body.call(argument)
        done(name, seen.removeLast())
        path.removeLast()
        return null
    }

    // What a function of the file does is looked at wherever it is called.
    def called(String name, List args) {
        if (path.count(name)) { problems << "${name} calls itself".toString(); return null }
        def method = script.getMetaClass().pickMethod(name, args*.class as Class[])
        if (method == null) { problems << "${name} takes other arguments".toString(); return null }
        path << name
        def result = method.invoke(script, args as Object[])
        path.removeLast()
        return result
    }

    def propertyMissing(String name) { propertyOf(name) }

    def propertyOf(String name) {
        if (path && path[-1] in ['pipeline', 'stage'] && name in ['none', 'any']) { return name }  // of `agent`
        if (path.any { it in functions }) {
            if (name == 'docker') { return new Docker(recorder: this) }
            if (name == 'env') { return [:] }
            if (name == 'currentBuild') { return new Build() }
        }
        problems << "nobody knows ${name} in ${where()}".toString()
        return name
    }

    // `NAME = value` in a section: only that of variables has it.
    void propertyMissing(String name, Object value) { assigned(name, value) }

    void assigned(String name, Object value) {
        if (!path || path[-1] != 'environment') { problems << "a value for ${name} in ${where()}".toString(); return }
        if (name in seen[-1]) { problems << "${name} twice in environment".toString() }
        seen[-1] << name
    }

    String where() { path ? path[-1] : 'the file' }

    void check(String name, List args, boolean hasBody) {
        def parent = path ? path[-1] : ''
        boolean fits
        if (!path) {
            fits = name == 'pipeline' && hasBody && !seen[-1]
        } else if (parent in Rules.COMBINE) {
            fits = name in Rules.CONDITIONS || (parent == 'when' && name == 'beforeAgent')
        } else if (parent == 'environment') {
            fits = name == 'credentials' || name in functions
        } else if (path.contains('steps') || path.any { it in functions }) {
            fits = name in Rules.STEPS || name in functions
        } else {
            fits = name in (Rules.INSIDE[parent] ?: [] as Set)
        }
        if (!fits) { problems << "${name} in ${where()}".toString(); return }
        if (name in Rules.ONCE && name in seen[-1]) { problems << "${name} twice in ${where()}".toString() }
        if (name in functions) { return }
        if (!Rules.takes(name, args, parent)) { problems << "${name} takes something else than ${args}".toString() }
        boolean isCondition = name == 'environment' && parent in Rules.COMBINE
        boolean isEither = name == 'agent' && args  // `agent none`
        if (hasBody != (name in Rules.BRACES + 'agent') && !isCondition && !isEither) {
            problems << "${name} ${hasBody ? 'with' : 'without'} braces".toString()
        }
        // Blue Ocean and the logs tell stages by their names alone.
        if (name == 'stage' && !stages.add(args[0] as String)) { problems << "stage ${args[0]} twice".toString() }
        if (name == 'parallel' && path.contains('parallel')) { problems << 'parallel within parallel' }
    }

    void done(String name, List<String> inside) {
        if (name == 'pipeline' && !('agent' in inside && 'stages' in inside)) { problems << 'pipeline without agent or stages' }
        if (name == 'stage') {
            if (inside.count { it in ['steps', 'stages', 'parallel'] } != 1) {
                problems << 'stage without exactly one of steps, stages, parallel'
            }
            // Only jobs have a machine: https://issues.jenkins.io/browse/JENKINS-46809
            if ('parallel' in inside && ('agent' in inside || 'tools' in inside)) { problems << 'parallel with an agent' }
        }
        if (name == 'docker' && !('image' in inside)) { problems << 'docker without an image' }
        if (!(inside - 'beforeAgent')) { problems << "${name} is empty".toString() }
        if (name in ['not', 'agent'] && inside.size() > 1) { problems << "${name} takes one".toString() }
    }
}

class Build {
    List getBuildCauses(String name) { [] }
}

// The variable `docker` of the plugin Docker Pipeline.
class Docker {
    Recorder recorder

    Image image(String name) {
        if (!name) { recorder.problems << 'docker.image without a name' }
        return new Image(recorder: recorder)
    }
}

class Image {
    Recorder recorder

    def inside(String options, Closure body) { runs('inside', body) }

    def withRun(String options, Closure body) { runs('withRun', body, [id: 'id']) }

    def withRun(String options, String command, Closure body) { withRun(options, body) }

    def runs(String name, Closure body, Object argument = null) {
        recorder.seen[-1] << name
        return recorder.within(name, body, argument)
    }
}

// What every Jenkinsfile is a child of: words that it does not define itself are the recorder's.
abstract class Jenkinsfile extends Script {
    Recorder recorder

    def methodMissing(String name, given) { recorder.invokeMethod(name, given) }

    def propertyMissing(String name) { recorder.propertyOf(name) }
}

class Values extends Binding {
    Recorder recorder

    Object getVariable(String name) { recorder.propertyOf(name) }

    boolean hasVariable(String name) { true }

    void setVariable(String name, Object value) { recorder.assigned(name, value) }
}

def settings = new org.codehaus.groovy.control.CompilerConfiguration(scriptBaseClass: Jenkinsfile.name)
// Every call runs once: to link it costs more than to look it up.
settings.optimizationOptions.indy = false
def showsScripts = args[0] == '--scripts'
args.drop(showsScripts ? 1 : 0).each { path ->
    def recorder = new Recorder()
    def loader = new GroovyClassLoader(Jenkinsfile.classLoader, settings)
    try {
        def type = loader.parseClass(new File(path))
        def script = type.getDeclaredConstructor().newInstance() as Jenkinsfile
        script.recorder = recorder
        script.binding = new Values(recorder: recorder)
        recorder.script = script
        recorder.functions = type.declaredMethods.findAll { !it.synthetic && !it.name.contains('$') }*.name.toSet() - ['main', 'run']
        script.run()
        if (recorder.seen[0] != ['pipeline']) { recorder.problems << 'not exactly one pipeline' }
    } catch (org.codehaus.groovy.control.CompilationFailedException error) {
        recorder.problems << error.message.readLines().find { it.contains('@ line') }
    } catch (groovy.lang.GroovyRuntimeException | IllegalArgumentException error) {
        recorder.problems << error.message.readLines().first()
    } finally {
        loader.loadedClasses.each { org.codehaus.groovy.runtime.InvokerHelper.removeClass(it) }
        loader.close()
    }
    def told = showsScripts ? recorder.scripts.collect { it.getBytes('UTF-8').encodeBase64() } : recorder.problems.unique()
    told.each { println "${path}: ${it}" }
}
