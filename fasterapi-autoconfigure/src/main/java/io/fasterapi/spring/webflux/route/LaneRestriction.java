package io.fasterapi.spring.webflux.route;

/**
 * Why an application, a mapping or a request cannot take a faster lane. Immutable.
 *
 * @param reason the reason
 * @param text the reason as part of a sentence, with names
 * @param best the fastest lane that is left
 */
public record LaneRestriction(Reason reason, String text, Lane best) {

    /**
     * All reasons: first those of an application, some of which may concern a single mapping, then
     * those of a mapping, then those of a request.
     */
    public enum Reason {
        /** The property fasterapi.fast-lane.controllers excludes the method. */
        SWITCHED_OFF("fasterapi.fast-lane.controllers excludes it"),
        /** The application has its own handler instead of Spring Boot's. */
        OWN_HANDLER("the application has its own %s"),
        /** Something, for example a filter, stands before all handlers. */
        FILTER("%s applies"),
        /** The application answers other origins. */
        CORS("%s configures CORS"),
        /** Code observes requests that needs Spring's exchange. */
        OBSERVED("%s"),
        /** A part of WebFlux is not the one that Spring Boot configures. */
        CUSTOMISED("%s"),
        /** The codec of the bodies is not one of those that work without an exchange. */
        CODEC("%s with a codec that may need the exchange"),

        /** The mapping has more conditions than method and path. */
        CONDITION("has a condition on %s"),
        /** The mapping names no method. */
        EVERY_METHOD("answers every HTTP method"),
        /** The pattern is not a plain path with variables. */
        PATTERN("has a path pattern with a wildcard or a regular expression"),
        /** Another mapping may win. */
        CONFLICT("%s may match the same requests"),
        /** A parameter is resolved from the exchange. */
        PARAMETER("has a parameter of type %s"),
        /** A value is converted by more than Spring's simplest converters. */
        CONVERSION("converts a text to %s"),
        /** The result is not one value that a codec writes. */
        RESULT("returns %s"),
        /** The method must be called in a special way. */
        METHOD("%s"),
        /** The type of the body is unknown before there is a value. */
        OPEN_TYPE("the type of a body is not declared, or is a type variable"),

        /** The request has a header that only WebFlux handles. */
        HEADER("a header that only WebFlux handles"),
        /** WebFlux's answer to the Accept header is not known yet. */
        ACCEPT("an Accept header not seen before"),
        /** The body has another type or length than the method reads. */
        BODY("a body of another type or length than the method reads"),
        /** An argument was missing, malformed or unusual. */
        ARGUMENT("an unusual argument"),
        /** The method, the reader of an argument or the encoder of the result has failed. */
        FAILURE("an exception"),
        /** The method returned something unusual. */
        VALUE("an unusual result"),
        /** Spring's web classes log at debug. */
        LOGGING("web debug logging"),
        /** The lane was not ready yet, or the path has an unusual spelling. */
        OTHER("an unusual path, or the start of the application");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** Returns the reason in words, with the given names. */
        public String text(Object... names) {
            return sentence.formatted(names);
        }
    }

    /** Creates the restriction of an application or a mapping. */
    public static LaneRestriction of(Reason reason, Lane best, Object... names) {
        return new LaneRestriction(reason, reason.text(names), best);
    }
}
