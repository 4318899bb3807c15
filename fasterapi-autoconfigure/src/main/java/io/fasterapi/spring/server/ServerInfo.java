package io.fasterapi.spring.server;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.system.JavaVersion;
import reactor.netty.resources.LoopResources;

/**
 * The info of the actuator: this version, and the features of this JVM and host that matter to it.
 * Any thread.
 */
public final class ServerInfo implements InfoContributor {

    private static final String KEY = "fasterapi";

    private static final List<String> CACHES = List.of("-XX:AOTCache=", "-XX:SharedArchiveFile=");

    private final Map<String, Object> details = new LinkedHashMap<>();

    /** Reads the features once. */
    public ServerInfo() {
        String version = OwnVersion.get();
        details.put("version", version == null ? "unknown" : version);
        details.put(
                "virtualThreads",
                JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE));
        details.put("transport", transport());
        details.put(
                "aotCache",
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .anyMatch(each -> CACHES.stream().anyMatch(each::startsWith)));
        details.put("unsafe", PlatformDependent.hasUnsafe());
    }

    /** The transport that Reactor Netty chooses. */
    private static String transport() {
        return LoopResources.hasNativeSupport() ? "native" : "nio";
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail(KEY, details);
    }
}
