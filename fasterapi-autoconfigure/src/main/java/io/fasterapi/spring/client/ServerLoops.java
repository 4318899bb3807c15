package io.fasterapi.spring.client;

import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/**
 * The event loops of the server, for the clients of its application. While the server does not run,
 * they are Reactor Netty's global ones, which the clients would have otherwise. A client cannot
 * dispose of them. Thread-safe.
 */
public final class ServerLoops implements LoopResources {

    /*
     * Clients are made before the server starts, and live on when it is restarted. So they hold this
     * object, which looks up the event loops for each new connection. A reused connection of loops
     * that have stopped is closed, and Reactor Netty's pool drops it.
     */
    private volatile @Nullable LoopResources running;

    private volatile @Nullable ReactorResourceFactory server;

    /** From now on, new connections are on the event loops of the server, which has started. */
    public void start(ReactorResourceFactory server) {
        this.server = server;
        running = server.getLoopResources();
    }

    /** Stops the event loops. From now on, new connections are on Reactor Netty's global ones. */
    public void stop() {
        running = null;
        ReactorResourceFactory stopping = server;
        if (stopping != null) {
            stopping.stop();
        }
    }

    /** Returns the client on these event loops, unless somebody has chosen others for it. */
    public HttpClient of(HttpClient client) {
        return client.configuration().loopResources() == HttpResources.get()
                ? client.runOn(this)
                : client;
    }

    private LoopResources now() {
        LoopResources known = running;
        return known == null ? HttpResources.get() : known;
    }

    @Override
    public EventLoopGroup onServer(boolean useNative) {
        return now().onServer(useNative);
    }

    @Override
    public EventLoopGroup onServerSelect(boolean useNative) {
        return now().onServerSelect(useNative);
    }

    @Override
    public EventLoopGroup onClient(boolean useNative) {
        return now().onClient(useNative);
    }
}
