package io.fasterapi.spring.webflux.route;

/**
 * What keeps an application, a mapping or a request from a faster lane. Immutable.
 *
 * @param reason why
 * @param text the same as part of a sentence, with names
 * @param best the fastest lane that is left
 */
public record LaneRestriction(Reason reason, String text, Lane best) {

    /** Every reason there is; the first seven concern applications, the last eight requests. */
    public enum Reason {
        /** The property fasterapi.fast-lane.controllers leaves the method out. */
        SWITCHED_OFF("fasterapi.fast-lane.controllers excludes it"),
        /** The application does not run what Spring Boot makes of it. */
        OWN_HANDLER("the application has its own %s"),
        /** Something stands before all handlers. */
        FILTER("%s applies"),
        /** The application answers other origins. */
        CORS("%s configures CORS"),
        /** Somebody looks at requests who can only see Spring's exchange. */
        OBSERVED("%s"),
        /** A part of WebFlux is not the one that Spring Boot configures. */
        CUSTOMISED("%s"),
        /** What reads or writes the bodies is none of the codecs that work without an exchange. */
        CODEC("%s with a codec that may need the exchange"),

        /** The mapping has more to say than method and path. */
        CONDITION("has a condition on %s"),
        /** The mapping names no method. */
        EVERY_METHOD("answers every HTTP method"),
        /** The pattern is no plain path with variables. */
        PATTERN("has a path pattern with a wildcard or a regular expression"),
        /** Another mapping may win. */
        CONFLICT("%s may match the same requests"),
        /** A parameter is resolved from the exchange. */
        PARAMETER("has a parameter of type %s"),
        /** A value is converted by more than Spring's simplest converters. */
        CONVERSION("converts a text to %s"),
        /** The result is not one value that a codec writes. */
        RESULT("returns %s"),
        /** The method is called in a way of its own. */
        METHOD("%s"),
        /** The body's type is not known before there is a value. */
        OPEN_TYPE("the type of a body is not declared, or is a type variable"),

        /** The request has a header that only WebFlux heeds. */
        HEADER("a header that only WebFlux handles"),
        /** What WebFlux answers to the Accept header is not known yet. */
        ACCEPT("an Accept header not seen before"),
        /** The body is of another type or length than the method reads. */
        BODY("a body of another type or length than the method reads"),
        /** An argument was missing, malformed or unusual. */
        ARGUMENT("an unusual argument"),
        /** The method, or what made its arguments or encoded its result, failed. */
        FAILURE("an exception"),
        /** The method returned something unusual. */
        VALUE("an unusual result"),
        /** Spring's web classes log at debug. */
        LOGGING("web debug logging"),
        /** The lane was not there yet, or the path has an unusual spelling. */
        OTHER("an unusual path, or the start of the application");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** Returns the reason in words, with the names that belong into it. */
        public String text(Object... names) {
            return sentence.formatted(names);
        }
    }

    /** Creates a restriction of an application or a mapping. */
    public static LaneRestriction of(Reason reason, Lane best, Object... names) {
        return new LaneRestriction(reason, reason.text(names), best);
    }
}
