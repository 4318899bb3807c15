package io.fasterapi.spring.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is logged by loggers of one package while it is open. Open it once the applications
 * have started, since starting one resets what listens. Thread-safe.
 */
public final class CapturedLog implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root;
    private final Appender appender;

    /** Begins to listen to loggers whose names begin with a prefix. */
    public CapturedLog(String prefix) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        appender = new Appender(prefix, lines);
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
    }

    /** Returns the lines so far: level, the logger's simple name, the message. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Forgets the lines so far. */
    public void clear() {
        lines.clear();
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
    }

    private static final class Appender extends AppenderBase<ILoggingEvent> {

        private final String prefix;
        private final List<String> lines;

        Appender(String prefix, List<String> lines) {
            this.prefix = prefix;
            this.lines = lines;
        }

        @Override
        protected void append(ILoggingEvent event) {
            String logger = event.getLoggerName();
            if (logger.startsWith(prefix)) {
                String name = logger.substring(logger.lastIndexOf('.') + 1);
                lines.add(event.getLevel() + " " + name + " " + event.getFormattedMessage());
            }
        }
    }
}
