package io.fasterapi.spring.equality;

import java.util.List;

/** All cases, in the order in which they run. Built once. */
final class EqualityCases {

    private static final List<EqualityCase> ALL = all();

    private EqualityCases() {}

    static List<EqualityCase> list() {
        return ALL;
    }

    private static List<EqualityCase> all() {
        CaseBook book = new CaseBook();
        ResultCases.addTo(book);
        ArgumentCases.addTo(book);
        BodyCases.addTo(book);
        PartCases.addTo(book);
        FailureCases.addTo(book);
        HeaderCases.addTo(book);
        StaticCases.addTo(book);
        TargetCases.addTo(book);
        FramingCases.addTo(book);
        MalformedCases.addTo(book);
        PipelineCases.addTo(book);
        return book.cases();
    }
}
