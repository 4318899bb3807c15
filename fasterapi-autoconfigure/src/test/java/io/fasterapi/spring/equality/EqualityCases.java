package io.fasterapi.spring.equality;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** All cases, in the order in which they run. Built once. */
public final class EqualityCases {

    private static final List<EqualityCase> ALL = all();
    private static final Pattern PATH = Pattern.compile("^(\\S+ )/");

    private EqualityCases() {}

    /** All cases. */
    public static List<EqualityCase> list() {
        return ALL;
    }

    private static List<EqualityCase> all() {
        List<EqualityCase> all = new ArrayList<>(RepeatedCases.of(ordinary()));
        all.addAll(wire());
        all.addAll(several());
        return List.copyOf(all);
    }

    /** Each request once, where repetitions would show nothing new. */
    public static List<EqualityCase> once() {
        List<EqualityCase> once = new ArrayList<>(ordinary());
        once.addAll(wire());
        return once;
    }

    /** Each request once, and what depends on where a request comes from or how it is spelt. */
    static List<EqualityCase> onceAndSeveral() {
        List<EqualityCase> cases = new ArrayList<>(once());
        cases.addAll(several());
        return cases;
    }

    /**
     * Each request twice, always on a connection of its own: for applications that answer on other
     * threads, see {@link LateAnswers}.
     */
    static List<EqualityCase> apart() {
        return ordinary().stream()
                .filter(EqualityCase::isOneRequest)
                .map(single -> apart(single.name(), single.text()))
                .toList();
    }

    /** The same under a base path, without those whose target is no path. */
    static List<EqualityCase> apartUnder(String basePath) {
        return ordinary().stream()
                .filter(single -> single.isOneRequest() && PATH.matcher(single.text()).find())
                .map(
                        single ->
                                apart(
                                        single.name(),
                                        PATH.matcher(single.text())
                                                .replaceFirst("$1" + basePath + "/")))
                .toList();
    }

    private static EqualityCase apart(String name, String request) {
        EqualityCase apart = EqualityCase.named(name).withoutProbe();
        RepeatedCases.inTurn(apart, List.of(request, request), true);
        return apart;
    }

    /** Requests that reach a handler, or would if there were one; each once. */
    private static List<EqualityCase> ordinary() {
        CaseBook book = new CaseBook();
        ResultCases.addTo(book);
        ArgumentCases.addTo(book);
        BodyCases.addTo(book);
        PartCases.addTo(book);
        FailureCases.addTo(book);
        HeaderCases.addTo(book);
        StaticCases.addTo(book);
        TargetCases.addTo(book);
        ParameterCases.addTo(book);
        OverlapCases.addTo(book);
        EntityCases.addTo(book);
        ExchangeCases.addTo(book);
        return book.cases();
    }

    /** What HTTP itself is about: framing, pipelines, and what is no HTTP. */
    private static List<EqualityCase> wire() {
        CaseBook book = new CaseBook();
        FramingCases.addTo(book);
        MalformedCases.addTo(book);
        PipelineCases.addTo(book);
        return book.cases();
    }

    /** Cases of several requests each. */
    private static List<EqualityCase> several() {
        CaseBook book = new CaseBook();
        AcceptCases.addTo(book);
        ReadingCases.addTo(book);
        CorsCases.addTo(book);
        GuardedCases.addTo(book);
        return book.cases();
    }
}
