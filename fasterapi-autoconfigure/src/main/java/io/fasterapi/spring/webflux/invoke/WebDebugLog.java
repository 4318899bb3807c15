package io.fasterapi.spring.webflux.invoke;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Tells whether Spring's web classes log requests at debug. That can change at any time. Stateless.
 */
final class WebDebugLog {

    private static final Log[] LOGS = {
        LogFactory.getLog("org.springframework.web.server.adapter.HttpWebHandlerAdapter"),
        LogFactory.getLog("org.springframework.web.HttpLogging"),
        LogFactory.getLog(
                "org.springframework.web.reactive.result.method.annotation"
                        + ".RequestMappingHandlerMapping"),
        LogFactory.getLog(
                "org.springframework.web.reactive.result.method.annotation"
                        + ".ResponseBodyResultHandler"),
    };

    private WebDebugLog() {}

    static boolean isEnabled() {
        for (Log log : LOGS) {
            if (log.isDebugEnabled()) {
                return true;
            }
        }
        return false;
    }
}
