/**
 * The server's event loops, the life cycle of the cores, and the connection to Boot's web server.
 */
@NullMarked
package io.fasterapi.spring.server;

import org.jspecify.annotations.NullMarked;
