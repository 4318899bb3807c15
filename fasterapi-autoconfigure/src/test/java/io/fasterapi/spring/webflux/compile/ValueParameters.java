package io.fasterapi.spring.webflux.compile;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.format.annotation.NumberFormat;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Parameters of every kind that takes a value from the path, the query or a header, in methods that
 * are never called. Every one of the path is "a" or "b".
 */
class ValueParameters {

    enum Level {
        LOW,
        HIGH
    }

    /** A format that is not on the parameter itself. */
    @DateTimeFormat(pattern = "dd.MM.yyyy")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(java.lang.annotation.ElementType.PARAMETER)
    @interface German {}

    void path(
            @PathVariable String a,
            @PathVariable("b") int number,
            @PathVariable(name = "a") Integer boxed,
            @PathVariable(value = "b", required = false) @Nullable Long large,
            @PathVariable("a") UUID uuid,
            @PathVariable("b") Level level) {}

    void pathToo(
            @PathVariable("a") LocalDate date,
            @PathVariable("b") boolean flag,
            @PathVariable("a") char letter,
            @PathVariable("b") Optional<Integer> optional,
            @PathVariable("a") @NumberFormat(pattern = "#,##0") int formatted,
            @PathVariable("b") @German LocalDate german) {}

    void plain(
            @RequestParam String text,
            @RequestParam("n") int number,
            @RequestParam(name = "N") Integer otherCase,
            @RequestParam("n") long large,
            @RequestParam("n") short small,
            @RequestParam("n") byte tiny) {}

    void plainToo(
            @RequestParam("n") double real,
            @RequestParam("n") Float realToo,
            @RequestParam("n") BigDecimal decimal,
            @RequestParam("n") BigInteger integer,
            @RequestParam("n") Number any,
            @RequestParam("flag") boolean flag) {}

    void plainMore(
            @RequestParam("flag") Boolean boxedFlag,
            @RequestParam("c") char letter,
            @RequestParam("c") Character boxedLetter,
            @RequestParam("text") CharSequence sequence,
            @RequestParam("text") Object object) {}

    void known(
            @RequestParam("id") UUID id,
            @RequestParam("level") Level level,
            @RequestParam("unit") TimeUnit unit,
            @RequestParam("day") LocalDate day,
            @RequestParam("day") @DateTimeFormat(iso = ISO.DATE) LocalDate isoDay,
            @RequestParam("day") @German LocalDate germanDay) {}

    void knownToo(
            @RequestParam("day") @DateTimeFormat(iso = ISO.DATE) Date oldDay,
            @RequestParam("day") Date oldest,
            @RequestParam("at") LocalDateTime at,
            @RequestParam("at") @DateTimeFormat(iso = ISO.DATE_TIME) OffsetDateTime isoAt,
            @RequestParam("at") Instant instant,
            @RequestParam("for") Duration duration) {}

    void knownMore(
            @RequestParam("zone") ZoneId zone,
            @RequestParam("zone") TimeZone oldZone,
            @RequestParam("text") Locale locale,
            @RequestParam("money") Currency currency,
            @RequestParam("text") Charset charset,
            @RequestParam("text") URI uri) {}

    void knownAgain(
            @RequestParam("text") URL url,
            @RequestParam("text") Pattern pattern,
            @RequestParam("text") Class<?> type) {}

    void optional(
            @RequestParam(name = "n", required = false) int primitive,
            @RequestParam(name = "n", required = false) @Nullable Integer boxed,
            @RequestParam("n") @Nullable Integer nullable,
            @RequestParam("n") Optional<Integer> optional,
            @RequestParam(name = "text", required = false) @Nullable String text,
            @RequestParam(name = "flag", required = false) boolean flag) {}

    void optionalToo(@RequestParam(name = "level", required = false) @Nullable Level level) {}

    void defaults(
            @RequestParam(name = "n", defaultValue = "7") int number,
            @RequestParam(name = "n", defaultValue = "") @Nullable Integer none,
            @RequestParam(name = "n", defaultValue = "") int wrongNone,
            @RequestParam(name = "n", defaultValue = "x") int wrong,
            @RequestParam(name = "n", defaultValue = "7", required = false) Long large,
            @RequestParam(name = "text", defaultValue = "") String empty) {}

    void defaultsToo(
            @RequestParam(name = "text", defaultValue = " \u00e4 ") String text,
            @RequestParam(name = "level", defaultValue = "HIGH") Level level,
            @RequestParam(name = "day", defaultValue = "2024-02-29") @DateTimeFormat(iso = ISO.DATE)
                    LocalDate day,
            @RequestParam(name = "text", defaultValue = "${user.dir}") String expression,
            @RequestParam(name = "n", defaultValue = "#{1 + 1}") int sum) {}

    void names(
            @RequestParam("a b") String spaced,
            @RequestParam("gr\u00f6\u00dfe") String umlauts,
            @RequestParam("x[]") String bracketed,
            @RequestParam("x") String alsoBracketed,
            @RequestParam("a.b") String dotted,
            @RequestParam("%") String percent) {}

    void namesToo(@RequestParam("+") String plus) {}

    void containers(
            @RequestParam("x") List<String> list,
            @RequestParam("n") int[] numbers,
            @RequestParam("x") String[] texts,
            @RequestParam("n") List<Integer> boxed,
            @RequestHeader("X-Text") List<String> headers) {}

    void headers(
            @RequestHeader("X-Text") String text,
            @RequestHeader("x-text") String lower,
            @RequestHeader("X-NUMBER") int number,
            @RequestHeader(name = "X-Number", required = false) @Nullable Integer boxed,
            @RequestHeader(name = "X-Number", required = false) int primitive,
            @RequestHeader(name = "X-Number", defaultValue = "9") long large) {}

    void headersToo(
            @RequestHeader(name = "X-Text", defaultValue = "") String empty,
            @RequestHeader("X-Level") Level level,
            @RequestHeader("X-Level") Optional<Level> optional,
            @RequestHeader("X-Text") UUID uuid,
            @RequestHeader("X-Text") @DateTimeFormat(iso = ISO.DATE) LocalDate day,
            @RequestHeader("Accept") String accept) {}

    /** Says what its implementation takes. */
    interface Contract<T> {

        void implemented(
                @PathVariable("a") int path,
                @RequestParam(value = "n", defaultValue = "5") long number,
                @RequestParam(name = "level", required = false) @Nullable Level level,
                @RequestHeader("X-Text") String header,
                @RequestParam("day") @DateTimeFormat(pattern = "dd.MM.yyyy") LocalDate day,
                @RequestParam("n") T generic);
    }

    /** Says nothing itself, in other words. */
    static class Implementation implements Contract<Integer> {

        @Override
        public void implemented(
                int first, long second, @Nullable Level third, String f, LocalDate d, Integer g) {}
    }

    abstract static class Base<T> {

        abstract void overridden(
                @RequestParam String text,
                @RequestParam("n") T number,
                @RequestHeader(defaultValue = "h") String header);

        void inherited(@RequestParam("n") T number, @PathVariable String b) {}
    }

    /** Adds to what its superclass says, or leaves it as it is. */
    static class Extension extends Base<Long> {

        @Override
        void overridden(String renamed, @RequestParam("n") Long number, String header) {}
    }
}
