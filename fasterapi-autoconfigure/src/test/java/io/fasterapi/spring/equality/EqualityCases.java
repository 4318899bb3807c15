package io.fasterapi.spring.equality;

import java.util.ArrayList;
import java.util.List;

/** All cases, in the order in which they run. Built once. */
public final class EqualityCases {

    private static final List<EqualityCase> ALL = all();

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
