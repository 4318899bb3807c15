package io.fasterapi.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

    @ParameterizedTest
    @CsvSource({
        "sun.nio.ch.EPoll, wait",
        "io.netty.channel.epoll.Native, epollWait",
        "reactor.core.publisher.FluxMap, subscribe",
        "org.springframework.web.reactive.DispatcherHandler, handle",
        "io.fasterapi.netty.Http1Connection, channelRead"
    })
    void aFrameworkIsNotTheApplication(String type, String method) {
        assertThat(Frames.ofApplication(List.of(frame(type, method)))).isNull();
    }

    @Test
    void theInnermostFrameOfTheApplicationCounts() {
        StackTraceElement inner = frame("org.acme.Users", "find");
        assertThat(
                        Frames.ofApplication(
                                List.of(
                                        frame("java.lang.Thread", "sleep"),
                                        inner,
                                        frame("org.springframework.Any", "call"),
                                        frame("org.acme.UserController", "user"))))
                .isSameAs(inner);
    }

    @ParameterizedTest
    @CsvSource({
        "org.acme.Users, <clinit>",
        "java.lang.ClassLoader, loadClass",
        "java.lang.invoke.MethodHandleNatives, linkCallSite",
        "jdk.jfr.internal.JVM, emitEvent"
    })
    void whatTheJvmDoesOnceIsNone(String type, String method) {
        StackTraceElement own = frame("org.acme.UserController", "user");
        assertThat(Frames.isOfTheJvm(Stream.of(frame(type, method), own).toList())).isTrue();
        assertThat(Frames.isOfTheJvm(List.of(own))).isFalse();
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, -1);
    }
}
