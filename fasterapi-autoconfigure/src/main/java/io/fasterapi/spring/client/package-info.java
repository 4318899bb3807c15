/**
 * The clients of an application on the event loops of its server. It knows Reactor Netty's clients;
 * the server tells it which event loops run.
 */
@NullMarked
package io.fasterapi.spring.client;

import org.jspecify.annotations.NullMarked;
