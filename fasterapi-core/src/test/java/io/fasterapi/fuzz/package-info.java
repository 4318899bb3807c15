/**
 * Random pipelines of HTTP/1.1 against a real server, judged by a model of its own of order and
 * framing. Knows the server by its public classes alone.
 */
package io.fasterapi.fuzz;
