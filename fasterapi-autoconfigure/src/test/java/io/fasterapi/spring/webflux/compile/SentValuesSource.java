package io.fasterapi.spring.webflux.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fasterapi.spring.testing.RandomCases;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.ClassUtils;

/**
 * Makes the values of random requests: few names, so that they meet what is asked for, and values
 * of the usual types, near misses, and anything else, in random spellings.
 *
 * @param random one case's
 * @param name one that is likelier than others
 * @param type one whose values are likelier than others
 */
record SentValuesSource(RandomCases random, String name, Class<?> type) {

    private static final List<String> NAMES =
            split(
                    "n|n|N|text|text|Text|flag|c|id|level|LEVEL|unit|day|at|for|zone|money|x|x[]|n[]"
                            + "|text[]|x[][]|a b|gr\u00f6\u00dfe|a.b|%|+||day[]|flag[]");
    private static final List<String> HEADERS =
            split("X-Text|x-text|X-TEXT|X-Number|x-number|X-Level|x-LEVEL|Accept|header");

    private static final List<String> NUMBERS =
            split(
                    "0|1|7|-1|+5|007|010|127|128|65536|2147483648|0x10|#F|1e3| 7 |1.5|-0.0|NaN"
                            + "|1,000|9223372036854775808|1_000|\u0661|7f| |");
    private static final List<String> FLAGS =
            split("true|false|on|off|yes|no|1|0|TRUE|True| true|t| |");
    private static final List<String> LEVELS =
            split("HIGH|LOW|high| HIGH|HIGH |SECONDS|seconds|NONE| |");
    private static final List<String> DAYS =
            split("2024-02-29|2023-02-29|29.02.2024|2/29/24|29.2.24|2024-2-9|20240229|  |");
    private static final List<String> TIMES =
            split("2024-02-29T10:11:12|2024-02-29T10:11:12Z|2024-02-29T10:11:12+02:00|1e9| |");
    private static final List<String> PLACES =
            split("PT5S|5s|Europe/Berlin|UTC|+02:00|Mars/Base|EUR|eur|XXXX|de_DE|x-y-z| |");
    private static final List<String> IDS =
            split(
                    "c0ffee00-1234-4321-abcd-000000000000|1-1-1-1-1| 1-1-1-1-1 |1-1|-| "
                            + "|C0FFEE00-1234-4321-ABCD-0000000000001");
    private static final List<String> TEXTS =
            split(
                    "a|\u00e4|\ud83d\ude00|ab| |null|NULL|a,b|1,2|[]|de_DE|UTF-8|http://h/p?q|://"
                            + "|classpath:x|java.lang.String|(|a+b|text/html|");
    private static final List<List<String>> ALL =
            List.of(NUMBERS, FLAGS, LEVELS, DAYS, TIMES, PLACES, IDS, TEXTS);

    private static List<String> split(String texts) {
        return List.of(texts.split("\\|", -1));
    }

    SentValues next() {
        String path = "/" + pathValue() + "/x/" + pathValue();
        return new SentValues(path, random.percent(95) ? query() : null, headers());
    }

    private List<String> fitting() {
        Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (Number.class.isAssignableFrom(boxed)) {
            return NUMBERS;
        }
        if (boxed == Boolean.class) {
            return FLAGS;
        }
        if (boxed.isEnum()) {
            return LEVELS;
        }
        if (boxed == java.time.LocalDate.class || boxed == Date.class) {
            return DAYS;
        }
        if (java.time.temporal.Temporal.class.isAssignableFrom(boxed)) {
            return TIMES;
        }
        return boxed == UUID.class ? IDS : random.oneOf(PLACES, TEXTS);
    }

    private String value(boolean wanted) {
        if (wanted && random.percent(70)) {
            return random.oneOf(fitting());
        }
        if (random.percent(70)) {
            return random.oneOf(random.oneOf(ALL));
        }
        if (random.percent(3)) {
            return random.oneOf("a", "7", "\u00e4").repeat(random.below(20_000));
        }
        return random.text(8);
    }

    private String pathValue() {
        String value = value(true);
        if (random.percent(80)) {
            value = value.replaceAll("[^A-Za-z0-9._~,:@&=+-]", "");
        }
        return value.isEmpty() ? "a" : escaped(value, "-._~!$'()*,:@&=+");
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        int count = 1 + random.below(5);
        for (int i = 0; i < count; i++) {
            query.append(i == 0 ? "" : random.percent(3) ? "&&" : "&");
            boolean wanted = random.percent(35);
            query.append(escaped(wanted ? name : random.oneOf(NAMES), "-._~"));
            if (random.percent(95)) {
                query.append("=").append(escaped(value(wanted), "-._~!$'()*,:@/?="));
            }
            if (random.percent(1)) {
                query.append(random.oneOf("%FF", "%C3", "%00", "%2", "%", "|", "\u00e4"));
            }
        }
        return query.toString();
    }

    private List<Map.Entry<String, String>> headers() {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        boolean token = name.matches("[A-Za-z-]+");
        int count = random.below(5);
        for (int i = 0; i < count; i++) {
            boolean wanted = token && random.percent(35);
            String header = wanted ? name : random.oneOf(HEADERS);
            headers.add(Map.entry(header, value(wanted).trim()));
        }
        return headers;
    }

    /** Escapes what must be, and now and then what need not. */
    private String escaped(String text, String allowed) {
        StringBuilder escaped = new StringBuilder();
        boolean all = random.percent(5);
        for (byte each : text.getBytes(UTF_8)) {
            char c = (char) (each & 0xff);
            boolean legal = isLetterOrDigit(c) || allowed.indexOf(c) >= 0;
            if (c == ' ' && allowed.indexOf('+') < 0 && random.percent(50)) {
                escaped.append('+');
            } else if (legal && !all) {
                escaped.append(c);
            } else {
                escaped.append(random.oneOf("%%%02X", "%%%02x").formatted((int) c));
            }
        }
        return escaped.toString();
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
