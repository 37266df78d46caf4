// Runs Jenkinsfiles against a recording language, all in one machine: prints `<path>: <what is wrong>`, a line each.
// What may stand in what is from jenkins.io/doc/book/pipeline/syntax.
class Recorder {
    static final Map<String, Set<String>> INSIDE = [
        pipeline: ['agent', 'options', 'triggers', 'stages', 'environment', 'post', 'tools', 'parameters'] as Set,
        stages: ['stage'] as Set,
        parallel: ['stage'] as Set,
        stage: ['when', 'agent', 'options', 'environment', 'steps', 'stages', 'parallel', 'post', 'tools'] as Set,
        agent: ['docker', 'label', 'none', 'any'] as Set,
        docker: ['image', 'args', 'label', 'reuseNode'] as Set,
        options: ['timeout', 'skipDefaultCheckout'] as Set,
        triggers: ['cron'] as Set,
    ].asImmutable()
    static final Set<String> CONDITIONS = [
        'branch', 'buildingTag', 'changelog', 'changeRequest', 'environment', 'expression', 'tag', 'not', 'allOf',
        'anyOf', 'triggeredBy',
    ] as Set
    static final Set<String> STEPS = ['sh', 'catchError', 'script', 'stash', 'unstash'] as Set
    static final Set<String> ONCE = ['when', 'agent', 'options', 'environment', 'steps', 'stages', 'parallel'] as Set

    List<String> path = []
    List<String> problems = []
    List<List<String>> seen = [[]]
    Set<String> functions = []

    def invokeMethod(String name, Object given) {
        def args = given as List
        def body = args && args[-1] instanceof Closure ? args.remove(args.size() - 1) : null
        check(name, args, body != null)
        seen[-1] << (name == 'stage' && args ? "stage ${args[0]}".toString() : name)
        if (body == null || name == 'expression') { return null }
        path << name
        seen << []
        body.delegate = this
        body.resolveStrategy = Closure.DELEGATE_FIRST
        body.call()
        done(name, seen.removeLast())
        path.removeLast()
        return null
    }

    def propertyMissing(String name) { propertyOf(name) }

    def propertyOf(String name) {
        if (path && path[-1] == 'agent' && name in ['none', 'any']) { seen[-1] << name }
        return name
    }

    // `NAME = value` in a section: only that of variables has it.
    void propertyMissing(String name, Object value) { assigned(name) }

    void assigned(String name) {
        if (!path || path[-1] != 'environment') { problems << "a value for ${name} in ${where()}".toString() }
    }

    String where() { path ? path[-1] : 'the file' }

    void check(String name, List args, boolean hasBody) {
        def parent = path ? path[-1] : ''
        boolean fits
        if (!path) {
            fits = name == 'pipeline' && hasBody
        } else if (parent in ['when', 'not', 'allOf', 'anyOf']) {
            fits = name in CONDITIONS || (parent == 'when' && name == 'beforeAgent')
        } else if (parent == 'environment') {
            fits = name == 'credentials' || name in functions
        } else if (path.contains('steps')) {
            fits = name in STEPS || name in functions
        } else {
            fits = name in (INSIDE[parent] ?: [] as Set)
        }
        if (!fits) { problems << "${name} in ${where()}".toString() }
        if (name in ONCE && name in seen[-1]) { problems << "${name} twice in ${where()}".toString() }
        if (name == 'stage') {
            if (args.size() != 1 || !(args[0] instanceof CharSequence)) { problems << 'stage without a name' }
            else if ("stage ${args[0]}".toString() in seen[-1]) { problems << "stage ${args[0]} twice".toString() }
        }
    }

    void done(String name, List<String> inside) {
        if (name == 'pipeline' && !('agent' in inside && 'stages' in inside)) { problems << 'pipeline without agent or stages' }
        if (name == 'stage' && inside.count { it in ['steps', 'stages', 'parallel'] } != 1) {
            problems << 'stage without exactly one of steps, stages, parallel'
        }
        if (name in ['stages', 'parallel', 'steps', 'when', 'allOf', 'anyOf', 'not', 'agent'] && !inside) {
            problems << "${name} is empty".toString()
        }
        if (name == 'not' && inside.size() > 1) { problems << 'not takes one condition' }
    }
}

def shell = new GroovyShell()
args.each { path ->
    def recorder = new Recorder()
    try {
        def script = shell.parse(new File(path))
        recorder.functions = script.class.declaredMethods*.name.findAll { it ==~ /run.+/ || it == 'eventType' } as Set
        script.metaClass.methodMissing = { String name, given -> recorder.invokeMethod(name, given) }
        script.metaClass.propertyMissing = { String name -> recorder.propertyOf(name) }
        script.binding = new Binding() {
            Object getVariable(String name) { recorder.propertyOf(name) }
            void setVariable(String name, Object value) { recorder.assigned(name) }
        }
        script.run()
    } catch (org.codehaus.groovy.control.CompilationFailedException error) {
        recorder.problems << error.message.readLines().find { it.contains('@ line') }
    } catch (groovy.lang.GroovyRuntimeException error) {
        recorder.problems << error.message.readLines().first()
    }
    recorder.problems.unique().each { println "${path}: ${it}" }
}
