package io.fasterapi.spring.webflux.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fasterapi.spring.testing.RandomCases;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * A body that a random request carries: often one that fits, or nearly.
 *
 * @param type its Content-Type
 * @param language its Accept-Language, or null
 */
record SentBody(String type, @Nullable String language, byte[] bytes) {

    private static final List<String> CHARSETS =
            List.of("UTF-8", "ISO-8859-1", "UTF-16", "US-ASCII");

    static SentBody random(RandomCases random, MethodParameter declared) {
        String kind = declared.getGenericParameterType().getTypeName();
        boolean json =
                !kind.contains("String>")
                        && !kind.contains("byte[]")
                        && !kind.endsWith("lang.String");
        String type =
                random.percent(75)
                        ? (json || random.percent(40)
                                ? "application/json"
                                : random.oneOf("text/plain", "application/octet-stream"))
                        : random.oneOf(
                                "application/*+json",
                                "application/problem+json",
                                "APPLICATION/JSON",
                                "application/json ; a=\"b c\"",
                                "text/plain",
                                "text/*",
                                "*/*",
                                "application/octet-stream",
                                "application/x-ndjson",
                                "application/cbor",
                                "text/event-stream",
                                "nonsense",
                                "");
        Charset charset = UTF_8;
        if (random.percent(15) && type.contains("/")) {
            String name = random.oneOf(CHARSETS);
            type = type + ";charset=" + (random.percent(5) ? "none" : name);
            charset = random.percent(70) ? Charset.forName(name) : UTF_8;
        }
        byte[] bytes = text(random, kind).getBytes(charset);
        if (random.percent(15)) {
            bytes = Arrays.copyOf(bytes, random.below(bytes.length + 1)); // truncated
        }
        if (random.percent(5) && bytes.length > 0) {
            bytes[random.below(bytes.length)] = (byte) random.below(256);
        }
        String language =
                random.percent(50)
                        ? null
                        : random.oneOf("de", "fr, en;q=0.5", "x-y", "*", "", "ja");
        return new SentBody(type, language, bytes);
    }

    private static String text(RandomCases random, String kind) {
        if (random.percent(1)) {
            return "\"" + "x".repeat(262_144 + random.below(3)) + "\"";
        }
        String item = item(random);
        if (random.percent(12)) {
            return random.oneOf(
                    "",
                    " ",
                    "null",
                    "\ufeff{}",
                    "{}",
                    "[]",
                    "1",
                    "\"a\"",
                    "{\"a\":1}}",
                    "x",
                    item + item);
        }
        if (kind.contains("Order")) {
            String items =
                    random.percent(50) ? ",\"items\":[" + item + "," + item(random) + "]" : "";
            return "{\"item\":" + item + items + "}";
        }
        if (kind.contains("Page")) {
            boolean numbers = kind.contains("Integer");
            return "{\"content\":"
                    + (numbers ? "[1,2]" : item)
                    + ",\"number\":"
                    + number(random)
                    + "}";
        }
        if (kind.contains("Map")) {
            return "{\"k\":" + item + ",\"\u00e4\":" + item(random) + "}";
        }
        if (kind.contains("List") || kind.contains("Item[]")) {
            return "[" + item + "," + item(random) + "]";
        }
        if (kind.contains("Shape")) {
            return "{\"type\":\""
                    + random.oneOf("circle", "square", "line")
                    + "\",\"n\":"
                    + number(random)
                    + "}";
        }
        return kind.endsWith("int") || kind.endsWith("Integer") ? number(random) : item;
    }

    private static String number(RandomCases random) {
        return random.oneOf(
                "0",
                "2",
                "4",
                "8",
                "10",
                "7",
                "13",
                "1.5",
                "1e9",
                "99999999999",
                "\"4\"",
                "null",
                "true",
                "-",
                "NaN");
    }

    private static String item(RandomCases random) {
        if (random.percent(3)) {
            return random.text(20);
        }
        String name =
                random.oneOf(
                        "\"pen\"",
                        "\"\"",
                        "\" \"",
                        "null",
                        "\"\u00e4\u20ac\ud83d\ude00\"",
                        "\"boom\"",
                        "5",
                        "[1]",
                        "\"\\u0041\"",
                        "\"\\q\"",
                        "\"" + "n".repeat(random.below(300)) + "\"");
        String more =
                random.oneOf(
                        "",
                        "",
                        "",
                        ",\"unknown\":{\"a\":[1,2]}",
                        ",\"n\":2",
                        ", \"name\" : \"x\"",
                        ",");
        return "{\"name\":" + name + ",\"n\":" + number(random) + more + "}";
    }

    /** Returns the bytes as they may arrive. */
    List<DataBuffer> parts(RandomCases random) {
        List<DataBuffer> parts = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end =
                    random.percent(60)
                            ? bytes.length
                            : start + 1 + random.below(bytes.length - start);
            parts.add(
                    DefaultDataBufferFactory.sharedInstance.wrap(
                            Arrays.copyOfRange(bytes, start, end)));
            start = end;
        }
        return parts;
    }

    @Override
    public String toString() {
        String text = new String(bytes, UTF_8);
        return type
                + " "
                + language
                + " "
                + (text.length() < 2000 ? text : text.length() + " characters");
    }
}
