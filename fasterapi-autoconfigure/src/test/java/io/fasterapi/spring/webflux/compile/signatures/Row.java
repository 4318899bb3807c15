package io.fasterapi.spring.webflux.compile.signatures;

/**
 * One mapping and a request that it answers.
 *
 * @param mapping the mapping as the report names it: the method and the pattern as written
 * @param request the whole request
 */
record Row(String mapping, String request) {

    @Override
    public String toString() {
        return mapping + " by " + request.lines().findFirst().orElse("");
    }
}
