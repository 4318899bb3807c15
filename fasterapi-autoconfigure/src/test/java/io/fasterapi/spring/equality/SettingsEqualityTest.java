package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.Lane;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** With settings of WebFlux: a base path, versions of an API, problem details. */
class SettingsEqualityTest extends EqualityComparison {

    @AfterAll
    void fastLanesServed() {
        assertServed(Variant.BASE_PATH, Lane.FILTERED, 600);
        assertServed(Variant.API_VERSION, Lane.FILTERED, 20);
        assertServed(Variant.PROBLEM_DETAILS, Lane.FILTERED, 100);
        assertServed(Variant.PROBLEM_DETAILS, Lane.DIRECT, 100);
    }

    @TestFactory
    Stream<DynamicTest> basePath() {
        return compare(Variant.BASE_PATH, EqualityCases.apartUnder(Variant.BASE));
    }

    @TestFactory
    Stream<DynamicTest> apiVersions() {
        CaseBook book = new CaseBook();
        VersionVariant.addTo(book);
        return compare(Variant.API_VERSION, RepeatedCases.of(book.cases()));
    }

    @TestFactory
    Stream<DynamicTest> apiVersionsOfTheRest() {
        return compare(Variant.API_VERSION, EqualityCases.apart());
    }

    @TestFactory
    Stream<DynamicTest> problemDetails() {
        return compare(Variant.PROBLEM_DETAILS, EqualityCases.once());
    }

    /** Else the settings would be none. */
    @Test
    void theSettingsApply() {
        assertThat(ofStock(Variant.Stock.BASE_PATH, "/json").status()).isEqualTo(404);
        assertThat(ofStock(Variant.Stock.BASE_PATH, "/base/json").status()).isEqualTo(200);
        assertThat(ofStock(Variant.Stock.API_VERSION, "/api-version/greeting").body())
                .isEqualTo("first");
        assertThat(ofStock(Variant.Stock.PROBLEM_DETAILS, "/fail/status").header("Content-Type"))
                .contains("application/problem+json");
    }

    private Response ofStock(Variant.Stock stock, String target) {
        String request = RequestText.get(target);
        EqualityCase once = EqualityCase.named("stock " + target).requests(request).withoutProbe();
        return List.copyOf(stock(stock).answers(once).responses()).get(0);
    }
}
