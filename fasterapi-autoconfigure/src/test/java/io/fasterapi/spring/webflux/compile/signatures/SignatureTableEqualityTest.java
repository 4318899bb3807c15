package io.fasterapi.spring.webflux.compile.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Without a filter, on the event loops. */
class SignatureTableEqualityTest extends SignatureComparison {

    @Override
    List<Class<?>> sources() {
        return List.of(SignatureApplication.class);
    }

    @Override
    List<String> properties() {
        return List.of("fasterapi.placement.default=inline");
    }

    @Override
    List<Row> rows() {
        return table();
    }

    /** All rows of {@link SignatureApplication}. */
    static List<Row> table() {
        Rows rows = new Rows();
        CrudRows.addTo(rows);
        WorkspaceRows.addTo(rows);
        GeneratedRows.addTo(rows);
        ArgumentsRows.addTo(rows);
        ConditionsRows.addTo(rows);
        SteppedEndpoints.addTo(rows);
        return rows.list();
    }

    /** Each takes a lane for its own signature; nothing in the application forbids a fast one. */
    @Test
    void simpleSignaturesAreDirectAndTheOthersFiltered() {
        assertThat(report().values()).extracting(route -> route.lane()).contains("direct");
        for (String mapping :
                List.of(
                        "GET /devices/_all",
                        "GET /devices/{id}/tags/**",
                        "GET /api/accounts/me",
                        "GET /api/accounts/wild",
                        "PATCH /api/clusters/{cluster}/topics/{name}",
                        "GET /args/principal",
                        "GET /cond/params")) {
            assertThat(report().get(mapping).lane()).as(mapping).isEqualTo("filtered");
        }
    }
}
