package io.fasterapi.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random queries, as {@link QueryString} splits them and as the pattern of Spring does. */
class QueryStringRandomTest {

    @Test
    void splitsAsTheSpringPatternDoes() {
        Pattern pattern = Pattern.compile("([^&=]+)(=?)([^&]+)?");
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder query = new StringBuilder();
            int length = random.nextInt(12);
            for (int j = 0; j < length; j++) {
                query.append("ab=&".charAt(random.nextInt(4)));
            }
            Map<String, List<String>> expected = new LinkedHashMap<>();
            Matcher matcher = pattern.matcher(query);
            while (matcher.find()) {
                String value = matcher.group(3);
                String bare = matcher.group(2).isEmpty() ? null : "";
                expected.computeIfAbsent(matcher.group(1), n -> new ArrayList<>())
                        .add(value == null ? bare : value);
            }
            assertThat(new QueryString(query.toString()).parameters())
                    .as(query.toString())
                    .isEqualTo(expected);
        }
    }
}
