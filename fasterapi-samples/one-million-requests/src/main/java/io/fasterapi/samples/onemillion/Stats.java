package io.fasterapi.samples.onemillion;

/**
 * What all events come to.
 *
 * @param totalRequests how many
 * @param uniqueUsers of how many users
 * @param sum of their values
 * @param avg of their values, 0 if there is none
 */
record Stats(long totalRequests, long uniqueUsers, double sum, double avg) {

    static Stats of(long requests, long users, double sum) {
        return new Stats(requests, users, sum, requests == 0 ? 0 : sum / requests);
    }
}
